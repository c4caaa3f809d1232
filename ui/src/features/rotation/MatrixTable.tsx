import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Matrix } from "../../api/bindings";
import { classes, DepartmentBadge } from "../../components";
import table from "../../components/table.module.css";
import styles from "./Rotation.module.css";

/** Who has walked in whose shoes: homes in rows, hosts in columns. */
export function MatrixTable({ matrix }: { matrix: Matrix }): ReactNode {
  const { t } = useTranslation("rotation");
  if (matrix.departments.length === 0) return <p className={styles.quiet}>{t("matrix.none")}</p>;
  return (
    <div className={table.scroll}>
      <table className={classes(table.table, styles.grid)}>
        <caption className={styles.quiet}>{t("matrix.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("matrix.corner")}</th>
            {matrix.departments.map((host) => (
              <th key={host.id} scope="col">
                <DepartmentBadge department={host} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.departments.map((home, row) => (
            <tr key={home.id}>
              <th scope="row">
                <DepartmentBadge department={home} />
              </th>
              {matrix.departments.map((host, column) => {
                const cell = matrix.rows[row]?.[column];
                if (home.id === host.id || !cell) {
                  return (
                    <td key={host.id} className={styles.own} aria-label={t("matrix.own")}>
                      ·
                    </td>
                  );
                }
                return (
                  <td key={host.id} className={styles.number} title={cell.visitors.join(", ")}>
                    {t("matrix.made", { count: cell.made })}
                    {cell.planned > 0 ? (
                      <span className={styles.off}> {t("matrix.planned", { count: cell.planned })}</span>
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
