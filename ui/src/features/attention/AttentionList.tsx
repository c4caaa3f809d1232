import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ErrorState } from "../../components";
import styles from "./Attention.module.css";
import { Matter } from "./Matter";
import { useAttention } from "./useAttention";

/** What needs somebody, each with the person who is asked to look. Nothing where nothing does. */
export function AttentionList(): ReactNode {
  const { t } = useTranslation("attention");
  const list = useAttention();
  if (list.error && !list.data) {
    return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  }
  if (!list.data || list.data.rows.length === 0) return null;
  return (
    <section className={styles.attention}>
      <h2>{t("title", { count: list.data.all })}</h2>
      <ul>
        {list.data.rows.map((one) => (
          <Matter key={one.attention} matter={one} />
        ))}
      </ul>
    </section>
  );
}
