import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { IntegrationCard } from "../../api/bindings";
import { Icon } from "../../components/Icon";
import styles from "./Integration.module.css";

/** Whether it is pulled by itself or by hand only, whether it is in debt, and whether it should go. */
export function Activity({ card }: { card: IntegrationCard }): ReactNode {
  const { t } = useTranslation("integration");
  return (
    <span className={styles.activity}>
      <span>{t(card.active ? "activity.active" : "activity.byHand")}</span>
      {card.debt === null ? null : (
        <span className={styles.debt}>
          <Icon name="warn" />
          {t("activity.debt", { lacking: card.debt })}
        </span>
      )}
      {card.drill_debt === null ? null : (
        <span className={styles.debt} title={card.drill_debt}>
          <Icon name="warn" />
          {t("activity.drill")}
        </span>
      )}
      {card.retirement === null ? null : <span>{t("activity.retirement")}</span>}
    </span>
  );
}
