import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { SplitView } from "../../api/bindings";
import { DepartmentBadge, departmentOf, NumberField } from "../../components";
import { useFormat } from "../../i18n/format";
import { useWorkspace } from "../frame/start";
import styles from "./Dialogs.module.css";

/** How far from 100 the shares may sum to, percent: a third has no last digit. */
const SLACK_PERCENT = 0.05;

/** What each department is given, percent; nothing while its field is empty. */
export type ShareMap = ReadonlyMap<string, number | null>;

/** What the milestones say, to begin with. */
export function sharesOf(split: SplitView | null): ShareMap {
  const said = split?.overridden ?? split?.measured ?? [];
  return new Map(said.map((share) => [share.department, share.percent]));
}

/** The sum of what is filled in, percent. */
export function sumOf(shares: ShareMap): number {
  let sum = 0;
  for (const percent of shares.values()) sum += percent ?? 0;
  return sum;
}

/** Whether the shares are whole. */
export function sumsUp(shares: ShareMap): boolean {
  return shares.size > 0 && Math.abs(sumOf(shares) - 100) <= SLACK_PERCENT;
}

interface SharesProps {
  split: SplitView | null;
  shares: ShareMap;
  onChange: (shares: ShareMap) => void;
  error: string | undefined;
}

/** Whose the late days are instead of what the milestones say. */
export function Shares({ split, shares, onChange, error }: SharesProps): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const { departments } = useWorkspace();
  const measured = new Map(split?.measured.map((share) => [share.department, share.percent]));
  // Those whom the milestones spare can be given a share too, if the order passes them.
  const offered = split?.offered ?? [];
  return (
    <fieldset className={styles.shares}>
      <legend>
        {split && split.late_days > 0
          ? t("close.shares", { count: split.late_days })
          : t("close.sharesOfMiss")}
      </legend>
      {offered.map((id) => {
        const department = departmentOf(departments, id);
        return (
          <div key={id} className={styles.share}>
            <DepartmentBadge department={department} />
            <NumberField
              bare
              label={department?.name ?? id}
              min={0}
              max={100}
              value={shares.get(id) ?? null}
              onChange={(percent) => onChange(new Map([...shares, [id, percent]]))}
            />
            <span className={styles.quiet}>
              {t("close.measured", { percent: format.number(measured.get(id) ?? 0) })}
            </span>
          </div>
        );
      })}
      <p className={styles.quiet} aria-live="polite">
        {t("close.sum", { percent: format.number(sumOf(shares)) })}
      </p>
      {error ? (
        <p className={styles.error} role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
