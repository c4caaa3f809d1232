import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { CalendarCell, CalendarRow, CalendarView, DepartmentView } from "../../api/bindings";
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
  const [by, setBy] = useState<By>("hosts");
  const [department, setDepartment] = useState(ALL);
  const rows = calendar[by].filter((row) => department === ALL || row.department?.id === department);
  if (calendar.people.length === 0) return <p className={styles.quiet}>{t("calendar.none")}</p>;
  return (
    <>
      <div className={styles.row}>
        <Segments
          label={t("calendar.by")}
          choices={[
            { value: "hosts", label: t("calendar.hosts") },
            { value: "people", label: t("calendar.people") },
          ]}
          value={by}
          onChange={setBy}
        />
        <Select
          label={t("filter.department")}
          choices={[
            { value: ALL, label: t("filter.all") },
            ...departmentsOf(calendar).map((one) => ({ value: one.id, label: one.name })),
          ]}
          value={department}
          onChange={setDepartment}
        />
      </div>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{t("filter.none")}</p>
      ) : (
        <Grid key={by} calendar={calendar} rows={rows} by={by} />
      )}
    </>
  );
}

/** From so many rows on only those in sight are drawn. */
const MANY_ROWS = 60;
const ROW_PX = 38;

/** The weeks beside each other; it opens at the present one. */
function Grid({ calendar, rows, by }: { calendar: CalendarView; rows: CalendarRow[]; by: By }): ReactNode {
  const { t } = useTranslation("rotation");
  const format = useFormat();
  const scroll = useRef<HTMLDivElement>(null);
  const now = useRef<HTMLTableCellElement>(null);
  const isLong = rows.length > MANY_ROWS;
  const virtual = useVirtualizer({
    count: rows.length,
    enabled: isLong,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  useLayoutEffect(() => {
    const first = scroll.current?.querySelector<HTMLElement>("thead th");
    if (scroll.current && now.current && first) {
      scroll.current.scrollLeft = now.current.offsetLeft - first.offsetWidth;
    }
  }, []);
  const drawn = virtual.getVirtualItems();
  const shown = isLong ? drawn.map(({ index }) => rows[index]) : rows;
  const above = isLong ? (drawn[0]?.start ?? 0) : 0;
  const below = isLong ? virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0) : 0;
  const columns = calendar.weeks.length + 1;
  return (
    // oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div ref={scroll} className={styles.calendar} tabIndex={0} role="group" aria-label={t("calendar.title")}>
      <table className={classes(table.table, styles.grid)} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col">{t(by === "hosts" ? "column.host" : "column.visitor")}</th>
            {calendar.weeks.map((week) => (
              <th
                key={week.week}
                ref={week.is_now ? now : undefined}
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
          <Space height={above} columns={columns} />
          {shown.map((row) =>
            row === undefined ? null : (
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
            ),
          )}
          <Space height={below} columns={columns} />
        </tbody>
      </table>
    </div>
  );
}

/** The room of rows that are out of sight. */
function Space({ height, columns }: { height: number; columns: number }): ReactNode {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td className={styles.space} colSpan={columns} style={{ height }} />
    </tr>
  );
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

/** The departments whose people go somewhere, and those that receive somebody. */
function departmentsOf(calendar: CalendarView): DepartmentView[] {
  const known = new Map<string, DepartmentView>();
  for (const { department } of [...calendar.hosts, ...calendar.people]) {
    if (department) known.set(department.id, department);
  }
  return [...known.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}
