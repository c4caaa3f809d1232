// An ERP system for tests. It listens on this computer only, at the port PORT.
const cds = require('@sap/cds')
const http = require('http')
const v2 = require('@cap-js-community/odata-v2-adapter')

// CAP has no setting for the host.
const listen = http.Server.prototype.listen
http.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, port?.port ?? port, '127.0.0.1', ...rest.filter(one => typeof one === 'function'))
}

const DAY = 86_400_000
const FIRST = Date.parse('2026-06-01')
const ORDERS = 2000
const LINES = 3 * ORDERS

const day = days => new Date(FIRST + days * DAY).toISOString().slice(0, 10)
const moment = days => `${day(days)}T10:00:00Z`
const planned = order => Math.floor((order * 9) / 100)

// Every line is delivered in full: a quarter of them a day early, a quarter on the day, a quarter a day late, a quarter
// two days late.
const orders = Array.from({ length: ORDERS }, (_, index) => {
  const ID = index + 1
  return {
    ID,
    SalesOrder: String(4500000000 + ID),
    SoldToParty: `Customer ${ID % 24}`,
    CreationDate: day(planned(ID) - 7),
    RequestedDeliveryDate: day(planned(ID)),
    TotalNetAmount: ((ID * 1337) / 100).toFixed(2),
    OverallStatus: 'C',
    modifiedAt: moment(planned(ID) + 2),
  }
})
const items = Array.from({ length: LINES }, (_, index) => {
  const order_ID = Math.floor(index / 3) + 1
  return {
    ID: index + 1,
    order_ID,
    Item: ((index % 3) + 1) * 10,
    Material: `FG-${(index + 1) % 4}`,
    OrderQuantity: 5,
    modifiedAt: moment(planned(order_ID) - 7),
  }
})
const deliveries = items.map(({ ID, order_ID, OrderQuantity }) => ({
  ID,
  item_ID: ID,
  PlannedGoodsIssue: day(planned(order_ID)),
  ActualGoodsIssue: day(planned(order_ID) + [-1, 0, 1, 2][ID % 4]),
  Quantity: OrderQuantity,
  modifiedAt: moment(planned(order_ID) + 2),
}))

cds.on('bootstrap', app => app.use(v2({ port: process.env.PORT, path: 'odata/v2' })))
cds.on('served', async () => {
  await INSERT.into('erp.SalesOrders').entries(orders)
  await INSERT.into('erp.SalesOrderItems').entries(items)
  await INSERT.into('erp.Deliveries').entries(deliveries)
})
module.exports = cds.server
