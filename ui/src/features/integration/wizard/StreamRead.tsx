import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Excerpt, OfferedField, OfferedStream, Stream } from "../../../api/bindings";
import { Button } from "../../../components/Button";
import { classes } from "../../../components/classes";
import { ComboBox, NumberField, TextField } from "../../../components/Field";
import { known } from "../../../i18n/known";
import { en } from "../../../i18n/resources";
import table from "../../../components/table.module.css";
import { JobProgress } from "../../job/JobProgress";
import { Fault } from "../../workspace/FaultWords";
import { changeStream } from "./draft";
import type { FirstRows } from "./ReadStep";
import { askedOf, cursorsFirst, OVERLAP_MINUTES, removeStream, setCursor } from "./system";
import styles from "./System.module.css";
import type { Edit } from "./Wizard";

// Names of fields come from systems: no cell and no name holds such a character.
const NOTHING = "\u0000none";

interface StreamReadProps {
  stream: Stream;
  index: number;
  edit: Edit;
  offered: OfferedStream | undefined;
  excerpt: Excerpt | undefined;
  reading: FirstRows;
}

/** One stream of the system: what it is called here, how it goes on, and its first rows. */
export function StreamRead({ stream, index, edit, offered, excerpt, reading }: StreamReadProps): ReactNode {
  const { t } = useTranslation("offer");
  const { t: word } = useTranslation("field");
  const { from } = stream;
  if (!from) return null;
  const fields = fieldsOf(offered, excerpt, from.cursor, from.key);
  const keys = fields.filter((field) => field.is_key).map((field) => field.name);
  const choices = (wanted: readonly OfferedField[], none: string): { value: string; label: string }[] => [
    { value: NOTHING, label: none },
    ...wanted.map((field) => {
      const kind = known(en.field.kind, field.kind);
      return { value: field.name, label: kind ? `${field.name} (${word(`kind.${kind}`)})` : field.name };
    }),
  ];
  const change = (part: Partial<typeof from>): void =>
    edit((before) => changeStream(before, index, { from: { ...from, ...part } }));
  return (
    <article className={styles.stream}>
      <header>
        <strong className={styles.name}>{from.name ?? t("read.ownQuery")}</strong>
        <Button
          look="quiet"
          aria-label={t("read.removeOf", { name: askedOf(stream) || stream.name })}
          onPress={() => edit((before) => removeStream(before, index))}
        >
          {t("read.remove")}
        </Button>
      </header>
      {from.query != null ? (
        <div>
          <TextField
            code
            rows={4}
            label={t("read.queryText")}
            hint={t("read.queryTextHint")}
            value={from.query}
            onChange={(query) => change({ query })}
          />
        </div>
      ) : null}
      <div className={styles.form}>
        <TextField
          label={t("read.name")}
          hint={t("read.nameHint")}
          value={stream.name}
          onChange={(name) => edit((before) => changeStream(before, index, { name }))}
        />
        <ComboBox
          label={t("read.cursor")}
          hint={t("read.cursorHint")}
          value={from.cursor ?? NOTHING}
          choices={choices(cursorsFirst(fields), t("read.noCursor"))}
          onChange={(one) => edit((before) => setCursor(before, index, one === NOTHING ? null : one, keys))}
        />
        {from.cursor == null ? null : (
          <>
            <ComboBox
              label={t("read.key")}
              hint={t("read.keyHint")}
              value={from.key ?? NOTHING}
              choices={choices(fields, t("read.noKey"))}
              onChange={(key) => change({ key: key === NOTHING ? null : key })}
            />
            <NumberField
              label={t("read.overlap")}
              hint={t("read.overlapHint")}
              value={from.overlap_minutes ?? OVERLAP_MINUTES}
              min={0}
              onChange={(minutes) => change({ overlap_minutes: minutes })}
            />
          </>
        )}
      </div>
      <FirstRowsOf stream={stream} excerpt={excerpt} reading={reading} />
    </article>
  );
}

/** The fields that the system names, or those that its first rows have. */
function fieldsOf(
  offered: OfferedStream | undefined,
  excerpt: Excerpt | undefined,
  ...said: (string | null | undefined)[]
): OfferedField[] {
  const plain = (name: string, kind: string): OfferedField => ({ name, label: null, kind, is_key: false });
  const fields =
    offered && offered.fields.length > 0
      ? [...offered.fields]
      : (excerpt?.table.columns ?? []).map((column) => plain(column.name, column.kind));
  for (const name of said) {
    if (name != null && !fields.some((field) => field.name === name)) fields.push(plain(name, "other"));
  }
  return fields;
}

function FirstRowsOf(props: { stream: Stream; excerpt: Excerpt | undefined; reading: FirstRows }): ReactNode {
  const { t } = useTranslation("offer");
  const { stream, excerpt, reading } = props;
  const { asked } = reading;
  const own = reading.stream === stream.name;
  const running = own && asked.running;
  const read = (): void => reading.read(stream.name);
  return (
    <div className={styles.first} aria-live="polite">
      {own && asked.job ? <JobProgress job={asked.job} retry={read} /> : null}
      {own && asked.error ? <Fault error={asked.error} retry={read} /> : null}
      {excerpt ? <RawRows excerpt={excerpt} /> : null}
      {running ? null : (
        <div className={styles.actions}>
          <Button isDisabled={asked.running || !askedOf(stream)?.trim()} onPress={read}>
            {excerpt ? t("read.again") : t("read.first")}
          </Button>
          {excerpt ? null : <span className={styles.quiet}>{t("read.notRead")}</span>}
        </div>
      )}
    </div>
  );
}

/** Ten rows as they came. */
function RawRows({ excerpt }: { excerpt: Excerpt }): ReactNode {
  const { t } = useTranslation("offer");
  if (excerpt.rows.length === 0) return <p className={styles.quiet}>{t("read.noRows")}</p>;
  const label = t("read.rowsOf", { name: excerpt.stream });
  return (
    // oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div className={styles.rows} tabIndex={0} role="group" aria-label={label}>
      <table className={classes(table.table, table.tight)}>
        <thead>
          <tr>
            {excerpt.table.columns.map((column) => (
              <th key={column.name} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {excerpt.rows.map((row, place) => (
            // oxlint-disable-next-line no-array-index-key -- rows as they came, in their order
            <tr key={place}>
              {row.map((cell, column) => (
                // oxlint-disable-next-line no-array-index-key -- the columns are fixed
                <td key={column} title={cell}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
