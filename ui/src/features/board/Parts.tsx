import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { DepartmentView, KpiKind, PartShare } from "../../api/bindings";
import { DepartmentBadge, departmentColour, departmentOf } from "../../components";
import { useFormat } from "../../i18n/format";
import { useStand } from "../menu/thing";
import styles from "./Parts.module.css";
import { useKpiWords } from "./words";

interface PartsProps {
  title: string;
  parts: readonly PartShare[];
  departments: readonly DepartmentView[];
  /** Decimals at most. */
  digits?: number;
  /** Of which week of which KPI, and what that is called: each part can then be flagged, copied and opened. */
  of?: { kpi: KpiKind; week: string; name: string };
}

/** Whose the gap is: a bar for each department; they sum to it. */
export function Parts({ title, parts, departments, digits = 1, of }: PartsProps): ReactNode {
  const { t } = useTranslation("board");
  const format = useFormat();
  const words = useKpiWords();
  const stand = useStand();
  return (
    <div>
      <h3 className={styles.title}>{title}</h3>
      <div className={styles.list} role="list">
        {parts.map((part) => {
          const department = departmentOf(departments, part.department);
          const width = `${Math.min(Math.max((part.share ?? 0) * 100, 0), 100)}%`;
          return (
            <div
              key={part.department}
              ref={(element) => {
                if (!of) return;
                stand(element, {
                  name: `${of.name}, ${department?.name ?? part.department}, ${words.weekInYear(of.week)}`,
                  flag: { anchor: { on: "week", kpi: of.kpi, week: of.week, part: part.department } },
                  value: format.number(part.value, digits),
                  address: `/kpi/${of.kpi}?week=${of.week}&department=${part.department}`,
                });
              }}
              className={styles.line}
              role="listitem"
            >
              <DepartmentBadge department={department} />
              <span className={styles.bar} aria-hidden="true">
                <span className={styles.fill} style={{ width, background: departmentColour(department) }} />
              </span>
              <span className={styles.number}>{format.number(part.value, digits)}</span>
              <span className={styles.change} title={t("changeWords")}>
                {part.change === null ? "" : format.signed(part.change, digits)}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
