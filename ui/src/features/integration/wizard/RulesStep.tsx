import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Field, RangeTable, SchemaPolicy } from "../../../api/bindings";
import { classes } from "../../../components/classes";
import { DayField } from "../../../components/DayField";
import { Checkbox, NumberField } from "../../../components/Field";
import { Segments } from "../../../components/Segments";
import table from "../../../components/table.module.css";
import { type Draft, setRules } from "./draft";
import { fieldKind, FIELDS } from "./field";
import { CHANGES, LIMITS, RULES, severities } from "./rules";
import type { Edit } from "./Wizard";
import styles from "./Wizard.module.css";

/** How strict the rules are; what is built in is marked and needs no word. */
export function RulesStep({ draft, edit }: { draft: Draft; edit: Edit }): ReactNode {
  const { t } = useTranslation("wizard");
  const rules = draft.integration.rules ?? {};
  const limits = [
    ["ahead_days", t("rules.ahead")],
    ["longest_days", t("rules.longest")],
    ["row_count_percent", t("rules.rowCount")],
    ["null_share_points", t("rules.nullShare")],
    ["stale_hours", t("rules.stale")],
  ] as const;
  return (
    <section className={styles.step}>
      <h2>{t("rules.title")}</h2>
      <p className={styles.lead}>{t("rules.lead")}</p>
      <ul className={styles.rules}>
        {RULES.map(({ rule, builtIn }) => (
          <li key={rule}>
            <span>
              <strong>{t(`rules.name.${rule}`)}</strong>
              <span className={styles.quiet}>{t(`rules.hint.${rule}`)}</span>
            </span>
            <Segments
              bare
              label={t("rules.severity", { rule: t(`rules.name.${rule}`) })}
              value={rules.severity?.[rule] ?? builtIn}
              choices={severities(rule).map((one) => ({
                value: one,
                label: one === builtIn ? `${t(`rules.${one}`)} (${t("rules.builtIn")})` : t(`rules.${one}`),
              }))}
              onChange={(severity) => {
                const all = { ...rules.severity };
                if (severity === builtIn) delete all[rule];
                else all[rule] = severity;
                edit((before) => setRules(before, { severity: all }));
              }}
            />
          </li>
        ))}
      </ul>
      <Changes draft={draft} edit={edit} />
      <Required draft={draft} edit={edit} />
      <Ranges draft={draft} edit={edit} />
      <h3>{t("rules.limits")}</h3>
      <div className={styles.columns}>
        <DayField
          label={t("rules.earliest")}
          hint={t("rules.earliestHint")}
          value={rules.earliest ?? null}
          onChange={(earliest) => edit((before) => setRules(before, { earliest }))}
        />
        {limits.map(([limit, label]) => (
          <NumberField
            key={limit}
            label={label}
            hint={t("rules.builtInValue", { value: LIMITS[limit] })}
            min={0}
            max={limit.endsWith("points") ? 100 : 65_535}
            value={rules[limit] ?? null}
            onChange={(value) => edit((before) => setRules(before, { [limit]: value }))}
          />
        ))}
      </div>
    </section>
  );
}

function Changes({ draft, edit }: { draft: Draft; edit: Edit }): ReactNode {
  const { t } = useTranslation("wizard");
  const schema = draft.integration.rules?.schema ?? {};
  return (
    <section className={styles.stack} aria-label={t("rules.schema.title")}>
      <h3>{t("rules.schema.title")}</h3>
      <p className={styles.quiet}>{t("rules.schema.lead")}</p>
      <ul className={styles.rules}>
        {CHANGES.map(({ change, builtIn, choices }) => (
          <li key={change}>
            <span>
              <strong>{t(`rules.schema.name.${change}`)}</strong>
              <span className={styles.quiet}>{t(`rules.schema.hint.${change}`)}</span>
            </span>
            <Segments<SchemaPolicy>
              bare
              label={t(`rules.schema.name.${change}`)}
              value={schema[change] ?? builtIn}
              choices={choices.map((one) => ({
                value: one,
                label:
                  one === builtIn
                    ? `${t(`rules.schema.${one}`)} (${t("rules.builtIn")})`
                    : t(`rules.schema.${one}`),
              }))}
              onChange={(policy) => {
                const next = { ...schema };
                if (policy === builtIn) delete next[change];
                else next[change] = policy;
                edit((before) => setRules(before, { schema: next }));
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function mappedFields(draft: Draft): Field[] {
  return FIELDS.filter((field) =>
    draft.integration.stream.some((stream) => stream.fields[field] !== undefined),
  );
}

function Required({ draft, edit }: { draft: Draft; edit: Edit }): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const required = draft.integration.rules?.required ?? [];
  const offered = mappedFields(draft).filter((field) => field !== "order" && field !== "ordered");
  return (
    <section className={styles.stack} aria-label={t("rules.required")}>
      <h3>{t("rules.required")}</h3>
      <p className={styles.quiet}>{t("rules.requiredHint")}</p>
      <div className={styles.checks}>
        {offered.map((field) => (
          <Checkbox
            key={field}
            selected={required.includes(field)}
            onChange={(on) =>
              edit((before) =>
                setRules(before, {
                  required: on ? [...required, field] : required.filter((one) => one !== field),
                }),
              )
            }
          >
            {word(`name.${field}`)}
          </Checkbox>
        ))}
      </div>
    </section>
  );
}

function Ranges({ draft, edit }: { draft: Draft; edit: Edit }): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const ranges = draft.integration.rules?.range ?? {};
  const numbers = mappedFields(draft).filter((field) => fieldKind(field) === "number");
  const set = (field: Field, change: RangeTable): void => {
    const next = { ...ranges };
    const range: RangeTable = { ...ranges[field], ...change };
    if (range.min == null && range.max == null) delete next[field];
    else next[field] = range;
    edit((before) => setRules(before, { range: next }));
  };
  return (
    <section className={styles.stack}>
      <h3>{t("rules.ranges")}</h3>
      <p className={styles.quiet}>{numbers.length === 0 ? t("rules.noNumbers") : t("rules.rangesHint")}</p>
      {numbers.length > 0 ? (
        <table className={classes(table.table, table.tight, styles.ranges)}>
          <thead>
            <tr>
              <td />
              <th scope="col">{t("rules.smallest")}</th>
              <th scope="col">{t("rules.largest")}</th>
            </tr>
          </thead>
          <tbody>
            {numbers.map((field) => (
              <tr key={field}>
                <th scope="row">{word(`name.${field}`)}</th>
                <td>
                  <NumberField
                    bare
                    label={t("rules.min", { field: word(`name.${field}`) })}
                    value={ranges[field]?.min ?? null}
                    onChange={(min) => set(field, { min })}
                  />
                </td>
                <td>
                  <NumberField
                    bare
                    label={t("rules.max", { field: word(`name.${field}`) })}
                    value={ranges[field]?.max ?? null}
                    onChange={(max) => set(field, { max })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
