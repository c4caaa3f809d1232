import type { KpiKind } from "../../api/bindings";

/** The KPIs that are counted from journeys: the catalogue has their names. Measures have names of their own. */
export type BuiltIn = Exclude<KpiKind, "measure">;

/** The built-in KPIs in the order of the board. */
export const BUILT_IN: readonly BuiltIn[] = [
  "promise-kept",
  "order-to-cash",
  "right-first-time",
  "promise-realism",
  "late-backlog",
];

/** Whether a KPI is one of them. */
export function isBuiltIn(kpi: string): kpi is BuiltIn {
  return BUILT_IN.some((word) => word === kpi);
}
