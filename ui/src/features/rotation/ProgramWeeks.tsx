import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { CalendarWeek, WeekSpan } from "../../api/bindings";
import { Button, Select } from "../../components";
import styles from "./Rotation.module.css";

interface ProgramWeeksProps {
  /** What happens in these weeks; it names the fields. */
  label: string;
  spans: readonly WeekSpan[];
  weeks: readonly CalendarWeek[];
  /** The week that a new run begins with. */
  first: string;
  change: (spans: WeekSpan[]) => void;
  error?: string | undefined;
}

/** Runs of weeks, each from one to another: when a house is closed, when a department has its peak season. */
export function ProgramWeeks({
  label,
  spans,
  weeks,
  first,
  change,
  error,
}: ProgramWeeksProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const set = (nth: number, next: Partial<WeekSpan>): void =>
    change(spans.map((span, at) => (at === nth ? { ...span, ...next } : span)));
  // A week that is over is offered no more, and stays where it was chosen.
  const offered = (chosen: string): { value: string; label: string }[] => {
    const list = weeks.map((week) => ({ value: week.week, label: week.label }));
    return list.some((week) => week.value === chosen) ? list : [{ value: chosen, label: chosen }, ...list];
  };
  return (
    <div role="group" aria-label={label} className={styles.chips}>
      <p className={styles.label}>{label}</p>
      {error ? <p role="alert">{error}</p> : null}
      {spans.map((span, nth) => (
        // Runs have no name of their own: their place is what tells them apart.
        <div key={nth} className={styles.row}>
          <Select
            label={t("weeks.from")}
            choices={offered(span.first)}
            value={span.first}
            onChange={(week) => set(nth, { first: week })}
          />
          <Select
            label={t("weeks.until")}
            choices={offered(span.last)}
            value={span.last}
            onChange={(week) => set(nth, { last: week })}
          />
          <Button
            look="quiet"
            aria-label={t("weeks.removeOf", { label, nth: nth + 1 })}
            onPress={() => change(spans.filter((_, at) => at !== nth))}
          >
            {common("remove")}
          </Button>
        </div>
      ))}
      <div className={styles.actions}>
        <Button
          look="quiet"
          aria-label={t("weeks.addOf", { label })}
          onPress={() => change([...spans, { first, last: first }])}
        >
          {t("weeks.add")}
        </Button>
      </div>
    </div>
  );
}
