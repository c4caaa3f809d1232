import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MeetingRun } from "../../../api/bindings";
import { clock } from "../words";
import styles from "./Run.module.css";
import type { RunActs } from "./useRunActs";

/** The whole agenda beside the item: what was, what comes; a press jumps there. */
export function Agenda({ run, acts }: { run: MeetingRun; acts: RunActs }): ReactNode {
  const { t } = useTranslation("meeting");
  return (
    <>
      <h2>{t("side.agenda")}</h2>
      <ol className={styles.outline}>
        {run.agenda.items.map((item) => {
          const course = run.course.find((one) => one.item === item.item);
          const closing = course?.closing ?? null;
          const isHere = item.item === run.current;
          return (
            <li key={item.item}>
              <button
                type="button"
                className={styles.jump}
                aria-current={isHere ? "step" : undefined}
                onClick={() => acts.enter(item.item)}
              >
                <span>{item.title}</span>
                <span className={styles.marks}>
                  {closing === null
                    ? t("minutes", { count: course?.minutes ?? item.minutes })
                    : `${t(`closing.${closing}`)} · ${clock(course?.spent_seconds ?? 0)}`}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}
