import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { CadenceView } from "../../api/bindings";
import type { Choice } from "../../components/Field";
import { useFormat } from "../../i18n/format";

/** Cadences that a person can choose: a kind, or so many minutes. */
const OFFERED = ["by_hand", "m15", "m30", "m60", "m240", "daily", "weekly"] as const;

/** Proposed where a cadence gets a time of the day first. */
const MORNING = "06:00";

/** The key of a cadence in a list of choices. */
export function keyOf(cadence: CadenceView): string {
  return cadence.kind === "minutes" ? `m${cadence.minutes ?? 0}` : cadence.kind;
}

/** The cadence of a key; what it shares with the one before stays. */
export function cadenceOf(key: string, before: CadenceView | null): CadenceView {
  const none = { minutes: null, time: null, weekday: null };
  if (key === "by_hand") return { ...none, kind: key };
  if (key === "daily") return { ...none, kind: key, time: before?.time ?? MORNING };
  if (key === "weekly")
    return { ...none, kind: key, time: before?.time ?? MORNING, weekday: before?.weekday ?? 0 };
  return { ...none, kind: "minutes", minutes: Number(key.slice(1)) };
}

/** What can be chosen; the one in force too where it is not among the usual ones. */
export function useCadenceChoices(cadence: CadenceView): Choice[] {
  const { t } = useTranslation("schedule");
  const usual: Choice[] = OFFERED.map((key) => ({ value: key, label: t(`every.${key}`) }));
  const key = keyOf(cadence);
  if (usual.some((choice) => choice.value === key)) return usual;
  return [...usual, { value: key, label: t("every.minutes", { count: cadence.minutes ?? 0 }) }];
}

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** The days of the week, Monday is 0. */
export function useWeekdays(): Choice[] {
  const { locale } = useFormat();
  return useMemo(() => {
    const name = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
    // 5 January 1970 was a Monday.
    return WEEKDAYS.map((day) => ({
      value: String(day),
      label: name.format(new Date(Date.UTC(1970, 0, 5 + day))),
    }));
  }, [locale]);
}
