import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { FigureColumns, FigureFileLook, WeekChoice } from "../../api/bindings";
import { RadioGroup, Select, Switch, type Choice } from "../../components";
import { useKpiWords } from "../board/words";
import styles from "./Figures.module.css";

/** What a choice of no column, and of nobody, is called inside the form. */
const NONE = "";
const TOTAL = ":total";

const WAYS = ["none", "columns", "rows"] as const;
type Way = (typeof WAYS)[number];

const MARKS = ["comma", "point"] as const;

interface FileColumnsProps {
  look: FigureFileLook;
  onChange: (columns: FigureColumns) => void;
}

/** Which column says what. */
export function FileColumns({ look, onChange }: FileColumnsProps): ReactNode {
  const { t } = useTranslation("figures");
  const { chosen, measure } = look;
  const put = (part: Partial<FigureColumns>): void => onChange({ ...chosen, ...part });
  const fault = (field: string): string | undefined => look.faults.find((one) => one.field === field)?.words;
  const columns: Choice[] = look.columns.map((column) => ({ value: column, label: column }));
  const optional: Choice[] = [{ value: NONE, label: t("columns.none") }, ...columns];
  const isRatio = measure.form === "ratio";
  return (
    <fieldset className={styles.columns}>
      <legend>{t("columns.title")}</legend>
      <div className={styles.pair}>
        {look.sheets.length > 1 ? (
          <Select
            label={t("columns.sheet")}
            choices={look.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            value={chosen.sheet}
            onChange={(sheet) => put({ ...BLANK, sheet })}
          />
        ) : null}
        <Select
          label={t("columns.week")}
          choices={columns}
          value={chosen.week}
          onChange={(week) => put({ week, week_formats: null })}
          error={fault("week")}
        />
        <WeekForm look={look} onChange={(week_formats) => put({ week_formats })} />
        <Select
          label={isRatio ? t("columns.numerator") : t("columns.value")}
          choices={columns}
          value={chosen.numerator}
          onChange={(numerator) => put({ numerator })}
          error={fault("numerator")}
        />
        {isRatio ? (
          <Select
            label={t("columns.denominator")}
            choices={columns}
            value={chosen.denominator}
            onChange={(denominator) => put({ denominator })}
            error={fault("denominator")}
          />
        ) : null}
        <RadioGroup
          label={t("columns.mark")}
          choices={MARKS.map((value) => ({ value, label: t(`columns.${value}`) }))}
          value={chosen.decimal_comma === null ? null : chosen.decimal_comma ? "comma" : "point"}
          onChange={(mark) => put({ decimal_comma: mark === "comma" })}
          error={fault("decimal_comma")}
        />
        {measure.form === "value" && measure.unit === "percent" ? (
          <Switch selected={chosen.is_share} onChange={(is_share) => put({ is_share })}>
            {t("columns.share")}
          </Switch>
        ) : null}
      </div>
      <Parts look={look} optional={optional} put={put} fault={fault} />
    </fieldset>
  );
}

const BLANK: FigureColumns = {
  sheet: null,
  week: "",
  week_formats: null,
  numerator: "",
  denominator: null,
  parts: {},
  department: null,
  departments: {},
  decimal_comma: null,
  is_share: false,
};

interface WeekFormProps {
  look: FigureFileLook;
  onChange: (formats: string[]) => void;
}

/** How the week is written, where there is something to choose. */
function WeekForm({ look, onChange }: WeekFormProps): ReactNode {
  const { t } = useTranslation("figures");
  const words = useKpiWords();
  const { chosen, week_choices: choices } = look;
  const fault = look.faults.find((one) => one.field === "week_formats")?.words;
  if (choices.length < 2 && fault === undefined) return null;
  const label = (choice: WeekChoice): string => {
    const form = choice.formats.length === 0 ? t("columns.isoWeek") : choice.formats.join(", ");
    return choice.week === null
      ? form
      : `${form} (${t("columns.example", { cell: choice.example, week: words.weekInYear(choice.week) })})`;
  };
  const at = choices.findIndex((choice) => choice.formats.join() === chosen.week_formats?.join());
  return (
    <Select
      label={t("columns.weekForm")}
      choices={choices.map((choice, place) => ({ value: String(place), label: label(choice) }))}
      value={at < 0 ? null : String(at)}
      onChange={(place) => {
        const choice = choices[Number(place)];
        if (choice) onChange(choice.formats);
      }}
      error={fault}
    />
  );
}

interface PartsProps {
  look: FigureFileLook;
  /** The columns, and none of them. */
  optional: Choice[];
  put: (part: Partial<FigureColumns>) => void;
  fault: (field: string) => string | undefined;
}

/** Where the departments' parts stand: nowhere, in columns of their own, or in rows of their own. */
function Parts({ look, optional, put, fault }: PartsProps): ReactNode {
  const { t } = useTranslation("figures");
  const { chosen, measure } = look;
  const said: Way =
    chosen.department !== null ? "rows" : Object.keys(chosen.parts).length > 0 ? "columns" : "none";
  const [picked, setPicked] = useState<Way | null>(null);
  const way = picked ?? said;
  const pick = (next: Way): void => {
    setPicked(next);
    put({ parts: {}, department: null });
  };
  const columnOf = (id: string): string =>
    Object.entries(chosen.parts).find(([, department]) => department === id)?.[0] ?? NONE;
  const assign = (id: string, column: string): void => {
    const others = Object.entries(chosen.parts).filter(([name, whose]) => whose !== id && name !== column);
    put({ parts: Object.fromEntries(column === NONE ? others : [...others, [column, id]]) });
  };
  return (
    <>
      <RadioGroup
        label={t("columns.parts")}
        choices={WAYS.map((value) => ({ value, label: t(`columns.way.${value}`) }))}
        value={way}
        onChange={pick}
      />
      {way === "columns" ? (
        <div className={styles.pair}>
          {measure.departments.map((department) => (
            <Select
              key={department.id}
              label={t("columns.partOf", { name: department.name })}
              choices={optional}
              value={columnOf(department.id)}
              onChange={(column) => assign(department.id, column)}
              error={fault(`parts.${columnOf(department.id)}`)}
            />
          ))}
        </div>
      ) : null}
      {way === "rows" ? (
        <>
          <div className={styles.pair}>
            <Select
              label={t("columns.department")}
              choices={optional.slice(1)}
              value={chosen.department}
              onChange={(department) => put({ department, departments: {} })}
              error={fault("department")}
            />
          </div>
          <Words look={look} put={put} />
        </>
      ) : null}
    </>
  );
}

/** What the words of the column of departments mean. */
function Words({ look, put }: Pick<PartsProps, "look" | "put">): ReactNode {
  const { t } = useTranslation("figures");
  const { chosen, measure, words } = look;
  if (words.length === 0) return null;
  const choices: Choice[] = [
    { value: NONE, label: t("columns.unsaid") },
    { value: TOTAL, label: t("columns.total") },
    ...measure.departments.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const meant = (word: string): string => {
    if (!(word in chosen.departments)) return NONE;
    return chosen.departments[word] ?? TOTAL;
  };
  const say = (word: string, value: string): void => {
    const { [word]: _, ...others } = chosen.departments;
    put({
      departments: value === NONE ? others : { ...others, [word]: value === TOTAL ? null : value },
    });
  };
  return (
    <div className={styles.pair}>
      {words.map(({ text, rows }) => (
        <Select
          key={text}
          label={t("columns.word", { word: text, count: rows })}
          choices={choices}
          value={meant(text)}
          onChange={(value) => say(text, value)}
        />
      ))}
    </div>
  );
}
