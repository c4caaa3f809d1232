import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ColumnReport, DepartmentView, Field, FieldRead } from "../../../api/bindings";
import { RadioGroup, Select } from "../../../components/Field";
import { Icon } from "../../../components/Icon";
import { Segments } from "../../../components/Segments";
import { useFormat } from "../../../i18n/format";
import { answerColumn, type Question, setField } from "./draft";
import { meanings } from "./field";
import { dayWords, readDay, readNumber, tellingSample } from "./reading";
import type { Edit } from "./Wizard";
import styles from "./Wizard.module.css";

interface QuestionProps {
  question: Question;
  field: Field;
  read: FieldRead;
  column: ColumnReport;
  departments: readonly DepartmentView[];
  index: number;
  edit: Edit;
}

/** What a column leaves open is asked with its own examples; nothing is guessed. */
export function Questions(props: QuestionProps): ReactNode {
  const { t } = useTranslation("wizard");
  const { question } = props;
  return (
    <div className={styles.question} data-open={question.open || undefined}>
      <span className={styles.mark}>
        <Icon
          name={question.open ? "warn" : "check"}
          label={t(question.open ? "fields.ask.open" : "fields.ask.answered")}
        />
      </span>
      <div>
        {question.kind === "date" ? <AskDate {...props} /> : null}
        {question.kind === "number" ? <AskNumber {...props} /> : null}
        {question.kind === "words" ? <AskWords {...props} /> : null}
        {question.kind === "values" ? <AskValues {...props} /> : null}
      </div>
    </div>
  );
}

function AskDate({ column, read, index, edit }: QuestionProps): ReactNode {
  const { t } = useTranslation("wizard");
  const { locale } = useFormat();
  const formats = column.date_formats;
  const example = tellingSample(column.samples, formats) ?? "";
  const choices = formats.map((format) => {
    const day = readDay(example, format);
    return {
      value: format,
      label: day === null ? format : t("fields.ask.asDay", { day: dayWords(day, locale), format }),
      day: day === null ? format : dayWords(day, locale),
    };
  });
  const [first, second] = choices;
  const label =
    choices.length === 2 && first && second
      ? t("fields.ask.date", { example, first: first.day, second: second.day })
      : t("fields.ask.dateMany", { example });
  return (
    <>
      <RadioGroup
        label={label}
        hint={t("fields.ask.dateWhy")}
        choices={choices}
        value={read.formats?.[0] ?? null}
        onChange={(format) =>
          edit((before) => answerColumn(before, index, column.name, { formats: [format] }))
        }
      />
      <p className={styles.samples}>
        {t("fields.ask.examples", { examples: column.samples.slice(0, 5).join(" · ") })}
      </p>
    </>
  );
}

function AskNumber({ column, read, index, edit }: QuestionProps): ReactNode {
  const { t } = useTranslation("wizard");
  const format = useFormat();
  const example = column.samples.find((sample) => /[.,]/.test(sample)) ?? column.samples[0] ?? "";
  const shown = (mark: "." | ","): string => {
    const number = readNumber(example, mark);
    return number === null ? example : format.number(number, 6);
  };
  const marks = [".", ","] as const;
  return (
    <RadioGroup<"." | ",">
      label={t("fields.ask.number", { example, first: shown("."), second: shown(",") })}
      hint={t("fields.ask.numberWhy")}
      choices={marks.map((mark) => ({
        value: mark,
        label: t("fields.ask.asNumber", { number: shown(mark), mark }),
      }))}
      value={read.decimal === "." || read.decimal === "," ? read.decimal : null}
      onChange={(decimal) => edit((before) => answerColumn(before, index, column.name, { decimal }))}
    />
  );
}

function AskWords({ column, read, index, edit }: QuestionProps): ReactNode {
  const { t } = useTranslation("wizard");
  const empty = read.empty_words ?? [];
  return (
    <>
      <p className={styles.asks}>{t("fields.ask.words", { column: column.name })}</p>
      <p className={styles.quiet}>{t("fields.ask.wordsWhy")}</p>
      <ul className={styles.answers}>
        {column.words.map(({ word, count }) => (
          <li key={word}>
            <span>{t("fields.ask.wordCount", { word, count })}</span>
            <Segments
              bare
              label={word}
              value={empty.includes(word) ? "empty" : "wait"}
              choices={[
                { value: "empty", label: t("fields.ask.wordEmpty") },
                { value: "wait", label: t("fields.ask.wordWait") },
              ]}
              onChange={(answer) =>
                edit((before) =>
                  answerColumn(before, index, column.name, {
                    empty_words: [
                      ...empty.filter((one) => one !== word),
                      ...(answer === "empty" ? [word] : []),
                    ],
                  }),
                )
              }
            />
          </li>
        ))}
      </ul>
    </>
  );
}

const NONE = "\u0000";

function AskValues({ column, field, read, departments, index, edit }: QuestionProps): ReactNode {
  const { t } = useTranslation("wizard");
  const possible = meanings(field);
  const choices = [
    { value: NONE, label: t("fields.ask.valueNone") },
    ...possible.words.map((word) => ({ value: word as string, label: t(`fields.meaning.${word}`) })),
    ...(possible.departments ? departments.map((one) => ({ value: one.id, label: one.name })) : []),
  ];
  return (
    <>
      <p className={styles.asks}>{t("fields.ask.values", { column: column.name })}</p>
      <p className={styles.quiet}>
        {column.values.length === 0 ? t("fields.ask.valuesMany") : t("fields.ask.valuesWhy")}
      </p>
      <ul className={styles.answers}>
        {column.values.map(({ word, count }) => (
          <li key={word}>
            <span>{t("fields.ask.valueCount", { value: word, count })}</span>
            <Select
              bare
              label={word}
              choices={choices}
              value={read.values?.[word] ?? NONE}
              onChange={(meaning) => {
                const values = { ...read.values };
                if (meaning === NONE) delete values[word];
                else values[word] = meaning;
                edit((before) => setField(before, index, field, { ...read, values }));
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
