import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { type AttentionKind, type AttentionView, commands } from "../../api/bindings";
import { useRead } from "../../api/query";
import { ErrorState } from "../../components/State";
import { useFormat, useLanguage } from "../../i18n/format";
import styles from "./Attention.module.css";

/** Where each matter is looked at. */
const TAB: Record<AttentionKind, string> = {
  batch_held: "checkpoint",
  circuit_open: "schedule",
  data_late: "schedule",
  pull_waits: "runs",
  quarantine: "quarantine",
  disagreement: "truth",
  hand_differs: "hand",
  correction: "truth",
  debt: "audit",
  drill_owed: "drills",
  retirement: "charter",
};

/** What needs somebody, each with the person who is asked to look. Nothing where nothing does. */
export function AttentionList(): ReactNode {
  const { t } = useTranslation("attention");
  const language = useLanguage();
  const list = useRead(["attention", language], () => commands.attentionList(language), { keep: true });
  if (list.error && !list.data) {
    return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || list.data.length === 0) return null;
  return (
    <section className={styles.attention}>
      <h2>{t("title", { count: list.data.length })}</h2>
      <ul>
        {list.data.map((one) => (
          <Matter key={one.attention} matter={one} />
        ))}
      </ul>
    </section>
  );
}

function Matter({ matter }: { matter: AttentionView }): ReactNode {
  const { t } = useTranslation("attention");
  const format = useFormat();
  return (
    <li>
      <Link to="/integrations/$id" params={{ id: matter.integration }} search={{ tab: TAB[matter.kind] }}>
        {t(`kind.${matter.kind}`, { name: matter.name, subject: matter.subject })}
      </Link>
      <span className={styles.who}>
        {[
          matter.is_mine
            ? t("mine")
            : matter.person === null
              ? t("nobody")
              : t("person", { person: matter.person }),
          t("since", { when: format.ago(matter.since) }),
        ].join(" · ")}
      </span>
    </li>
  );
}
