import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MeasureForm, type NewMeasure as NewMeasureForm } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, Notice, NumberField, RadioGroup, TextField, toast } from "../../components";
import { useLanguage } from "../../i18n/format";
import styles from "./Measure.module.css";

const BLANK: NewMeasureForm = {
  name: "",
  question: "",
  decision: "",
  form: "ratio",
  is_percent: true,
  unit_word: "",
  tolerance: 0,
  higher_is_better: true,
};

const FORMS: readonly MeasureForm[] = ["ratio", "value"];
const UNITS = ["percent", "plain"] as const;
const WAYS = ["higher", "lower"] as const;

/** Begins a measure: a button, and the form behind it. */
export function NewMeasure(): ReactNode {
  const { t } = useTranslation("measure");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t("new")}</Button>
      <Dialog title={t("new")} open={open} onClose={() => setOpen(false)} wide>
        {open ? <Fields onClose={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  );
}

function Fields({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation("measure");
  const { t: common } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const [form, setForm] = useState(BLANK);
  const define = useAct(commands.measureDefine, { inline: true });
  const refused = define.error;
  const put = (part: Partial<NewMeasureForm>): void => setForm((before) => ({ ...before, ...part }));
  const save = async (): Promise<void> => {
    const kpi = await define.run(language, form);
    if (kpi === undefined) return;
    toast(t("defined", { name: form.name }));
    onClose();
    void navigate({ to: "/kpi/$kpi", params: { kpi } });
  };
  return (
    <div className={styles.form}>
      <p className={styles.quiet}>{t("newWords")}</p>
      <TextField
        label={t("name")}
        value={form.name}
        onChange={(name) => put({ name })}
        required
        autoFocus
        error={refused?.field("name")}
      />
      <TextField
        label={t("question")}
        value={form.question}
        onChange={(question) => put({ question })}
        error={refused?.field("question")}
      />
      <TextField
        label={t("decision")}
        value={form.decision}
        onChange={(decision) => put({ decision })}
        error={refused?.field("decision")}
      />
      <div className={styles.pair}>
        <RadioGroup
          label={t("form.label")}
          choices={FORMS.map((value) => ({ value, label: t(`form.${value}`) }))}
          value={form.form}
          onChange={(value) => put({ form: value })}
        />
        <RadioGroup
          label={t("unit.label")}
          choices={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
          value={form.is_percent ? "percent" : "plain"}
          onChange={(value) => put({ is_percent: value === "percent" })}
        />
      </div>
      <div className={styles.pair}>
        {form.is_percent ? null : (
          <TextField
            label={t("unitWord")}
            hint={t("unitWordHint")}
            value={form.unit_word}
            onChange={(unit_word) => put({ unit_word })}
            required
            error={refused?.field("unit_word")}
          />
        )}
        <NumberField
          label={t("tolerance")}
          hint={t("toleranceHint")}
          value={form.tolerance}
          onChange={(tolerance) => put({ tolerance: tolerance ?? 0 })}
          format={{ maximumFractionDigits: 3 }}
          error={refused?.field("tolerance")}
        />
      </div>
      <RadioGroup
        label={t("way.label")}
        choices={WAYS.map((value) => ({ value, label: t(`way.${value}`) }))}
        value={form.higher_is_better ? "higher" : "lower"}
        onChange={(value) => put({ higher_is_better: value === "higher" })}
      />
      {refused?.field("active") ? <Notice tone="bad">{refused.field("active")}</Notice> : null}
      {refused && refused.fields.length === 0 ? <Notice tone="bad">{refused.message}</Notice> : null}
      <div className={styles.actions}>
        <Button onPress={onClose}>{common("cancel")}</Button>
        <Button look="primary" isPending={define.pending} onPress={() => void save()}>
          {t("create")}
        </Button>
      </div>
    </div>
  );
}
