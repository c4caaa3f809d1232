import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Icon } from "../../components";
import styles from "./Meeting.module.css";

interface BudgetProps {
  /** Minutes of the items. */
  planned: number;
  /** Minutes that there are. */
  total: number;
}

/** The minutes of the items against the time that there is, in words and as a bar. */
export function Budget({ planned, total }: BudgetProps): ReactNode {
  const { t } = useTranslation("meeting");
  const over = planned - total;
  const share = total === 0 ? 0 : Math.min(planned / total, 1);
  return (
    <div className={styles.budget} data-over={over > 0 ? "" : undefined}>
      <p aria-live="polite">
        <strong>{t("budget.planned", { planned, count: total })}</strong>{" "}
        {over > 0 ? (
          <span className={styles.over}>
            <Icon name="warn" size={14} /> {t("budget.over", { count: over })}
          </span>
        ) : (
          <span className={styles.quiet}>{t("budget.left", { count: -over })}</span>
        )}
      </p>
      <span className={styles.track} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </div>
  );
}
