import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MeetingRun } from "../../../api/bindings";
import { useAct } from "../../../api/query";
import { Button, LinkButton } from "../../../components";
import { useFormat } from "../../../i18n/format";
import { clock } from "../words";
import styles from "./Run.module.css";

/** After a meeting: what came of it, the way to its minutes, and the way back if it ended by mistake. */
export function Ended({ run }: { run: MeetingRun }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const begin = useAct(commands.meetingBegin);
  const { meeting } = run.agenda;
  return (
    <div className={styles.before}>
      <header>
        <p className={styles.section}>{format.dayLong(meeting.day)}</p>
        <h1>{t("ended.title")}</h1>
        <p>{t("ended.words", { moment: format.moment(run.ended), time: clock(run.elapsed_seconds) })}</p>
      </header>
      <p>
        {t("ended.decisions", { count: run.decisions.length })} ·{" "}
        {t("ended.needs", { count: run.needs.length })} ·{" "}
        {t("ended.commitments", { count: run.commitments.length })}
      </p>
      <div className={styles.acts}>
        <LinkButton look="primary" to="/meeting/$meeting/minutes" params={{ meeting: meeting.meeting }}>
          {t("ended.minutes")}
        </LinkButton>
        <Button isPending={begin.pending} onPress={() => void begin.run(meeting.meeting)}>
          {t("ended.goOn")}
        </Button>
        <LinkButton look="quiet" to="/meeting" activeOptions={{ exact: true }}>
          {t("backToMeeting")}
        </LinkButton>
      </div>
    </div>
  );
}
