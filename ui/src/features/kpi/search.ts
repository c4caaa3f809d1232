import { useNavigate } from "@tanstack/react-router";

import type { KpiId } from "../../api/bindings";
import type { KpiSearch } from "../../router";

/** Changes what is picked on a KPI's page: a new address, so that back leads back. */
export function usePick(kpi: KpiId): (change: Partial<Record<keyof KpiSearch, unknown>>) => void {
  const navigate = useNavigate();
  return (change) => {
    void navigate({
      to: "/kpi/$kpi",
      params: { kpi },
      search: (before) => ({ ...before, ...change }) as KpiSearch,
      resetScroll: false,
    });
  };
}
