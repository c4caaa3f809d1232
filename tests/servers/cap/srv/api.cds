using { erp } from '../db/schema';

@requires: 'authenticated-user'
@cds.query.limit: { default: 100, max: 1000 }
service API_SALES_ORDER_SRV @(path: '/sap/opu/odata4/API_SALES_ORDER') {
  @readonly entity A_SalesOrder as projection on erp.SalesOrders;
  @readonly entity A_SalesOrderItem as projection on erp.SalesOrderItems;
  @readonly entity A_Delivery as projection on erp.Deliveries;
}
