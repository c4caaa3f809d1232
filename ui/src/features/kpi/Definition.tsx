import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { KpiDefinitionView, KpiPage } from "../../api/bindings";
import { LinkButton, Notice } from "../../components";
import { useFormat } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import { usePeople } from "../frame/start";
import styles from "./Kpi.module.css";

/** What the KPI is: decision, people, target, rules, arithmetic; and every version with what it changed and why. */
export function Definition({ page }: { page: KpiPage }): ReactNode {
  const { t } = useTranslation("kpi");
  return (
    <>
      {page.definition.active ? null : <Notice>{t("definition.offBoard")}</Notice>}
      <Facts page={page} definition={page.definition} />
      <div className={styles.actions}>
        <LinkButton to="/definitions/$kpi" params={{ kpi: page.kpi }}>
          {t("definition.edit")}
        </LinkButton>
        <Link to="/definitions">{t("definition.toAll")}</Link>
      </div>
      <h2 className={styles.subhead}>{t("definition.history")}</h2>
      <ol className={styles.revisions}>
        {page.history.map((version) => (
          <Version key={version.version} version={version} />
        ))}
      </ol>
    </>
  );
}

/** One version: who, when, why, and what differs from the one before. */
function Version({ version }: { version: KpiDefinitionView }): ReactNode {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const name = usePersonName();
  return (
    <li className={styles.revision}>
      <strong>
        {t("definition.since", {
          version: version.version,
          day: format.moment(version.since),
          name: name(version.by) ?? t("definition.plaza"),
        })}
      </strong>
      {version.reason === "" ? null : <div>{t("definition.because", { reason: version.reason })}</div>}
      {version.changes.length === 0 ? (
        <div className={styles.quiet}>{t("definition.first")}</div>
      ) : (
        <ul className={styles.quiet}>
          {version.changes.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

function usePersonName(): (id: string | null | undefined) => string | null {
  const people = usePeople();
  return (id) => people.find((person) => person.id === id)?.name ?? null;
}

function Facts({ page, definition }: { page: KpiPage; definition: KpiDefinitionView }): ReactNode {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const words = useKpiWords();
  const name = usePersonName();
  const set = definition.rule_set === "wheeler" ? "wheeler" : "mdc";
  const owners = page.departments.flatMap((department) => {
    const owner = name(definition.owners[department.id]);
    return owner === null ? [] : [`${department.name}: ${owner}`];
  });
  return (
    <dl className={styles.facts}>
      <dt>{t("definition.version")}</dt>
      <dd>
        {t("definition.since", {
          version: definition.version,
          day: format.moment(definition.since),
          name: name(definition.by) ?? t("definition.plaza"),
        })}
      </dd>
      <dt>{t("definition.decision")}</dt>
      <dd>{definition.decision ?? t("definition.noDecision")}</dd>
      <dt>{t("definition.decides")}</dt>
      <dd>{name(definition.decides) ?? t("definition.nobody")}</dd>
      <dt>{t("definition.owners")}</dt>
      <dd>{owners.length === 0 ? t("definition.nobody") : owners.join(" · ")}</dd>
      <dt>{t("definition.target")}</dt>
      <dd>
        {definition.target === null
          ? t("definition.noTarget")
          : `${format.number(definition.target, 3)}\u00a0${words.unit(page.unit, definition.target, page.unit_word)}`}
        {" · "}
        {definition.higher_is_better ? t("definition.higher") : t("definition.lower")}
      </dd>
      <dt>{t("definition.rules")}</dt>
      <dd>{t(`definition.${set}`)}</dd>
      <dt>{t("definition.screening")}</dt>
      <dd>{definition.screening ? t("definition.screeningOn") : t("definition.screeningOff")}</dd>
      <dt>{t("definition.baseline")}</dt>
      <dd>
        {definition.baseline === null
          ? t("definition.noBaseline")
          : t("definition.baselineOf", { count: definition.baseline })}
      </dd>
      {definition.settings.map((fact) => (
        <Fact key={fact.label} label={fact.label} value={fact.value} />
      ))}
    </dl>
  );
}

function Fact({ label, value }: { label: string; value: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
