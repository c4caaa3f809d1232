import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Attendance, MeetingRun } from "../../../api/bindings";
import { useFormat } from "../../../i18n/format";
import styles from "./Minutes.module.css";

const WORDS = ["present", "excused", "absent"] as const satisfies readonly Attendance[];

/** Who was there, who was not. */
export function Present({ run }: { run: MeetingRun }): ReactNode {
  const { t } = useTranslation("meeting");
  const names = (word: Attendance): string =>
    run.attendance
      .filter((one) => one.attendance === word)
      .map((one) => one.name)
      .join(", ");
  const noted = WORDS.filter((word) => names(word) !== "");
  return (
    <section aria-labelledby="present">
      <h2 id="present">{t("minutesPage.present")}</h2>
      {noted.length === 0 ? (
        <p className={styles.quiet}>{t("minutesPage.presentNone")}</p>
      ) : (
        <dl className={styles.came}>
          {noted.map((word) => (
            <div key={word} className={styles.contents}>
              <dt>{t(`attendance.${word}`)}</dt>
              <dd>{names(word)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** What was put aside. */
export function Parked({ run }: { run: MeetingRun }): ReactNode {
  const { t } = useTranslation("meeting");
  if (run.parked.length === 0) return null;
  return (
    <section aria-labelledby="parked">
      <h2 id="parked">{t("side.parking")}</h2>
      <ul className={styles.bullets}>
        {run.parked.map((note) => (
          <li key={note.note}>{note.text}</li>
        ))}
      </ul>
    </section>
  );
}

/** How it was: the mean, and what people said. */
export function Ratings({ run }: { run: MeetingRun }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const { rating } = run.agenda.meeting;
  const said = run.round.filter((one) => one.word !== "" || one.rating !== null);
  return (
    <section aria-labelledby="ratings">
      <h2 id="ratings">{t("minutesPage.ratings")}</h2>
      <p>
        {rating === null
          ? t("minutesPage.ratingNone")
          : t("minutesPage.rating", { rating: format.number(rating) })}
      </p>
      {said.length === 0 ? null : (
        <dl className={styles.came}>
          {said.map((one) => (
            <div key={one.person} className={styles.contents}>
              <dt>{one.name}</dt>
              <dd>
                {[one.rating === null ? null : format.count(one.rating), one.word]
                  .filter(Boolean)
                  .join(" · ")}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
