import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { IntegrationCard } from "../../api/bindings";
import { classes } from "../../components/classes";
import { Icon } from "../../components/Icon";
import { useFormat } from "../../i18n/format";
import styles from "./Integration.module.css";

/** That a drill cuts it: no fault, and it ends by itself. */
export function Cut({ card }: { card: IntegrationCard }): ReactNode {
  const { t } = useTranslation("integration");
  const format = useFormat();
  if (card.cut_until === null) return null;
  return (
    <span className={classes(styles.health, styles.line)}>
      <Icon name="clock" />
      {t("cutUntil", { when: format.moment(card.cut_until) })}
    </span>
  );
}
