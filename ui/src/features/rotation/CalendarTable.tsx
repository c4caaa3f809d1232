import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { CalendarCell, CalendarView, DepartmentView } from "../../api/bindings";
import { classes, DepartmentBadge, Segments, Select } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import styles from "./Rotation.module.css";

type By = "people" | "hosts";

/** Stands for all departments. */
const ALL = "\u0000";

/** Who is where, week by week: by visitor, or by host; of all departments, or of one. */
export function CalendarTable({ calendar }: { calendar: CalendarView }): ReactNode {
  const { t } = useTranslation("rotation");
  const format = useFormat();
  const [by, setBy] = useState<By>("hosts");
  const [department, setDepartment] = useState(ALL);
  const departments = departmentsOf(calendar);
  const rows = calendar[by].filter((row) => department === ALL || row.department?.id === department);
  if (calendar.people.length === 0) return <p className={styles.quiet}>{t("calendar.none")}</p>;
  return (
    <>
      <Segments
        label={t("calendar.by")}
        choices={[
          { value: "hosts", label: t("calendar.hosts") },
          { value: "people", label: t("calendar.people") },
        ]}
        value={by}
        onChange={setBy}
      />
      <div className={styles.pair}>
        <Select
          label={t("filter.department")}
          choices={[
            { value: ALL, label: t("filter.all") },
            ...departments.map((one) => ({ value: one.id, label: one.name })),
          ]}
          value={department}
          onChange={setDepartment}
        />
      </div>
      {rows.length === 0 ? <p className={styles.quiet}>{t("filter.none")}</p> : null}
      {/* oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className={table.scroll} tabIndex={0} role="group" aria-label={t("calendar.title")}>
        <table className={classes(table.table, styles.grid)}>
          <thead>
            <tr>
              <th scope="col">{t(by === "hosts" ? "column.host" : "column.visitor")}</th>
              {calendar.weeks.map((week) => (
                <th
                  key={week.week}
                  scope="col"
                  data-now={week.is_now || undefined}
                  title={format.day(week.monday)}
                >
                  {week.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <span className={styles.visit}>
                    <DepartmentBadge department={row.department ?? undefined} name={by === "hosts"} />
                    {by === "people" ? row.name : null}
                  </span>
                </th>
                {row.cells.map((cell, nth) => (
                  <Cell key={calendar.weeks[nth]?.week ?? nth} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The departments whose people go somewhere, and those that receive somebody. */
function departmentsOf(calendar: CalendarView): DepartmentView[] {
  const known = new Map<string, DepartmentView>();
  for (const { department } of [...calendar.hosts, ...calendar.people]) {
    if (department) known.set(department.id, department);
  }
  return [...known.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

function Cell({ cell }: { cell: CalendarCell }): ReactNode {
  const { t } = useTranslation("rotation");
  return (
    <td data-closed={cell.is_closed || undefined}>
      {cell.visits.map((visit) => (
        <span key={visit.placement} className={styles.visit} title={visit.words}>
          <DepartmentBadge department={visit.department ?? undefined} name={false} />
          {visit.name}
        </span>
      ))}
      {cell.visits.length === 0 && cell.is_absent ? (
        <span className={styles.off}>{t("calendar.absent")}</span>
      ) : null}
      {cell.visits.length === 0 && cell.is_closed ? (
        <span className={styles.off}>{t("calendar.closed")}</span>
      ) : null}
    </td>
  );
}
