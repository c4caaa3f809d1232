namespace erp;

using { managed } from '@sap/cds/common';

@title: 'Sales orders'
entity SalesOrders : managed {
  key ID                    : Integer;
      SalesOrder            : String(10) @title: 'Order';
      SoldToParty           : String(40);
      CreationDate          : Date;
      RequestedDeliveryDate : Date @title: 'Requested on';
      TotalNetAmount        : Decimal(15, 2);
      OverallStatus         : String(1);
      to_Item               : Composition of many SalesOrderItems on to_Item.order = $self;
}

entity SalesOrderItems : managed {
  key ID            : Integer;
      order         : Association to SalesOrders;
      Item          : Integer;
      Material      : String(40);
      OrderQuantity : Decimal(13, 3);
      to_Delivery   : Association to many Deliveries on to_Delivery.item = $self;
}

entity Deliveries : managed {
  key ID                : Integer;
      item              : Association to SalesOrderItems;
      PlannedGoodsIssue : Date;
      ActualGoodsIssue  : Date;
      Quantity          : Decimal(13, 3);
}
