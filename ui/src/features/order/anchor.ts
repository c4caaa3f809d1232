import type { Anchor, OrderPage } from "../../api/bindings";

/** What a question about this order line, or about its split, hangs on; nothing without a record of its system. */
export function anchorOf(page: OrderPage, on: "order" | "split"): Anchor | null {
  const record = page.records.find((each) => each.system === page.system && !each.by_hand) ?? page.records[0];
  return record ? { on, integration: record.integration, order: page.order, line: page.line } : null;
}

/** What a question about one of its raw records hangs on. */
export function recordAnchorOf(page: OrderPage, id: string | undefined): Anchor | null {
  const record = page.records.find((each) => each.id === id);
  if (!record) return null;
  const { order, line } = page;
  return { on: "record", integration: record.integration, record: record.id, order, line };
}
