import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import {
  commands,
  type ChartSide,
  type DefinitionPreview,
  type SignalView,
  type Unit,
  type WeekMove,
} from "../../api/bindings";
import { useRead } from "../../api/query";
import { Chart } from "../../charts/Chart";
import { Button, DepartmentBadge, departmentOf, ErrorState, Notice, Skeleton } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import styles from "./Definition.module.css";

/** Weeks named at once; the others on demand. */
const NAMED = 8;

/** What a change would have done to the past. */
export function Preview({ job, unit }: { job: number; unit: Unit }): ReactNode {
  const found = useRead(["definition", "preview", job], () => commands.definitionPreviewed(job));
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton height="18rem" />;
  return <Found preview={found.data} unit={unit} />;
}

function Found({ preview, unit }: { preview: DefinitionPreview; unit: Unit }): ReactNode {
  const { t } = useTranslation("definition");
  const { before, after } = preview;
  return (
    <>
      {preview.held ? <Notice tone="bad">{preview.held}</Notice> : null}
      {preview.waiting.length > 0 ? (
        <Notice>{t("preview.waiting", { names: preview.waiting.join(", ") })}</Notice>
      ) : null}
      <ul className={styles.lines}>
        {preview.changes.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Numbers preview={preview} />
      <Moves moves={preview.moves} unit={unit} />
      <div className={styles.sides}>
        <Side title={t("preview.before")} side={before} unit={unit} />
        <Side title={t("preview.after")} side={after} unit={unit} />
      </div>
      <Signals
        title={t("preview.gained")}
        none={t("preview.gainedNone")}
        signals={preview.gained}
        preview={preview}
      />
      <Signals
        title={t("preview.lost")}
        none={t("preview.lostNone")}
        signals={preview.lost}
        preview={preview}
      />
    </>
  );
}

/** How many weeks change, in a sentence or two. */
function Numbers({ preview }: { preview: DefinitionPreview }): ReactNode {
  const { t } = useTranslation("definition");
  const { changed, sharpened, weeks, lifted } = preview;
  const said = [
    changed > 0 ? t("preview.changed", { count: changed, weeks }) : t("preview.unchanged", { count: weeks }),
    ...(changed > 0 ? [t("preview.restated")] : []),
    ...(sharpened > 0 ? [t("preview.sharpened", { count: sharpened })] : []),
    ...(lifted > 0 ? [t("preview.lifted", { count: lifted })] : []),
  ];
  return <p className={styles.lead}>{said.join(" ")}</p>;
}

function Moves({ moves, unit }: { moves: readonly WeekMove[]; unit: Unit }): ReactNode {
  const { t } = useTranslation("definition");
  const format = useFormat();
  const words = useKpiWords();
  const [all, setAll] = useState(false);
  if (moves.length === 0) return null;
  const shown = all ? moves : moves.slice(0, NAMED);
  return (
    <>
      <h3>{t("preview.largest")}</h3>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t("preview.week")}</th>
              <th scope="col" className={styles.number}>
                {t("preview.was")}
              </th>
              <th scope="col" className={styles.number}>
                {t("preview.wouldBe")}
              </th>
              <th scope="col" className={styles.number}>
                {t("preview.by")}
              </th>
              <th scope="col" className={styles.number}>
                n
              </th>
              <th scope="col" className={styles.number}>
                {t("preview.moved")}
              </th>
              <th scope="col">{t("preview.signature")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((move) => (
              <tr key={move.week}>
                <th scope="row">{words.weekInYear(move.week)}</th>
                <td className={styles.number}>{words.value(move.was, unit)}</td>
                <td className={styles.number}>{words.value(move.would_be, unit)}</td>
                <td className={styles.number}>{move.by === null ? "—" : format.signed(move.by, 1)}</td>
                <td className={styles.number}>
                  {move.n_was === move.n_would_be
                    ? format.count(move.n_was)
                    : `${format.count(move.n_was)} → ${format.count(move.n_would_be)}`}
                </td>
                <td className={styles.number}>{format.count(move.moved)}</td>
                <td>{move.lifts ? t("preview.lifts") : "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moves.length > NAMED ? (
        <div className={styles.actions}>
          <Button look="quiet" onPress={() => setAll(!all)}>
            {all ? t("preview.fewer") : t("preview.all", { count: moves.length })}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** One of the two charts with what it says. */
function Side({ title, side, unit }: { title: string; side: ChartSide; unit: Unit }): ReactNode {
  const { t } = useTranslation("definition");
  const words = useKpiWords();
  const value = (number: number | null): string => words.value(number, unit);
  return (
    <section className={styles.side} aria-label={title}>
      <h3>{title}</h3>
      <p className={styles.sentence}>{side.sentence}</p>
      <Chart chart={side.chart} />
      <p className={styles.quiet}>
        {[
          t("preview.mean", { value: value(side.mean) }),
          side.lower === null
            ? t("preview.noLimits")
            : t("preview.limits", { lower: value(side.lower), upper: value(side.upper) }),
          ...(side.variation ? [side.variation] : []),
          side.assurance ?? t("preview.noAssurance"),
        ].join(" · ")}
      </p>
    </section>
  );
}

function Signals({
  title,
  none,
  signals,
  preview,
}: {
  title: string;
  none: string;
  signals: readonly SignalView[];
  preview: DefinitionPreview;
}): ReactNode {
  const { t } = useTranslation("kpi");
  const words = useKpiWords();
  return (
    <>
      <h3>{title}</h3>
      {signals.length === 0 ? <p className={styles.quiet}>{none}</p> : null}
      <ul className={styles.signals}>
        {signals.map((signal) => {
          const department = departmentOf(preview.departments, signal.department);
          return (
            <li key={`${signal.rule} ${signal.department ?? ""} ${signal.from} ${signal.to} ${signal.words}`}>
              <span>{signal.words}</span>
              {department ? <DepartmentBadge department={department} /> : null}
              <span className={styles.quiet}>
                {signal.from === signal.to
                  ? words.weekInYear(signal.from)
                  : t("signals.span", {
                      from: words.weekInYear(signal.from),
                      to: words.weekInYear(signal.to),
                    })}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
