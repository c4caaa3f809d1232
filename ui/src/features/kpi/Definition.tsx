import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { KpiDefinitionView, KpiPage } from "../../api/bindings";
import { Button } from "../../components";
import { useFormat } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import { usePeople } from "../frame/start";
import { DefinitionForm } from "./DefinitionForm";
import styles from "./Kpi.module.css";

/** What the KPI is: decision, target, rules; and what it was before. */
export function Definition({ page }: { page: KpiPage }): ReactNode {
  const { t } = useTranslation("kpi");
  const [editing, setEditing] = useState(false);
  return (
    <>
      <Facts page={page} definition={page.definition} />
      <div className={styles.actions}>
        <Button onPress={() => setEditing(true)}>{t("definition.edit")}</Button>
      </div>
      {editing ? <DefinitionForm page={page} onClose={() => setEditing(false)} /> : null}
      <h2 className={styles.subhead}>{t("definition.history")}</h2>
      {page.history.length === 0 ? <p className={styles.quiet}>{t("definition.noHistory")}</p> : null}
      <ol className={styles.revisions}>
        {page.history.map((version) => (
          <li key={version.version} className={styles.revision}>
            <Facts page={page} definition={version} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Facts({ page, definition }: { page: KpiPage; definition: KpiDefinitionView }): ReactNode {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const words = useKpiWords();
  const people = usePeople();
  const name = (id: string | null): string | null => people.find((person) => person.id === id)?.name ?? null;
  const set = definition.rule_set === "wheeler" ? "wheeler" : "mdc";
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
      <dt>{t("definition.target")}</dt>
      <dd>
        {definition.target === null
          ? t("definition.noTarget")
          : `${format.number(definition.target, 3)}\u00a0${words.unit(page.unit, definition.target)}`}
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
    </dl>
  );
}
