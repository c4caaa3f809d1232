import { memo, type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { DepartmentView, Field, FieldTable, SourceReport, TableReport } from "../../../api/bindings";
import { Segments } from "../../../components/Segments";
import { ComboBox, TextField } from "../../../components/Field";
import { type Draft, questionsOf, readOf, setColumn, setField } from "./draft";
import { FIELD_GROUPS } from "./field";
import { PreviewPane } from "./PreviewPane";
import { Questions } from "./Questions";
import { tablesOf } from "./source";
import type { usePreview } from "./state";
import type { Edit } from "./Wizard";
import styles from "./Wizard.module.css";

// Column names come from files: these two cannot be among them, since cells hold no such character.
const NOTHING = "\u0000none";
const CONSTANT = "\u0000constant";

interface FieldsStepProps {
  draft: Draft;
  edit: Edit;
  report: SourceReport | undefined;
  preview: ReturnType<typeof usePreview>;
  departments: readonly DepartmentView[];
}

/** What each column means; beside it the first rows as they would be read. */
export function FieldsStep({ draft, edit, report, preview, departments }: FieldsStepProps): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const [at, setAt] = useState(0);
  const [only, setOnly] = useState<"all" | "used">("all");
  const [field, setFocus] = useState<Field | null>(null);
  const index = Math.min(at, draft.integration.stream.length - 1);
  const stream = draft.integration.stream[index];
  if (stream === undefined) return null;
  const [table] = report ? tablesOf(stream, report) : [];

  return (
    <section className={styles.step}>
      <h2>{t("fields.title")}</h2>
      <p className={styles.lead}>{t(stream.from ? "fields.systemLead" : "fields.lead")}</p>
      <div className={styles.bar}>
        {draft.integration.stream.length > 1 ? (
          <Segments
            bare
            label={t("fields.stream")}
            value={String(index)}
            onChange={(value) => setAt(Number(value))}
            choices={draft.integration.stream.map((one, place) => ({
              value: String(place),
              label: one.name,
            }))}
          />
        ) : null}
        <Segments
          bare
          label={t("fields.only")}
          value={only}
          onChange={setOnly}
          choices={[
            { value: "all", label: t("fields.all") },
            { value: "used", label: t("fields.only") },
          ]}
        />
      </div>
      <div className={styles.beside}>
        <div>
          {FIELD_GROUPS.map(({ group, fields }) => {
            const shown = fields.filter((one) => only === "all" || stream.fields[one] !== undefined);
            if (shown.length === 0) return null;
            return (
              <section key={group} className={styles.group} aria-label={word(`group.${group}`)}>
                <h3>{word(`group.${group}`)}</h3>
                <p className={styles.quiet}>{word(`groupHint.${group}`)}</p>
                {shown.map((one) => (
                  <div key={one} onFocus={() => setFocus(one)}>
                    <FieldRow
                      field={one}
                      mapped={stream.fields[one]}
                      edit={edit}
                      index={index}
                      system={stream.from != null}
                      table={table}
                      departments={departments}
                    />
                  </div>
                ))}
              </section>
            );
          })}
        </div>
        <PreviewPane preview={preview} stream={stream.name} field={field} />
      </div>
    </section>
  );
}

/** One field. Forty of them stand in the page, so one is drawn again only when its own mapping changes. */
const FieldRow = memo(function FieldRow(props: {
  field: Field;
  mapped: FieldTable | undefined;
  edit: Edit;
  index: number;
  system: boolean;
  table: TableReport | undefined;
  departments: readonly DepartmentView[];
}): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const { field, mapped, edit, index, table } = props;
  const read = useMemo(() => readOf(mapped), [mapped]);
  const column = table?.columns.find((one) => one.name === read?.column);
  const name = word(`name.${field}`);
  const needed = field === "order" || field === "ordered";
  const names = table?.columns.map((one) => one.name) ?? [];
  if (read?.column != null && !names.includes(read.column)) names.push(read.column);
  const value = read === null ? NOTHING : read.column == null ? CONSTANT : read.column;
  const questions = questionsOf(field, read, column);
  return (
    <div className={styles.field} data-mapped={read !== null || undefined}>
      <div>
        <span className={styles.fieldName}>
          {name} {needed ? <span className={styles.needed}>{t("fields.needed")}</span> : null}
        </span>
        <span className={styles.quiet}>{word(`hint.${field}`)}</span>
      </div>
      <div>
        <ComboBox
          bare
          label={t("fields.columnOf", { field: name })}
          value={value}
          choices={[
            { value: NOTHING, label: props.system ? t("fields.notAsked") : t("fields.notMapped") },
            ...names.map((one) => ({ value: one, label: one })),
            { value: CONSTANT, label: t("fields.constant") },
          ]}
          onChange={(next) =>
            edit((before) => {
              if (next === NOTHING) return setField(before, index, field, null);
              if (next === CONSTANT)
                return setField(before, index, field, { constant: read?.constant ?? "" });
              return next === read?.column ? before : setColumn(before, index, field, next);
            })
          }
        />
        {value === CONSTANT ? (
          <TextField
            bare
            label={t("fields.constantLabel", { field: name })}
            value={read?.constant ?? ""}
            onChange={(constant) => edit((before) => setField(before, index, field, { constant }))}
          />
        ) : null}
        {column && column.samples.length > 0 ? (
          <span className={styles.samples}>
            {t("fields.samples", { samples: column.samples.slice(0, 3).join(" · ") })}
          </span>
        ) : null}
      </div>
      {read && column
        ? questions.map((question) => (
            <Questions
              key={question.kind}
              question={question}
              field={field}
              read={read}
              column={column}
              departments={props.departments}
              index={index}
              edit={edit}
            />
          ))
        : null}
    </div>
  );
});
