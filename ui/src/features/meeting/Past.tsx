import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MeetingLine } from "../../api/bindings";
import { classes } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import styles from "./Meeting.module.css";

/** The meetings before: how they were rated and what came of them. */
export function Past({ meetings }: { meetings: readonly MeetingLine[] }): ReactNode {
  const { t } = useTranslation("meeting");
  return (
    <section className={styles.section} aria-labelledby="past">
      <h2 id="past" className={styles.heading}>
        {t("past.title")}
      </h2>
      {meetings.length === 0 ? (
        <p className={styles.quiet}>{t("past.none")}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t("column.day")}</th>
                <th scope="col">{t("column.facilitator")}</th>
                <th scope="col" className={table.end}>
                  {t("column.rating")}
                </th>
                <th scope="col" className={table.end}>
                  {t("column.decisions")}
                </th>
                <th scope="col" className={table.end}>
                  {t("column.needs")}
                </th>
                <th scope="col" className={table.end}>
                  {t("column.commitments")}
                </th>
                <th scope="col">{t("column.minutes")}</th>
              </tr>
            </thead>
            <tbody>
              {meetings.map((meeting) => (
                <Row key={meeting.meeting} meeting={meeting} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ meeting }: { meeting: MeetingLine }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const isHeld = meeting.state === "held" || meeting.state === "running";
  const day = format.day(meeting.day);
  const count = (value: number): ReactNode => (
    <td className={classes(table.end, !isHeld && table.none)}>{isHeld ? format.count(value) : "–"}</td>
  );
  return (
    <tr>
      <th scope="row">
        {isHeld ? (
          <Link to="/meeting/$meeting/minutes" params={{ meeting: meeting.meeting }}>
            {day}
          </Link>
        ) : (
          day
        )}
      </th>
      <td>{meeting.facilitator ?? "–"}</td>
      <td className={classes(table.end, meeting.rating === null && table.none)}>
        {format.number(meeting.rating)}
      </td>
      {count(meeting.decisions)}
      {count(meeting.needs)}
      {count(meeting.commitments)}
      <td className={table.quiet}>
        {isHeld
          ? meeting.minutes_version === null
            ? t("past.notSent")
            : t("past.sent", { version: meeting.minutes_version })
          : [t(`state.${meeting.state}`), meeting.reason].filter(Boolean).join(" · ")}
      </td>
    </tr>
  );
}
