import { useTranslation } from "react-i18next";

import type { KpiKind, LatestValue, Unit } from "../../api/bindings";
import { useFormat, weekParts } from "../../i18n/format";

/** What KPIs and weeks are called. */
export interface KpiWords {
  name: (kpi: KpiKind, own?: string | null) => string;
  question: (kpi: KpiKind, own?: string | null) => string;
  unit: (unit: Unit, value: number | null) => string;
  /** A value with its unit. */
  value: (value: number | null, unit: Unit) => string;
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
  const unit = (kind: Unit, value: number | null): string =>
    kind === "percent" ? t("common:unit.percent") : t("common:unit.days", { count: value ?? 0 });
  return {
    name: (kpi, own) => own ?? t(`common:kpis.${kpi}.name`),
    question: (kpi, own) => own ?? t(`common:kpis.${kpi}.question`),
    unit,
    value: (value, kind) => {
      const number = format.value(value, kind);
      if (value === null) return number;
      return kind === "percent"
        ? t("common:unit.percentOf", { value: number })
        : `${number}\u00a0${unit(kind, value)}`;
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
