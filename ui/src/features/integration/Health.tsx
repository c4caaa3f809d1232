import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Icon, type IconName } from "../../components/Icon";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import styles from "./Integration.module.css";

const ICONS: Record<string, IconName> = {
  never_pulled: "clock",
  fine: "check",
  has_quarantine: "warn",
  failed: "close",
};

/** How an integration is: a word and a shape, the colour only beside them. */
export function Health({ health }: { health: string }): ReactNode {
  const { t } = useTranslation("integration");
  const word = known(en.integration.health, health) ?? "other";
  return (
    <span className={styles.health} data-health={health}>
      <Icon name={ICONS[health] ?? "clock"} />
      {t(`health.${word}`)}
    </span>
  );
}
