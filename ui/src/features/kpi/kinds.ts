import type { KpiKind } from "../../api/bindings";

/** The joint KPIs in the order of the board. */
export const KPI_KINDS: readonly KpiKind[] = [
  "promise-kept",
  "order-to-cash",
  "right-first-time",
  "promise-realism",
  "late-backlog",
];

/** Whether an address names a KPI. */
export function isKpiKind(word: string): word is KpiKind {
  return KPI_KINDS.some((kind) => kind === word);
}
