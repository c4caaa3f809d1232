import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { DefinitionForm, DefinitionPage } from "../../api/bindings";
import { ComboBox, NumberField, Select, Switch, TextField, type Choice } from "../../components";
import { useKpiWords } from "../board/words";
import { usePeople } from "../frame/start";
import styles from "./Definition.module.css";

export interface FieldsProps {
  page: DefinitionPage;
  form: DefinitionForm;
  change: (part: Partial<DefinitionForm>) => void;
  /** Why a field cannot be used. */
  error: (field: string) => string | undefined;
}

/** Stands for nobody, and for nothing chosen, in a list of choices. */
export const NOBODY = "-";

/** What the KPI is called and asks, and the decision that it serves. */
export function WordFields({ page, form, change, error }: FieldsProps): ReactNode {
  const { t } = useTranslation(["definition", "kpi"]);
  const words = useKpiWords();
  return (
    <section className={styles.section}>
      <h2>{t("definition:words")}</h2>
      <TextField
        label={t("definition:name")}
        {...(page.kind === "measure"
          ? {}
          : { hint: t("definition:emptyIs", { words: words.name(page.kpi) }) })}
        value={form.name}
        onChange={(name) => change({ name })}
        error={error("name")}
      />
      <TextField
        label={t("definition:question")}
        {...(page.kind === "measure"
          ? {}
          : { hint: t("definition:emptyIs", { words: words.question(page.kpi) }) })}
        value={form.question}
        onChange={(question) => change({ question })}
        error={error("question")}
      />
      <TextField
        label={t("kpi:definition.decision")}
        hint={t("kpi:definition.decisionHint")}
        value={form.decision}
        onChange={(decision) => change({ decision })}
        error={error("decision")}
      />
    </section>
  );
}

/** Who decides, and who answers for each department's part. */
export function PeopleFields({ page, form, change, error }: FieldsProps): ReactNode {
  const { t } = useTranslation(["definition", "kpi"]);
  const everybody = usePeople();
  const nobody: Choice<string> = { value: NOBODY, label: t("kpi:definition.nobody") };
  // Who has left is offered where they are still named, so that it shows.
  const choices = (named: string | null | undefined): Choice<string>[] => [
    nobody,
    ...everybody
      .filter((person) => person.left === null || person.id === named)
      .map((person) => ({ value: person.id, label: person.name })),
  ];
  const own = (department: string, person: string): void => {
    const { [department]: _, ...others } = form.owners;
    change({ owners: person === NOBODY ? others : { ...others, [department]: person } });
  };
  return (
    <section className={styles.section}>
      <h2>{t("definition:people")}</h2>
      <div className={styles.pair}>
        <ComboBox
          label={t("kpi:definition.decides")}
          choices={choices(form.decides)}
          value={form.decides ?? NOBODY}
          onChange={(person) => change({ decides: person === NOBODY ? null : person })}
          error={error("decides")}
        />
      </div>
      <p className={styles.quiet}>{t("definition:ownersWords")}</p>
      <div className={styles.pair}>
        {page.departments.map((department) => (
          <ComboBox
            key={department.id}
            label={department.name}
            choices={choices(form.owners[department.id])}
            value={form.owners[department.id] ?? NOBODY}
            onChange={(person) => own(department.id, person)}
            error={error(`owners.${department.id}`)}
          />
        ))}
      </div>
    </section>
  );
}

/** Target, rules, limits: what the chart says of the numbers. */
export function ChartFields({ page, form, change, error }: FieldsProps): ReactNode {
  const { t } = useTranslation(["definition", "kpi"]);
  const words = useKpiWords();
  return (
    <section className={styles.section}>
      <h2>{t("definition:chart")}</h2>
      <div className={styles.pair}>
        <NumberField
          label={`${t("kpi:definition.target")} (${words.unit(page.unit, null, page.unit_word)})`}
          hint={`${t("kpi:definition.targetHint")} ${t("definition:direction", {
            way: t(page.higher_is_better ? "kpi:definition.higher" : "kpi:definition.lower"),
          })}`}
          value={form.target}
          onChange={(target) => change({ target })}
          format={{ maximumFractionDigits: 3 }}
          error={error("target")}
        />
        <NumberField
          label={t("kpi:definition.baseline")}
          hint={t("kpi:definition.baselineHint")}
          value={form.baseline}
          onChange={(baseline) => change({ baseline })}
          format={{ maximumFractionDigits: 0 }}
          error={error("baseline")}
        />
      </div>
      <Select
        label={t("kpi:definition.rules")}
        choices={[
          { value: "mdc", label: t("kpi:definition.mdc") },
          { value: "wheeler", label: t("kpi:definition.wheeler") },
        ]}
        value={form.rule_set}
        onChange={(rule_set) => change({ rule_set })}
        error={error("rule_set")}
      />
      <Switch selected={form.screening} onChange={(screening) => change({ screening })}>
        {t("kpi:definition.screening")}: {t("kpi:definition.screeningHint")}
      </Switch>
    </section>
  );
}
