import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ColumnReport, DepartmentView, Field, FieldRead } from "../../../api/bindings";
import { RadioGroup, Select } from "../../../components/Field";
import { Icon } from "../../../components/Icon";
import { Segments } from "../../../components/Segments";
import { useFormat } from "../../../i18n/format";
import { answerColumn, isSerial, type Question, setField, wordsAmong } from "./draft";
import { fieldKind, meanings } from "./field";
import { dayWords, readNumber } from "./reading";
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

/** The formats of a choice as one word of a radio button; no format holds this character. */
const keyOf = (formats: readonly string[]): string => formats.join("\n");

/** Which number is the day; or whether numbers are a spreadsheet's days, and from when it counts them. */
function AskDate({ column, read, index, edit }: QuestionProps): ReactNode {
  const { t } = useTranslation("wizard");
  const { locale } = useFormat();
  const example = column.date_choices[0]?.example ?? "";
  const choices = column.date_choices.map(({ formats, day }) => {
    const format = formats.join(" · ");
    const words = day === null ? null : dayWords(day, locale);
    const label =
      words === null ? t("fields.ask.noDay", { format }) : t("fields.ask.asDay", { day: words, format });
    return { value: keyOf(formats), label, day: words ?? format };
  });
  const [first, second, third] = choices;
  const serial = isSerial(column);
  const label = serial
    ? t("fields.ask.serial", { example })
    : first && second && !third
      ? t("fields.ask.date", { example, first: first.day, second: second.day })
      : t("fields.ask.dateMany", { example });
  return (
    <>
      <RadioGroup
        label={label}
        hint={t(serial ? "fields.ask.serialWhy" : "fields.ask.dateWhy")}
        choices={choices}
        value={read.formats?.length ? keyOf(read.formats) : null}
        onChange={(key) =>
          edit((before) => answerColumn(before, index, column.name, "date", { formats: key.split("\n") }))
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
      onChange={(decimal) =>
        edit((before) => answerColumn(before, index, column.name, "number", { decimal }))
      }
    />
  );
}

/** What stands among dates or numbers without being one. */
function AskWords({ column, field, read, index, edit }: QuestionProps): ReactNode {
  const { t } = useTranslation("wizard");
  const empty = read.empty_words ?? [];
  const kind = fieldKind(field) === "number" ? "number" : "date";
  return (
    <>
      <p className={styles.asks}>
        {t(kind === "number" ? "fields.ask.numberWords" : "fields.ask.words", { column: column.name })}
      </p>
      <p className={styles.quiet}>
        {t(kind === "number" ? "fields.ask.numberWordsWhy" : "fields.ask.wordsWhy")}
      </p>
      <ul className={styles.answers}>
        {wordsAmong(kind, column).map(({ word, count }) => (
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
                  answerColumn(before, index, column.name, kind, {
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
