import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MeetingRun } from "../../../api/bindings";
import { useAct } from "../../../api/query";
import { Button, LinkButton, Notice } from "../../../components";
import { useFormat } from "../../../i18n/format";
import { Budget } from "../Budget";
import { useTimeWords } from "../words";
import { Attendance } from "./Attendance";
import styles from "./Run.module.css";

/** Before a meeting: who is here, and Enter begins it. */
export function Begin({ run }: { run: MeetingRun }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const time = useTimeWords();
  const begin = useAct(commands.meetingBegin);
  const enter = useAct(commands.itemEnter);
  const { meeting, items } = run.agenda;
  const [first] = items;
  const act = async (): Promise<void> => {
    if ((await begin.run(meeting.meeting)) === undefined) return;
    if (first) await enter.run(meeting.meeting, first.item);
  };
  return (
    <div className={styles.before}>
      <header>
        <p className={styles.section}>{time(meeting)}</p>
        <h1>{format.dayLong(meeting.day)}</h1>
        <p>
          {meeting.facilitator === null
            ? t("next.nobody")
            : t("next.facilitates", { name: meeting.facilitator })}
        </p>
      </header>
      {meeting.state === "cancelled" ? <Notice tone="warn">{t("begin.cancelled")}</Notice> : null}
      {items.length === 0 ? <Notice>{t("begin.empty")}</Notice> : null}
      <Budget planned={run.agenda.planned_minutes} total={meeting.minutes} />
      <div className={styles.acts}>
        <Button look="primary" autoFocus isPending={begin.pending} onPress={() => void act()}>
          {t("begin.action")}
        </Button>
        <LinkButton to="/meeting/$meeting" params={{ meeting: meeting.meeting }}>
          {t("begin.prepare")}
        </LinkButton>
      </div>
      <Attendance run={run} />
    </div>
  );
}
