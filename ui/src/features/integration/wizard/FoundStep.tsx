import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ColumnReport, Delivery, Stream, TableReport } from "../../../api/bindings";
import { Button } from "../../../components/Button";
import { classes } from "../../../components/classes";
import { DayField } from "../../../components/DayField";
import { Checkbox, RadioGroup, TextField } from "../../../components/Field";
import { Notice, Skeleton } from "../../../components/State";
import table from "../../../components/table.module.css";
import { useFormat } from "../../../i18n/format";
import { known } from "../../../i18n/known";
import { en } from "../../../i18n/resources";
import { Fault } from "../../workspace/FaultWords";
import { changeStream, type Draft, setAside, takeIn, withReport } from "./draft";
import { fileName, guessPattern, tableKey, tablesOf } from "./source";
import type { useReport } from "./state";
import type { Edit } from "./Wizard";
import styles from "./Wizard.module.css";

interface StepProps {
  draft: Draft;
  edit: Edit;
  report: ReturnType<typeof useReport>;
}

/** What is in the files, and which of their tables become streams. */
export function FoundStep({ draft, edit, report }: StepProps): ReactNode {
  const { t } = useTranslation("wizard");
  const found = report.data;
  const aside = (found?.tables ?? []).filter((one) => draft.unused.includes(tableKey(one)));
  return (
    <section className={styles.step}>
      <h2>{t("found.title")}</h2>
      <p className={styles.lead}>{t("found.lead")}</p>
      {report.error ? <Fault error={report.error} retry={report.retry} /> : null}
      {!found && !report.error ? <Skeleton height="14rem" /> : null}
      {found && found.tables.length === 0 ? <p>{t("found.none")}</p> : null}
      {found && found.refused.length > 0 ? (
        <Notice tone="warn">
          <strong>{t("found.refused")}</strong>
          <ul>
            {found.refused.map(({ words }) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {found
        ? draft.integration.stream.map((stream, index) => (
            <StreamPart
              // oxlint-disable-next-line no-array-index-key -- the name is being typed; the place is the identity
              key={index}
              stream={stream}
              tables={tablesOf(stream, found)}
              change={(part) => edit((before) => changeStream(before, index, part))}
              leaveOut={() => edit((before) => setAside(before, index, found))}
            />
          ))
        : null}
      {aside.map((one) => (
        <div key={tableKey(one)} className={styles.aside}>
          <Checkbox
            selected={false}
            onChange={() => {
              if (found) edit((before) => withReport(takeIn(before, [tableKey(one)]), found, []));
            }}
          >
            {t("found.use")}
          </Checkbox>
          <TableName one={one} />
        </div>
      ))}
    </section>
  );
}

function TableName({ one }: { one: TableReport }): ReactNode {
  const { t } = useTranslation("wizard");
  const file = fileName(one.path);
  return (
    <span title={one.path}>
      <strong>{one.sheet === null ? file : t("found.sheet", { file, sheet: one.sheet })}</strong>{" "}
      <span className={styles.quiet}>
        {one.format} ·{" "}
        {one.rows_exact ? t("found.rows", { count: one.rows }) : t("found.rowsAbout", { count: one.rows })} ·{" "}
        {t("found.columns", { count: one.columns.length })}
      </span>
    </span>
  );
}

function StreamPart(props: {
  stream: Stream;
  tables: readonly TableReport[];
  change: (part: Partial<Stream>) => void;
  leaveOut: () => void;
}): ReactNode {
  const { t } = useTranslation("wizard");
  const { stream, tables, change } = props;
  const [open, setOpen] = useState(false);
  const [first] = tables;
  const damaged = tables.flatMap((one) => one.damaged);
  const notes = [...new Set(tables.flatMap((one) => one.notes))];
  const hints = (first?.columns ?? []).flatMap((column) =>
    column.hints.map((words) => ({ column: column.name, words })),
  );
  return (
    <article className={styles.stream}>
      <header>
        {tables.map((one) => (
          <p key={tableKey(one)}>
            <TableName one={one} />
          </p>
        ))}
        <Checkbox selected onChange={props.leaveOut}>
          {t("found.use")}
        </Checkbox>
      </header>
      {damaged.length > 0 ? (
        <Notice tone="warn">
          <strong>{t("found.damaged")}</strong>
          <ul>
            {damaged.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {notes.length + hints.length > 0 ? (
        <Notice>
          <strong>{t("found.hints")}</strong>
          <ul>
            {notes.map((words) => (
              <li key={words}>{words}</li>
            ))}
            {hints.map(({ column, words }) => (
              <li key={`${column} ${words}`}>{t("found.hintOf", { column, words })}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <div className={styles.columns}>
        <div className={styles.stack}>
          <TextField
            label={t("found.name")}
            hint={t("found.nameHint")}
            value={stream.name}
            onChange={(name) => change({ name })}
          />
          {stream.folder ? (
            <TextField
              code
              label={t("found.pattern")}
              hint={t("found.patternHint")}
              value={stream.pattern ?? "*.csv"}
              onChange={(pattern) => change({ pattern })}
            />
          ) : null}
          <SnapshotDate stream={stream} file={first ? fileName(first.path) : ""} change={change} />
        </div>
        <RadioGroup<Delivery>
          label={t("found.delivery")}
          value={stream.delivery}
          onChange={(delivery) => change({ delivery })}
          choices={[
            { value: "snapshot", label: t("found.snapshot"), detail: t("found.snapshotHint") },
            { value: "increment", label: t("found.increment"), detail: t("found.incrementHint") },
          ]}
        />
      </div>
      {first ? (
        <>
          <div>
            <Button look="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
              {open ? t("found.hide") : t("found.show")}
            </Button>
          </div>
          {open ? <Columns columns={first.columns} /> : null}
        </>
      ) : null}
    </article>
  );
}

type DateWay = "none" | "day" | "name";

function SnapshotDate(props: {
  stream: Stream;
  file: string;
  change: (part: Partial<Stream>) => void;
}): ReactNode {
  const { t } = useTranslation("wizard");
  const said = props.stream.snapshot_date ?? null;
  const [way, setWay] = useState<DateWay>(said === null ? "none" : said.includes("{") ? "name" : "day");
  const guess = guessPattern(props.file);
  return (
    <div className={styles.stack}>
      <RadioGroup<DateWay>
        label={t("found.date")}
        value={way}
        onChange={(next) => {
          setWay(next);
          props.change({ snapshot_date: next === "name" ? (guess ?? props.file) : null });
        }}
        choices={[
          { value: "none", label: t("found.dateNone"), detail: t("found.dateNoneHint") },
          { value: "day", label: t("found.dateDay") },
          { value: "name", label: t("found.dateName") },
        ]}
      />
      {way === "day" ? (
        <DayField
          bare
          label={t("found.date")}
          value={said}
          onChange={(day) => props.change({ snapshot_date: day })}
        />
      ) : null}
      {way === "name" ? (
        <TextField
          code
          label={t("found.dateNamePattern")}
          hint={t("found.dateNameHint", { example: "orders_{yyyy-MM-dd}.csv" })}
          value={said ?? ""}
          onChange={(pattern) => props.change({ snapshot_date: pattern })}
        />
      ) : null}
    </div>
  );
}

function Columns({ columns }: { columns: readonly ColumnReport[] }): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const { locale } = useFormat();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <div className={table.scroll}>
      <table className={classes(table.table, table.tight)}>
        <thead>
          <tr>
            <th scope="col">{t("found.column")}</th>
            <th scope="col">{t("found.kind")}</th>
            <th scope="col">{t("found.samples")}</th>
            <th scope="col" className={table.end}>
              {t("found.empty")}
            </th>
            <th scope="col">{t("found.hints")}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => {
            const kind = known(en.field.kind, column.kind);
            return (
              <tr key={column.name}>
                <th scope="row">{column.name}</th>
                <td>{kind ? word(`kind.${kind}`) : column.kind}</td>
                <td className={styles.samples}>{column.samples.slice(0, 3).join(" · ")}</td>
                <td className={table.end}>{percent.format(column.null_share ?? 0)}</td>
                <td className={table.quiet}>
                  {[...(column.ambiguous ? [t("found.ambiguous")] : []), ...column.hints].join(" · ")}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
