import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { DecisionView, EffectAnswer } from "../../api/bindings";
import { Icon, type IconName } from "../../components";
import { useFormat } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import styles from "./Promise.module.css";

const EFFECT_ICONS: Record<EffectAnswer, IconName> = {
  reached: "check",
  partly: "chart",
  not_seen: "ghost",
  opposite: "warn",
  too_early: "clock",
};

/** What was decided, what was expected of it, what came of it. */
export function Decisions({ decisions }: { decisions: readonly DecisionView[] }): ReactNode {
  const { t } = useTranslation("promise");
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">{t("decision.title")}</h2>
      {decisions.length === 0 ? <p className={styles.quiet}>{t("decision.none")}</p> : null}
      <ul className={styles.list}>
        {decisions.map((decision) => (
          <Decision key={decision.decision} decision={decision} />
        ))}
      </ul>
    </section>
  );
}

function Decision({ decision }: { decision: DecisionView }): ReactNode {
  const { t } = useTranslation("promise");
  const format = useFormat();
  const words = useKpiWords();
  const { expected, effect, meeting } = decision;
  return (
    <li>
      <div className={styles.words}>
        <strong>{decision.text}</strong>
        <p className={styles.quiet}>
          {decision.owner_name === null
            ? t("decision.nobody")
            : t("decision.owner", { name: decision.owner_name })}
          {" · "}
          {meeting === null ? (
            format.day(decision.said.at)
          ) : (
            <Link to="/meeting/$meeting/minutes" params={{ meeting }}>
              {t("decision.meeting", { week: words.week(meeting) })}
            </Link>
          )}
        </p>
        {expected === null ? null : <p className={styles.quiet}>{expected.words}</p>}
        {effect === null ? (
          expected === null ? null : (
            <p className={styles.quiet}>{t("decision.unchecked")}</p>
          )
        ) : (
          <p className={styles.effect} data-answer={effect.answer}>
            <Icon name={EFFECT_ICONS[effect.answer]} size={14} />{" "}
            <strong>{t(`effect.${effect.answer}`)}</strong> {effect.words}
          </p>
        )}
      </div>
    </li>
  );
}
