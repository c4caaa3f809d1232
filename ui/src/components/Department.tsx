import type { CSSProperties, ReactNode } from "react";

import type { DepartmentView } from "../api/bindings";
import styles from "./Department.module.css";

/** A department's colour. Never alone: its letter or name stands beside it. */
export function departmentColour(department: DepartmentView | undefined): string {
  return `var(--department-${(department?.slot ?? 7) % 8})`;
}

/** The department with this id, if there is one. */
export function departmentOf(
  departments: readonly DepartmentView[],
  id: string | null,
): DepartmentView | undefined {
  return departments.find((department) => department.id === id);
}

/** A department's letter on its colour, with its name unless it stands beside. */
export function DepartmentBadge({
  department,
  name = true,
}: {
  department: DepartmentView | undefined;
  name?: boolean;
}): ReactNode {
  const style: CSSProperties = { background: departmentColour(department) };
  const badge = (
    <span className={styles.badge} style={style} aria-hidden={name ? true : undefined}>
      {department?.letter ?? "?"}
    </span>
  );
  if (!name) return badge;
  return (
    <span className={styles.named}>
      {badge}
      <span className={styles.name}>{department?.name ?? "?"}</span>
    </span>
  );
}
