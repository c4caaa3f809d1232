import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ComboBox, NumberField, Select, TextField } from "../../../components";
import { DayField } from "../../../components/DayField";
import { useLanguage } from "../../../i18n/format";
import { useBoard } from "../../board/read";
import { useKpiWords } from "../../board/words";
import { useStart } from "../../frame/start";
import { NOBODY, usePeopleChoices } from "../words";
import type { FieldsProps } from "./Capture";
import type { Answer } from "./draft";
import { WeekField } from "./WeekField";

const NOTHING = "\u0000";
const ANSWERS: readonly Answer[] = ["open", "accepted", "declined", "countered"];

function useDepartments(): { value: string; label: string }[] {
  const departments = useStart().data?.workspace?.departments ?? [];
  return departments.map(({ id, name }) => ({ value: id, label: name }));
}

/** Who sees to it, and what it is expected to do. */
export function DecisionFields({ draft, put, fault }: FieldsProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: measure } = useTranslation("measure");
  const language = useLanguage();
  const words = useKpiWords();
  const people = usePeopleChoices(draft.person);
  const departments = useDepartments();
  const board = useBoard(language);
  const rows = board.data?.rows ?? [];
  const unit = rows.find((row) => row.kpi === draft.kpi)?.unit;
  const kpis = rows.map((row) => ({ value: row.kpi as string, label: words.name(row.kpi, row.name) }));
  return (
    <>
      <Select
        label={t("capture.owner")}
        choices={[{ value: NOBODY, label: t("item.nobody") }, ...people]}
        value={draft.person ?? NOBODY}
        onChange={(person) => put({ person: person === NOBODY ? null : person })}
      />
      <Select
        label={t("capture.kpi")}
        choices={[{ value: NOTHING, label: t("capture.noEffect") }, ...kpis]}
        value={draft.kpi ?? NOTHING}
        onChange={(kpi) =>
          put(kpi === NOTHING ? { kpi: null, department: null, size: null, week: null } : { kpi })
        }
      />
      {draft.kpi === null ? null : (
        <>
          <Select
            label={t("capture.part")}
            choices={[{ value: NOTHING, label: t("capture.whole") }, ...departments]}
            value={draft.department ?? NOTHING}
            onChange={(department) => put({ department: department === NOTHING ? null : department })}
          />
          <NumberField
            label={
              unit === "number"
                ? measure("size")
                : t(unit === "days" ? "capture.sizeDays" : "capture.sizePoints")
            }
            hint={t("capture.sizeHint")}
            value={draft.size}
            onChange={(size) => put({ size })}
            format={{ signDisplay: "exceptZero", maximumFractionDigits: 1 }}
            error={fault("size")}
          />
          <WeekField value={draft.week} onChange={(week) => put({ week })} error={fault("week")} />
        </>
      )}
    </>
  );
}

/** Which department asks which, by when, and what the other says to it at once. */
export function NeedFields({ draft, put, fault }: FieldsProps): ReactNode {
  const { t } = useTranslation("meeting");
  const departments = useDepartments();
  return (
    <>
      <Select
        label={t("capture.from")}
        choices={departments}
        value={draft.from}
        onChange={(from) => put({ from })}
        placeholder="–"
        error={fault("from")}
      />
      <Select
        label={t("capture.to")}
        choices={departments}
        value={draft.to}
        onChange={(to) => put({ to })}
        placeholder="–"
        error={fault("to")}
      />
      <DayField
        label={t("capture.by")}
        value={draft.day}
        onChange={(day) => put({ day })}
        error={fault("day")}
      />
      <Select
        label={t("capture.answer")}
        choices={ANSWERS.map((answer) => ({ value: answer, label: t(`capture.answers.${answer}`) }))}
        value={draft.answer}
        onChange={(answer) => put({ answer })}
      />
      {draft.answer === "declined" || draft.answer === "countered" ? (
        <TextField
          label={t(draft.answer === "declined" ? "capture.why" : "capture.offer")}
          value={draft.words}
          onChange={(words) => put({ words })}
          error={fault("words")}
        />
      ) : null}
      {draft.answer === "countered" ? (
        <DayField
          label={t("capture.offered")}
          value={draft.offered}
          onChange={(offered) => put({ offered })}
          error={fault("offered")}
        />
      ) : null}
    </>
  );
}

/** Who promises it, by when. */
export function CommitmentFields({ draft, put, fault }: FieldsProps): ReactNode {
  const { t } = useTranslation("meeting");
  const people = usePeopleChoices(draft.person);
  return (
    <>
      <ComboBox
        label={t("capture.who")}
        choices={people}
        value={draft.person}
        onChange={(person) => put({ person })}
        error={fault("person")}
      />
      <DayField
        label={t("capture.by")}
        value={draft.day}
        onChange={(day) => put({ day })}
        error={fault("day")}
      />
    </>
  );
}

/** Where a note stands: under the item, or in the parking lot. */
export function NoteFields({ draft, put }: FieldsProps): ReactNode {
  const { t } = useTranslation("meeting");
  // A note that is corrected stays where it is.
  if (draft.id !== null) return null;
  return (
    <Select
      label={t("capture.where")}
      choices={[
        { value: "item", label: t("capture.underItem") },
        { value: "parking", label: t("capture.parking") },
      ]}
      value={draft.isParked ? "parking" : "item"}
      onChange={(place) => put({ isParked: place === "parking" })}
    />
  );
}
