import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ItemView, MinutesView, NeedView } from "../../../api/bindings";
import { Chart } from "../../../charts/Chart";
import { DepartmentBadge, departmentOf } from "../../../components";
import { useFormat } from "../../../i18n/format";
import { useStart } from "../../frame/start";
import { useCommitmentAnswer, useNeedAnswer } from "../../promise/words";
import { clock } from "../words";
import styles from "./Minutes.module.css";
import { OwnWords } from "./OwnWords";

interface MinutesItemProps {
  minutes: MinutesView;
  /** Nothing: what belongs to no item of the agenda. */
  item: ItemView | null;
  /** The agenda's items, where `item` is nothing. */
  known?: ReadonlySet<string>;
}

/** One item: why it was there, its chart as it was, what was said, decided, asked for and promised. */
export function MinutesItem({ minutes, item, known }: MinutesItemProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { run } = minutes;
  const isHere = (id: string | null): boolean =>
    item === null ? id === null || known?.has(id) === false : id === item.item;
  const notes = run.notes.filter((note) => isHere(note.item));
  const decisions = run.decisions.filter((one) => isHere(one.item));
  const needs = run.needs.filter((one) => isHere(one.item));
  const commitments = run.commitments.filter((one) => isHere(one.item));
  const count = notes.length + decisions.length + needs.length + commitments.length;
  if (item === null && count === 0) return null;
  const chart = item === null ? undefined : minutes.charts.find((one) => one.item === item.item);
  const words = item === null ? "" : (minutes.words.find(([id]) => id === item.item)?.[1] ?? "");
  const title = item?.title ?? t("minutesPage.whole");
  return (
    <section className={styles.item} aria-label={title}>
      <h2>{title}</h2>
      {item === null ? null : <Course minutes={minutes} item={item} />}
      {chart === undefined ? null : (
        <figure className={styles.chart}>
          <figcaption>{chart.sentence}</figcaption>
          <Chart chart={chart.chart} corner />
        </figure>
      )}
      {item === null ? null : (
        <OwnWords
          meeting={run.agenda.meeting.meeting}
          item={item.item}
          text={words}
          label={t("minutesPage.wordsOf", { title })}
          empty={t("minutesPage.wordsNone")}
        />
      )}
      {count === 0 ? null : (
        <dl className={styles.came}>
          {decisions.map((one) => (
            <Line key={one.decision} name={t("capture.decision")} text={one.text}>
              {[one.owner_name, one.expected?.words, one.effect?.words].filter(Boolean).join(" · ")}
            </Line>
          ))}
          {needs.map((need) => (
            <Need key={need.need} need={need} />
          ))}
          {commitments.map((one) => (
            <Commitment key={one.commitment} commitment={one} />
          ))}
          {notes.map((note) => (
            <Line key={note.note} name={t("capture.note")} text={note.text} />
          ))}
        </dl>
      )}
    </section>
  );
}

function Course({ minutes, item }: { minutes: MinutesView; item: ItemView }): ReactNode {
  const { t } = useTranslation("meeting");
  const course = minutes.run.course.find((one) => one.item === item.item);
  const spent = course?.spent_seconds ?? 0;
  const closing = course?.closing ?? null;
  const words = [
    spent === 0 ? null : t("minutesPage.spent", { time: clock(spent) }),
    closing === null ? (spent === 0 ? t("minutesPage.notReached") : null) : t(`closing.${closing}`),
  ].filter((word) => word !== null);
  return (
    <div className={styles.quiet}>
      <p>{item.reason_words}</p>
      {words.length === 0 ? null : <p>{words.join(" · ")}</p>}
    </div>
  );
}

function Line({ name, text, children }: { name: string; text: string; children?: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <p className={styles.words}>{text}</p>
        {children ? <div className={styles.quiet}>{children}</div> : null}
      </dd>
    </>
  );
}

function Need({ need }: { need: NeedView }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const answer = useNeedAnswer();
  const departments = useStart().data?.workspace?.departments ?? [];
  return (
    <Line name={t("capture.need")} text={need.text}>
      <span className={styles.pair}>
        <DepartmentBadge department={departmentOf(departments, need.from)} />
        <span aria-hidden="true">→</span>
        <DepartmentBadge department={departmentOf(departments, need.to)} />
        <span>{t("captured.by", { day: format.dayShort(need.by) })}</span>
      </span>
      {answer(need.answer)}
    </Line>
  );
}

function Commitment({ commitment }: { commitment: MinutesView["run"]["commitments"][number] }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const answer = useCommitmentAnswer()(commitment);
  return (
    <Line name={t("capture.commitment")} text={commitment.text}>
      {t("captured.due", { name: commitment.name, day: format.dayShort(commitment.due) })}
      {answer === null ? null : <> · {answer}</>}
    </Line>
  );
}
