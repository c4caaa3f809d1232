import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MeetingLine, TurnView } from "../../api/bindings";
import { classes } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { FacilitatorOf } from "./FacilitatorOf";
import styles from "./Meeting.module.css";
import { MeetingActs } from "./MeetingActs";
import { useRemark, useTimeWords } from "./words";

interface ComingProps {
  meetings: readonly MeetingLine[];
  turns: readonly TurnView[];
}

/** The meetings of the next weeks. */
export function Coming({ meetings, turns }: ComingProps): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const time = useTimeWords();
  const remark = useRemark();
  return (
    <section className={styles.section} aria-labelledby="coming">
      <h2 id="coming" className={styles.heading}>
        {t("coming.title")}
      </h2>
      {meetings.length === 0 ? (
        <p className={styles.quiet}>{t("coming.none")}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t("column.day")}</th>
                <th scope="col">{t("column.time")}</th>
                <th scope="col">{t("column.facilitator")}</th>
                <th scope="col">{t("column.remark")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {meetings.map((meeting) => (
                <tr key={meeting.meeting} className={classes(meeting.state === "cancelled" && styles.off)}>
                  <th scope="row">
                    <Link to="/meeting/$meeting" params={{ meeting: meeting.meeting }}>
                      {format.day(meeting.day)}
                    </Link>
                  </th>
                  <td>{time(meeting)}</td>
                  <td>
                    <FacilitatorOf meeting={meeting} turns={turns} />
                  </td>
                  <td className={table.quiet}>{remark(meeting)}</td>
                  <td className={table.act}>
                    <MeetingActs meeting={meeting} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
