import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type FigureForm, type FigurePage, type KpiId } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import {
  Button,
  Dialog,
  ErrorState,
  Notice,
  NumberField,
  Select,
  Skeleton,
  TextField,
  toast,
} from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import styles from "./Measure.module.css";

/** Numbers are kept with three decimals. */
const FORMAT: Intl.NumberFormatOptions = { maximumFractionDigits: 3 };

interface FigureDialogProps {
  kpi: KpiId;
  /** The week that is shown first. */
  week: string;
  open: boolean;
  onClose: () => void;
}

/** Enters a week of a measure, or corrects it. */
export function FigureDialog({ kpi, week, open, onClose }: FigureDialogProps): ReactNode {
  const { t } = useTranslation("measure");
  return (
    <Dialog title={t("enter")} open={open} onClose={onClose} wide>
      {open ? <Week kpi={kpi} first={week} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Week({ kpi, first, onClose }: { kpi: KpiId; first: string; onClose: () => void }): ReactNode {
  const language = useLanguage();
  const [week, setWeek] = useState(first);
  const { data, error, refetch } = useRead(["figure", language, kpi, week], () =>
    commands.figureRead(language, kpi, week),
  );
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) {
    return (
      <div aria-busy="true">
        <Skeleton height="12rem" />
      </div>
    );
  }
  // Another week, or another revision of it, is another form.
  return (
    <Fields
      key={`${week} ${data.figure.revision}`}
      page={data}
      week={week}
      onWeek={setWeek}
      onClose={onClose}
    />
  );
}

interface FieldsProps {
  page: FigurePage;
  week: string;
  onWeek: (week: string) => void;
  onClose: () => void;
}

function Fields({ page, week, onWeek, onClose }: FieldsProps): ReactNode {
  const { t } = useTranslation("measure");
  const { t: common } = useTranslation();
  const language = useLanguage();
  const words = useKpiWords();
  const [form, setForm] = useState<FigureForm>(page.figure);
  const [reason, setReason] = useState("");
  const enter = useAct(commands.figureEnter, { inline: true });
  const refused = enter.error;
  const isRatio = page.form === "ratio";
  const isCorrection = form.revision > 0;
  const save = async (): Promise<void> => {
    if ((await enter.run(language, page.kpi, form, reason)) === undefined) return;
    toast(t("entered", { name: page.name, week: words.weekInYear(week) }));
    onClose();
  };
  // One that is older than what is offered stays the one that is shown.
  const weeks = page.weeks.includes(week) ? page.weeks : [week, ...page.weeks];
  const unit = words.unit(page.unit, null, page.unit_word);
  return (
    <div className={styles.form}>
      <Select
        label={t("week")}
        choices={weeks.map((value) => ({ value, label: words.weekInYear(value) }))}
        value={week}
        onChange={onWeek}
        error={refused?.field("week")}
      />
      {isCorrection ? <Notice>{t("hasValue", { revision: form.revision })}</Notice> : null}
      <div className={styles.pair}>
        <NumberField
          label={isRatio ? t("numerator") : t("value", { unit })}
          value={form.numerator}
          onChange={(numerator) => setForm({ ...form, numerator })}
          format={FORMAT}
          error={refused?.field("numerator")}
        />
        {isRatio ? (
          <NumberField
            label={t("denominator")}
            value={form.denominator}
            onChange={(denominator) => setForm({ ...form, denominator })}
            format={FORMAT}
            error={refused?.field("denominator")}
          />
        ) : null}
      </div>
      <Parts page={page} form={form} setForm={setForm} fault={(field) => refused?.field(field)} />
      <TextField
        label={isCorrection ? t("reason") : t("note")}
        value={reason}
        onChange={setReason}
        required={isCorrection}
        error={refused?.field("reason")}
      />
      {refused?.field("form") ? <Notice tone="bad">{refused.field("form")}</Notice> : null}
      {refused && refused.fields.length === 0 ? <Notice tone="bad">{refused.message}</Notice> : null}
      <div className={styles.actions}>
        <Button onPress={onClose}>{common("cancel")}</Button>
        <Button look="primary" isPending={enter.pending} onPress={() => void save()}>
          {common("save")}
        </Button>
      </div>
    </div>
  );
}

interface PartsProps {
  page: FigurePage;
  form: FigureForm;
  setForm: (form: FigureForm) => void;
  fault: (field: string) => string | undefined;
}

/** The departments' parts; a field that is left empty says nothing, which is not nought. */
function Parts({ page, form, setForm, fault }: PartsProps): ReactNode {
  const { t } = useTranslation("measure");
  const format = useFormat();
  const words = useKpiWords();
  const put = (department: string, part: number | null): void => {
    const { [department]: _, ...others } = form.parts;
    setForm({ ...form, parts: part === null ? others : { ...others, [department]: part } });
  };
  const tolerance = `${format.number(page.tolerance, 3)} ${words.unit(page.unit, null, page.unit_word)}`;
  return (
    <fieldset className={styles.parts}>
      <legend>{t("parts.title")}</legend>
      <p className={styles.quiet}>
        {page.tolerance === 0 ? t("parts.exact") : t("parts.words", { tolerance })}
      </p>
      <div className={styles.pair}>
        {page.departments.map((department) => (
          <NumberField
            key={department.id}
            label={department.name}
            value={form.parts[department.id] ?? null}
            onChange={(part) => put(department.id, part)}
            format={FORMAT}
            error={fault(`parts.${department.id}`)}
          />
        ))}
      </div>
      {fault("parts") ? (
        <p className={styles.fault} role="alert">
          {fault("parts")}
        </p>
      ) : null}
    </fieldset>
  );
}
