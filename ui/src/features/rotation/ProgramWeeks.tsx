import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { CalendarWeek, WeekSpan } from "../../api/bindings";
import { Button, Select } from "../../components";
import styles from "./Rotation.module.css";

interface ProgramWeeksProps<Span extends WeekSpan> {
  /** What happens in these weeks; it names the fields. */
  label: string;
  spans: readonly Span[];
  weeks: readonly CalendarWeek[];
  /** A run as it is added. */
  added: Span;
  change: (spans: Span[]) => void;
  error?: string | undefined;
  /** What is said of a run besides its weeks. */
  more?: (span: Span, set: (next: Span) => void) => ReactNode;
}

/**
 * Runs of weeks, each from one to another: when a house is closed, when a department has its peak season or takes more
 * visitors.
 */
export function ProgramWeeks<Span extends WeekSpan>(props: ProgramWeeksProps<Span>): ReactNode {
  const { label, spans, weeks, added, change, error, more } = props;
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const set = (nth: number, next: Span): void => change(spans.map((span, at) => (at === nth ? next : span)));
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
        // oxlint-disable-next-line no-array-index-key -- an entry has no name of its own and stays at its place
        <div key={nth} className={styles.row}>
          <Select
            label={t("weeks.from")}
            choices={offered(span.first)}
            value={span.first}
            onChange={(week) => set(nth, { ...span, first: week })}
          />
          <Select
            label={t("weeks.until")}
            choices={offered(span.last)}
            value={span.last}
            onChange={(week) => set(nth, { ...span, last: week })}
          />
          {more?.(span, (next) => set(nth, next))}
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
          onPress={() => change([...spans, added])}
        >
          {t("weeks.add")}
        </Button>
      </div>
    </div>
  );
}
