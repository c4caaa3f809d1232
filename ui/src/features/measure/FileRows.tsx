import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { FileRow } from "../../api/bindings";
import { classes } from "../../components";
import table from "../../components/table.module.css";

interface FileRowsProps {
  caption: string;
  columns: string[];
  rows: FileRow[];
}

/** Rows of a file, as they were read. */
export function FileRows({ caption, columns, rows }: FileRowsProps): ReactNode {
  const { t } = useTranslation("figures");
  if (rows.length === 0) return null;
  return (
    // A wide table is scrolled by keyboard as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={table.scroll} tabIndex={0} role="region" aria-label={caption}>
      <table className={classes(table.table, table.tight)}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("row")}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <th scope="row">{row.row}</th>
              {columns.map((column, at) => (
                <td key={column}>{row.cells[at] ?? ""}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
