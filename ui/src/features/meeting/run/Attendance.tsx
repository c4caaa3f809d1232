import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Attendance as Word, type MeetingRun } from "../../../api/bindings";
import { useAct } from "../../../api/query";
import { Button } from "../../../components";
import { Segments } from "../../../components/Segments";
import styles from "./Run.module.css";

const WORDS = ["present", "excused", "absent"] as const satisfies readonly Word[];

/** Who is there. */
export function Attendance({ run }: { run: MeetingRun }): ReactNode {
  const { t } = useTranslation("meeting");
  const note = useAct(commands.attendanceNote);
  const meeting = run.agenda.meeting.meeting;
  const open = run.attendance.filter((one) => one.is_expected && one.attendance === null);
  const all = async (): Promise<void> => {
    for (const { person } of open) {
      // One after the other: each is an entry of its own, and the first refusal ends it.
      // oxlint-disable-next-line no-await-in-loop
      if ((await note.run(meeting, person, "present")) === undefined) return;
    }
  };
  return (
    <section aria-labelledby="attendance">
      <h2 id="attendance">{t("side.attendance")}</h2>
      {run.attendance.length === 0 ? <p className={styles.marks}>{t("attendance.none")}</p> : null}
      {open.length > 1 ? (
        <Button isPending={note.pending} onPress={() => void all()}>
          {t("attendance.all", { count: open.length })}
        </Button>
      ) : null}
      <ul className={styles.people}>
        {run.attendance.map(({ person, name, attendance, is_expected: isExpected }) => (
          <li key={person}>
            <span>
              {name}
              {isExpected ? null : <span className={styles.marks}> {t("attendance.guest")}</span>}
            </span>
            <Segments
              label={t("attendance.of", { name })}
              bare
              choices={WORDS.map((word) => ({ value: word, label: t(`attendance.${word}`) }))}
              value={attendance}
              onChange={(word) => void note.run(meeting, person, word)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
