import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ArithmeticLine, OrderPage } from "../../api/bindings";
import { DepartmentBadge, departmentOf } from "../../components";
import { useFormat } from "../../i18n/format";
import { Parts } from "../board/Parts";
import { FlagButton } from "../flag/FlagButton";
import { Agreed } from "./Agreed";
import { anchorOf } from "./anchor";
import styles from "./Order.module.css";

/** The lateness as the sum that it is, and whose it is. */
export function Arithmetic({ page }: { page: OrderPage }): ReactNode {
  const { t } = useTranslation("order");
  const { t: talk } = useTranslation("conversation");
  const format = useFormat();
  const sum = page.arithmetic.filter((line) => line.kind !== "share");
  const shares = page.arithmetic.filter((line) => line.kind === "share");
  // Only a miss is split.
  const anchor = page.outcome === "missed" ? anchorOf(page, "split") : null;
  const onlyLate = page.counts.every((count) => count === "late");
  return (
    <section className={styles.section}>
      <h2>{t("sum.title")}</h2>
      {sum.length === 0 ? <p className={styles.quiet}>{t("sum.none")}</p> : null}
      <div className={styles.columns}>
        {sum.length > 0 ? <Lines page={page} lines={sum} /> : null}
        {page.shares.length > 0 ? (
          <div>
            <Parts
              title={
                page.split?.is_in_force
                  ? t("agreed.counts")
                  : onlyLate
                    ? t("sum.shares", {
                        count: page.lateness_days ?? 0,
                        days: format.number(page.lateness_days),
                      })
                    : t("sum.miss")
              }
              parts={page.shares}
              departments={page.departments}
            />
            {shares.map((line) => (
              <p key={line.label} className={styles.quiet}>
                {line.label}: {line.working}
              </p>
            ))}
            <Agreed page={page} />
            {anchor ? (
              <p className={styles.dispute}>
                <FlagButton look="quiet" target={{ anchor, cause: "dispute" }}>
                  {talk("dispute")}
                </FlagButton>
              </p>
            ) : null}
          </div>
        ) : (
          <Agreed page={page} />
        )}
      </div>
    </section>
  );
}

function Lines({ page, lines }: { page: OrderPage; lines: readonly ArithmeticLine[] }): ReactNode {
  const format = useFormat();
  return (
    <table className={styles.sum}>
      <tbody>
        {lines.map((line) => {
          const department = departmentOf(page.departments, line.department);
          const late = line.kind !== "sum" && (line.days ?? 0) > 0;
          return (
            <tr key={`${line.kind} ${line.label}`} data-kind={line.kind}>
              <th scope="row">{line.label}</th>
              <td>{department ? <DepartmentBadge department={department} name={false} /> : null}</td>
              <td className={styles.working}>{line.working}</td>
              <td className={late ? styles.bad : undefined}>
                {line.kind === "sum" ? format.number(line.days, 2) : format.signed(line.days, 2)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
