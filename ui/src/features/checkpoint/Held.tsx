import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type BatchDecision, type HeldView, type HeldWeek } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Checkbox, classes, toast } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { ReasonDialog } from "../workspace/ReasonDialog";
import { useKpiWords } from "../board/words";
import styles from "./Checkpoint.module.css";

/** Rows that are shown before somebody asks for all. */
const ROWS = 12;

type Choice = "release" | "part" | "reject";

/** A batch that waits: why, what it would change, and the decision. */
export function Held(props: { id: string; held: HeldView; approver: string }): ReactNode {
  const { t } = useTranslation("checkpoint");
  const format = useFormat();
  const { held } = props;
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Choice | null>(null);
  const decide = useAct(commands.batchDecide);
  const may = held.why_not === null;
  const rows = all ? held.weeks : held.weeks.slice(0, ROWS);
  const toggle = (week: HeldWeek): void => {
    const next = new Set(chosen);
    if (!next.delete(keyOf(week))) next.add(keyOf(week));
    setChosen(next);
  };
  const decision = (): BatchDecision => {
    if (asking !== "part") return { what: asking ?? "release" };
    const weeks = held.weeks.filter((week) => chosen.has(keyOf(week)));
    return { what: "release_weeks", weeks: weeks.map((week) => [week.kpi, week.week]) };
  };
  const confirm = async (reason: string): Promise<boolean> => {
    const done = (await decide.run(props.id, decision(), reason)) !== undefined;
    if (done) {
      toast(t(`done.${asking ?? "release"}`));
      setChosen(new Set());
    }
    return done;
  };
  return (
    <div className={styles.held}>
      <h2>{t("held.title", { when: format.ago(held.since) })}</h2>
      <ul className={styles.rules}>
        {held.why.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <p className={styles.words}>
        {t("held.meanwhile", { name: props.approver })}{" "}
        {held.release_at === null ? null : t("held.passes", { when: format.moment(held.release_at) })}
      </p>
      <div className={table.scroll}>
        <table className={classes(table.table, table.tight)}>
          <caption>{t("held.caption", { count: held.weeks.length })}</caption>
          <thead>
            <tr>
              {may ? <td /> : null}
              <th scope="col">{t("held.kpi")}</th>
              <th scope="col">{t("held.week")}</th>
              <th scope="col" className={table.end}>
                {t("held.before")}
              </th>
              <th scope="col" className={table.end}>
                {t("held.after")}
              </th>
              <th scope="col" className={table.end}>
                {t("held.by")}
              </th>
              <th scope="col">{t("held.moved")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((week) => (
              <Row
                key={keyOf(week)}
                week={week}
                may={may}
                chosen={chosen.has(keyOf(week))}
                toggle={() => toggle(week)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {held.weeks.length > rows.length ? (
        <Button look="quiet" onPress={() => setAll(true)}>
          {t("held.all", { count: held.weeks.length })}
        </Button>
      ) : null}
      {may ? (
        <div className={styles.actions}>
          <Button look="primary" onPress={() => setAsking("release")}>
            {t("action.release")}
          </Button>
          <Button isDisabled={chosen.size === 0} onPress={() => setAsking("part")}>
            {t("action.part", { count: chosen.size })}
          </Button>
          <Button onPress={() => setAsking("reject")}>{t("action.reject")}</Button>
        </div>
      ) : (
        <p className={styles.words}>{held.why_not}</p>
      )}
      {asking === null ? null : (
        <ReasonDialog
          title={t(`ask.${asking}.title`)}
          words={t(`ask.${asking}.words`)}
          confirm={t(`ask.${asking}.confirm`)}
          open
          pending={decide.pending}
          onClose={() => setAsking(null)}
          onConfirm={confirm}
        />
      )}
    </div>
  );
}

function keyOf(week: HeldWeek): string {
  return `${week.kpi} ${week.week}`;
}

function Row(props: { week: HeldWeek; may: boolean; chosen: boolean; toggle: () => void }): ReactNode {
  const { t } = useTranslation("checkpoint");
  const format = useFormat();
  const { week } = props;
  const unit = week.is_percent ? "percent" : "days";
  const words = useKpiWords();
  const value = (number: number | null): string =>
    number === null ? t("held.nothing") : words.value(number, unit);
  return (
    <tr className={classes(week.is_beyond && styles.beyond)}>
      {props.may ? (
        <td>
          <Checkbox
            aria-label={t("held.choose", { name: week.name, week: week.week })}
            selected={props.chosen}
            onChange={props.toggle}
          >
            {null}
          </Checkbox>
        </td>
      ) : null}
      <th scope="row">{week.name}</th>
      <td>{week.week}</td>
      <td className={table.end}>{value(week.before)}</td>
      <td className={table.end}>{value(week.after)}</td>
      <td className={table.end}>
        {week.by === null ? t("held.nothing") : format.signed(week.by)}
        {week.is_beyond ? <span className={styles.mark}> {t("held.beyond")}</span> : null}
      </td>
      <td>{week.moved === 0 ? t("held.nothing") : <Journeys week={week} />}</td>
    </tr>
  );
}

/** Journeys that are named; the others are counted. */
const NAMED = 3;

/** The first of the journeys that move a week, each a way to its page, and how many there are. */
function Journeys({ week }: { week: HeldWeek }): ReactNode {
  const { t } = useTranslation("checkpoint");
  const named = week.first.slice(0, NAMED);
  const more = week.moved - named.length;
  return (
    <span className={styles.journeys}>
      {named.map((name) => {
        const at = name.lastIndexOf("/");
        return (
          <Link
            key={name}
            to="/order/$order/$line"
            params={{ order: name.slice(0, at), line: name.slice(at + 1) }}
          >
            {name}
          </Link>
        );
      })}
      {more > 0 ? <span>{t("held.more", { count: more })}</span> : null}
    </span>
  );
}
