import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { TendedView } from "../../api/bindings";
import { classes } from "../../components/classes";
import { Icon } from "../../components/Icon";
import { useFormat } from "../../i18n/format";
import { Freshness } from "./Freshness";
import styles from "./Integration.module.css";

/** What the list says beside the health, where there is something to say: old numbers, an open circuit, a wait. */
export function Tended({ tended }: { tended: TendedView }): ReactNode {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  const { freshness } = tended.age;
  return (
    <>
      {freshness === "warn" || freshness === "late" ? (
        <span className={styles.line}>
          <Freshness age={tended.age} />
        </span>
      ) : null}
      {tended.circuit === "open" ? (
        <span className={classes(styles.health, styles.line)} data-health="failed">
          <Icon name="clock" />
          {t("list.open", { when: format.moment(tended.until) })}
        </span>
      ) : null}
      {tended.circuit === "half_open" ? (
        <span className={classes(styles.health, styles.line)}>
          <Icon name="clock" />
          {t("list.half_open")}
        </span>
      ) : null}
      {tended.waits_for_person ? (
        <span className={classes(styles.health, styles.line)} data-health="has_quarantine">
          <Icon name="warn" />
          {t("list.person")}
        </span>
      ) : null}
    </>
  );
}
