import type { ReactNode } from "react";

import type { KpiKind } from "../../api/bindings";
import { KPI_KINDS } from "../palette/entries";

/** Whether an address names a KPI. */
export function isKpiKind(word: string): word is KpiKind {
  return KPI_KINDS.some((kind) => kind === word);
}

export function KpiRoute(): ReactNode {
  return null;
}
