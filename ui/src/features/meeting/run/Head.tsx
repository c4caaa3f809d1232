import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MeetingRun } from "../../../api/bindings";
import { Button, Icon, LinkButton } from "../../../components";
import { clock } from "../words";
import styles from "./Run.module.css";
import type { RunActs } from "./useRunActs";
import { useSeconds } from "./useSeconds";

interface HeadProps {
  run: MeetingRun;
  readAt: number;
  acts: RunActs;
  isFull: boolean;
  setFull: (isFull: boolean) => void;
}

const SECONDS = 60;

/** Where the meeting stands: which item, how much of its time, how much of all. */
export function Head({ run, readAt, acts, isFull, setFull }: HeadProps): ReactNode {
  const { t } = useTranslation("meeting");
  const isPaused = run.paused_since !== null;
  const passed = useSeconds(readAt, isPaused);
  const course = run.course.find((one) => one.item === run.current);
  const { meeting, items } = run.agenda;
  return (
    <header className={styles.head}>
      <p className={styles.place}>
        {acts.item
          ? t("run.place", { place: acts.place + 1, count: items.length })
          : t("run.noItem", { count: items.length })}
      </p>
      {course ? (
        <Clock
          label={t("run.itemClock")}
          spent={course.spent_seconds + passed}
          minutes={course.minutes}
          large
        />
      ) : null}
      <Button look="quiet" onPress={acts.extend} isDisabled={!course}>
        {t("run.extend")} <kbd>+</kbd>
      </Button>
      <Button onPress={acts.pause} aria-pressed={isPaused}>
        {t(isPaused ? "run.resume" : "run.pause")} <kbd>{t("run.space")}</kbd>
      </Button>
      {isPaused ? (
        <span className={styles.paused} role="status">
          <Icon name="clock" size={14} /> {t("run.paused")}
        </span>
      ) : null}
      <span className={styles.spring} />
      <Clock label={t("run.wholeClock")} spent={run.elapsed_seconds + passed} minutes={meeting.minutes} />
      <Button look="quiet" onPress={() => setFull(!isFull)}>
        {t(isFull ? "run.window" : "run.full")} <kbd>F</kbd>
      </Button>
      <Button look="quiet" onPress={acts.end}>
        {t("run.end")}
      </Button>
      <LinkButton look="quiet" to="/meeting" activeOptions={{ exact: true }}>
        {t("run.leave")}
      </LinkButton>
    </header>
  );
}

interface ClockProps {
  label: string;
  /** Seconds. */
  spent: number;
  /** What there is. */
  minutes: number;
  large?: boolean;
}

/** Time spent of the time there is. Over time it is a word and a sign; a screen reader hears only that, once. */
function Clock({ label, spent, minutes, large = false }: ClockProps): ReactNode {
  const { t } = useTranslation("meeting");
  const over = spent - minutes * SECONDS;
  const isOver = over >= 0;
  return (
    <div className={styles.clock} data-over={isOver ? "" : undefined} data-large={large ? "" : undefined}>
      <span role="timer" aria-live="off" aria-label={label}>
        <strong>{clock(spent)}</strong>
        <span className={styles.of}> {t("run.of", { count: minutes })}</span>
      </span>
      <span className={styles.overWord} role="status">
        {isOver ? (
          <>
            <Icon name="warn" size={14} /> {t("run.over")}
          </>
        ) : null}
      </span>
    </div>
  );
}
