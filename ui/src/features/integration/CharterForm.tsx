import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import {
  commands,
  type CharterDraft,
  type CharterPage,
  type MeasureDraft,
  type PersonView,
} from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { DayField } from "../../components/DayField";
import { Checkbox, ComboBox, NumberField, RadioGroup, Select, TextField } from "../../components/Field";
import { Notice } from "../../components/State";
import { toast } from "../../components/toast";
import { usePeople } from "../frame/start";
import styles from "./Charter.module.css";

const WHOLE = "\u0000";
const KINDS = ["kpi", "quarantine", "entered"] as const;

interface CharterFormProps {
  id: string;
  page: CharterPage;
  close: () => void;
}

/** The five answers and the level; they may be saved while some are missing. */
export function CharterForm({ id, page, close }: CharterFormProps): ReactNode {
  const { t } = useTranslation("charter");
  const { t: common } = useTranslation();
  const everybody = usePeople();
  const save = useAct(commands.charterSave, { inline: true });
  const [draft, setDraft] = useState(page.charter);
  const change = (part: Partial<CharterDraft>): void => setDraft({ ...draft, ...part });
  const fault = (field: string): string | undefined => save.error?.field(field);
  const send = async (): Promise<void> => {
    if ((await save.run(id, draft)) === undefined) return;
    toast(t("form.saved"));
    close();
  };
  return (
    <div className={styles.form}>
      <p className={styles.quiet}>{t("form.lead")}</p>
      <fieldset>
        <legend>{t("question.problem")}</legend>
        <TextField
          bare
          autoFocus
          label={t("question.problem")}
          hint={t("form.problemHint")}
          value={draft.problem}
          onChange={(problem) => change({ problem })}
          error={fault("problem")}
        />
      </fieldset>
      <fieldset>
        <legend>{t("question.beneficiaries")}</legend>
        <People everybody={everybody} draft={draft} change={change} error={fault("beneficiaries")} />
        <TextField
          label={t("form.usage")}
          rows={3}
          value={draft.usage}
          onChange={(usage) => change({ usage })}
          error={fault("usage")}
        />
      </fieldset>
      <fieldset>
        <legend>{t("question.fallback")}</legend>
        <TextField
          bare
          label={t("question.fallback")}
          hint={t("form.fallbackHint")}
          rows={4}
          value={draft.fallback}
          onChange={(fallback) => change({ fallback })}
          error={fault("fallback")}
        />
      </fieldset>
      <fieldset>
        <legend>{t("question.owner")}</legend>
        <ComboBox
          bare
          label={t("question.owner")}
          choices={everybody
            .filter((person) => person.left === null || person.id === draft.owner)
            .map((person) => ({ value: person.id, label: person.name }))}
          value={draft.owner}
          onChange={(owner) => change({ owner })}
          error={fault("owner")}
        />
      </fieldset>
      <MeasureFields
        page={page}
        measure={draft.measure}
        change={(part) => change({ measure: { ...draft.measure, ...part } })}
        error={save.error}
      />
      <fieldset>
        <legend>{t("question.level")}</legend>
        <RadioGroup
          bare
          label={t("question.level")}
          choices={page.levels.map((one) => ({ value: String(one.level), label: one.words }))}
          value={draft.level === null ? null : String(draft.level)}
          onChange={(level) => change({ level: Number(level) })}
          error={fault("level")}
        />
      </fieldset>
      {save.error ? (
        <Notice tone="bad">{save.error.fields.length > 0 ? t("form.faults") : save.error.message}</Notice>
      ) : null}
      <div className={styles.acts}>
        <Button look="primary" isPending={save.pending} onPress={() => void send()}>
          {common("save")}
        </Button>
        <Button onPress={close}>{common("cancel")}</Button>
      </div>
    </div>
  );
}

interface PeopleProps {
  everybody: readonly PersonView[];
  draft: CharterDraft;
  change: (part: Partial<CharterDraft>) => void;
  error: string | undefined;
}

function People({ everybody, draft, change, error }: PeopleProps): ReactNode {
  const { t } = useTranslation("charter");
  const chosen = draft.beneficiaries;
  return (
    <div role="group" aria-label={t("form.people")} className={styles.people}>
      {everybody
        .filter((person) => person.left === null || chosen.includes(person.id))
        .map((person) => (
          <Checkbox
            key={person.id}
            selected={chosen.includes(person.id)}
            onChange={(on) =>
              change({
                beneficiaries: on ? [...chosen, person.id] : chosen.filter((one) => one !== person.id),
              })
            }
          >
            {person.left === null ? person.name : t("form.left", { name: person.name })}
          </Checkbox>
        ))}
      {error === undefined ? null : <p className={styles.fault}>{error}</p>}
    </div>
  );
}

interface MeasureFieldsProps {
  page: CharterPage;
  measure: MeasureDraft;
  change: (part: Partial<MeasureDraft>) => void;
  error: PlazaError | null;
}

function MeasureFields({ page, measure, change, error }: MeasureFieldsProps): ReactNode {
  const { t } = useTranslation("charter");
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const departments = workspace.data?.departments ?? [];
  const fault = (field: string): string | undefined => error?.field(field);
  return (
    <fieldset>
      <legend>{t("question.measure")}</legend>
      <Select
        label={t("form.what")}
        choices={KINDS.map((kind) => ({ value: kind, label: t(`form.kind.${kind}`) }))}
        value={KINDS.find((kind) => kind === measure.what) ?? null}
        onChange={(what) => change({ what })}
        error={fault("what")}
      />
      {measure.what === "kpi" ? (
        <div className={styles.pair}>
          <Select
            label={t("form.kpi")}
            choices={page.kpis.map((one) => ({ value: one.kpi, label: one.name }))}
            value={measure.kpi}
            onChange={(kpi) => change({ kpi })}
            error={fault("kpi")}
          />
          <Select
            label={t("form.part")}
            choices={[
              { value: WHOLE, label: t("form.whole") },
              ...departments.map((one) => ({ value: one.id, label: one.name })),
            ]}
            value={measure.part ?? WHOLE}
            onChange={(part) => change({ part: part === WHOLE ? null : part })}
            error={fault("part")}
          />
        </div>
      ) : null}
      {measure.what === "entered" ? (
        <div className={styles.pair}>
          <TextField
            label={t("form.name")}
            hint={t("form.nameHint")}
            value={measure.name}
            onChange={(name) => change({ name })}
            error={fault("name")}
          />
          <TextField
            label={t("form.unit")}
            hint={t("form.unitHint")}
            value={measure.unit}
            onChange={(unit) => change({ unit })}
            error={fault("unit")}
          />
        </div>
      ) : null}
      <div className={styles.pair}>
        <NumberField
          label={t("form.baseline")}
          value={measure.baseline}
          onChange={(baseline) => change({ baseline })}
          format={{ maximumFractionDigits: 3 }}
          error={fault("baseline")}
        />
        <NumberField
          label={t("form.target")}
          value={measure.target}
          onChange={(target) => change({ target })}
          format={{ maximumFractionDigits: 3 }}
          error={fault("target")}
        />
        <DayField
          label={t("form.by")}
          value={measure.by}
          onChange={(by) => change({ by })}
          error={fault("by")}
        />
      </div>
      <p className={styles.quiet}>{t("form.measureHint")}</p>
    </fieldset>
  );
}
