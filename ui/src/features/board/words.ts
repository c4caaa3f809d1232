import { useTranslation } from "react-i18next";

import type { KpiId, LatestValue, Unit } from "../../api/bindings";
import { useFormat, weekParts } from "../../i18n/format";
import { isBuiltIn } from "../kpi/kinds";

/** What KPIs and weeks are called. */
export interface KpiWords {
  name: (kpi: KpiId, own?: string | null) => string;
  question: (kpi: KpiId, own?: string | null) => string;
  /** `word` is that of a measure that counts something of its own. */
  unit: (unit: Unit, value: number | null, word?: string | null) => string;
  /** A value with its unit. */
  value: (value: number | null, unit: Unit, word?: string | null) => string;
  /** `2026-W46` as “week 46”. */
  week: (week: string) => string;
  /** `2026-W46` as “week 46, 2026”. */
  weekInYear: (week: string) => string;
  weekTitle: (week: string) => string;
  /** Where a value stands: provisional, signed… */
  state: (latest: Pick<LatestValue, "state" | "pending">) => string;
}

/** The words that board, KPI and order share. */
export function useKpiWords(): KpiWords {
  const { t } = useTranslation(["common", "board"]);
  const format = useFormat();
  const unit = (kind: Unit, value: number | null, word?: string | null): string => {
    if (kind === "percent") return t("common:unit.percent");
    return kind === "number" ? (word ?? "") : t("common:unit.days", { count: value ?? 0 });
  };
  return {
    name: (kpi, own) => own ?? (isBuiltIn(kpi) ? t(`common:kpis.${kpi}.name`) : kpi),
    question: (kpi, own) => own ?? (isBuiltIn(kpi) ? t(`common:kpis.${kpi}.question`) : ""),
    unit,
    value: (value, kind, word) => {
      const number = format.value(value, kind);
      if (value === null) return number;
      return kind === "percent"
        ? t("common:unit.percentOf", { value: number })
        : `${number}\u00a0${unit(kind, value, word)}`.trimEnd();
    },
    week: (week) => t("common:week.long", { week: weekParts(week).week }),
    weekInYear: (week) => t("common:week.year", weekParts(week)),
    weekTitle: (week) => t("common:week.title", { week: weekParts(week).week }),
    state: ({ state, pending }) =>
      state === "provisional" && pending > 0
        ? t("board:state.pending", { count: pending })
        : t(`board:state.${state}`),
  };
}
