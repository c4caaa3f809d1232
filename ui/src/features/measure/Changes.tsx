import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { FigureChange, FigureNumbers, FileMeasure } from "../../api/bindings";
import { Button, classes } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import styles from "./Figures.module.css";

/** Weeks that are listed before a person asks for all. */
const SHOWN = 26;

interface ChangesProps {
  measure: FileMeasure;
  weeks: FigureChange[];
  /** A last column: what leads from a week to its rows. */
  link?: (week: string) => ReactNode;
}

/** What a file says of its weeks beside what is published of them, the newest first. */
export function Changes({ measure, weeks, link }: ChangesProps): ReactNode {
  const { t } = useTranslation("figures");
  const words = useKpiWords();
  const [all, setAll] = useState(false);
  if (weeks.length === 0) return null;
  const newest = weeks.toReversed();
  // What does not add up is seen without asking.
  const shown = all ? newest : newest.filter((one, at) => at < SHOWN || one.gap !== null);
  return (
    <div>
      <div className={table.scroll}>
        <table className={classes(table.table, table.tight)}>
          <thead>
            <tr>
              <th scope="col">{t("changes.week")}</th>
              <th scope="col">{t("changes.was")}</th>
              <th scope="col">{t("changes.now")}</th>
              <th scope="col">{t("changes.notes")}</th>
              {link ? <th scope="col">{t("changes.rows")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.week} {...(one.gap === null ? {} : { "data-gap": "" })}>
                <th scope="row" className={styles.week}>
                  {words.weekInYear(one.week)}
                </th>
                <td>{one.was ? <Numbers measure={measure} numbers={one.was} /> : t("changes.none")}</td>
                <td>
                  <Numbers measure={measure} numbers={one.now} />
                </td>
                <td>
                  <Notes change={one} />
                </td>
                {link ? <td>{link(one.week)}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < weeks.length ? (
        <Button look="quiet" onPress={() => setAll(true)}>
          {t("changes.all", { count: weeks.length })}
        </Button>
      ) : null}
    </div>
  );
}

function Numbers({ measure, numbers }: { measure: FileMeasure; numbers: FigureNumbers }): ReactNode {
  const format = useFormat();
  const words = useKpiWords();
  const name = (id: string): string => measure.departments.find((one) => one.id === id)?.name ?? id;
  const parts = Object.entries(numbers.parts).map(([id, part]) => `${name(id)} ${format.number(part, 3)}`);
  const fraction =
    numbers.denominator === null
      ? []
      : [`${format.number(numbers.numerator, 3)} / ${format.number(numbers.denominator, 3)}`];
  return (
    <>
      <strong>{words.value(numbers.value, measure.unit, measure.unit_word)}</strong>
      <div className={styles.quiet}>{[...fraction, ...parts].join(" · ")}</div>
    </>
  );
}

function Notes({ change }: { change: FigureChange }): ReactNode {
  const { t } = useTranslation("figures");
  const notes = [
    change.gap,
    change.is_same ? t("changes.same") : null,
    change.is_signed && !change.is_same ? t("changes.signed") : null,
    !change.is_same && change.was && change.was.value === change.now.value ? t("changes.parts") : null,
  ].filter((note) => note !== null);
  return notes.length === 0 ? null : <>{notes.join(" ")}</>;
}
