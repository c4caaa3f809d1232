import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "./Button";
import styles from "./Some.module.css";

/** The first of many, and a button that shows more of them; nothing where all are shown. */
export function useSome<T>(all: readonly T[], step: number): [some: readonly T[], more: ReactNode] {
  const { t } = useTranslation();
  const [count, setCount] = useState(step);
  const next = Math.min(step, all.length - count);
  const more =
    next > 0 ? (
      <div className={styles.more}>
        <Button look="quiet" onPress={() => setCount(count + step)}>
          {t("showMore", { count: next })}
        </Button>
        <span className={styles.count}>{t("shownOf", { shown: count, all: all.length })}</span>
      </div>
    ) : null;
  return [all.slice(0, count), more];
}
