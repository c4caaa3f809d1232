import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { RefusedRow } from "../../api/bindings";
import { classes } from "../../components";
import table from "../../components/table.module.css";
import styles from "./Figures.module.css";

/** The rows of a file that were refused, and why. */
export function RefusedRows({ rows, count }: { rows: RefusedRow[]; count: number }): ReactNode {
  const { t } = useTranslation("figures");
  if (rows.length === 0) return null;
  return (
    <section aria-label={t("refused.title", { count })}>
      <h3>{t("refused.title", { count })}</h3>
      <p className={styles.quiet}>
        {t("refused.words")}
        {count > rows.length ? ` ${t("refused.first", { count: rows.length })}` : ""}
      </p>
      <div className={table.scroll}>
        <table className={classes(table.table, table.tight)}>
          <thead>
            <tr>
              <th scope="col">{t("row")}</th>
              <th scope="col">{t("refused.column")}</th>
              <th scope="col">{t("refused.cell")}</th>
              <th scope="col">{t("refused.why")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.row} ${row.column ?? ""}`}>
                <th scope="row">{row.row}</th>
                <td>{row.column ?? t("refused.whole")}</td>
                <td className={styles.cell}>{row.cell}</td>
                <td>{row.words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
