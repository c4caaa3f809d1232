import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { AgeView } from "../../api/bindings";
import { Icon, type IconName } from "../../components/Icon";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import styles from "./Integration.module.css";

const LOOKS: Record<string, [IconName, string]> = {
  fresh: ["check", "fine"],
  warn: ["clock", "has_quarantine"],
  late: ["warn", "failed"],
};

/** How old numbers are: a word and a shape, the colour only beside them. */
export function Freshness({ age }: { age: AgeView }): ReactNode {
  const { t } = useTranslation("schedule");
  const state = age.freshness ?? "never";
  const [icon, tone] = LOOKS[state] ?? ["clock", "never_pulled"];
  return (
    <span className={styles.health} data-health={tone}>
      <Icon name={icon} />
      {t(`fresh.${known(en.schedule.fresh, state) ?? "other"}`)}
    </span>
  );
}
