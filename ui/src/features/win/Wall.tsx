import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { DepartmentView, WinQuarter, WinRow } from "../../api/bindings";
import { DepartmentBadge, departmentOf, Notice } from "../../components";
import { useFormat } from "../../i18n/format";
import styles from "./Win.module.css";

/** Wins by quarter, each a card. */
export function Wall({
  quarters,
  departments,
}: {
  quarters: readonly WinQuarter[];
  departments: DepartmentView[];
}): ReactNode {
  const { t } = useTranslation("win");
  return (
    <>
      {quarters.map((quarter) => {
        const name = t("quarter", { quarter: quarter.quarter, year: String(quarter.year) });
        return (
          <section key={name} aria-label={name}>
            <h2>{name}</h2>
            {quarter.word === null ? null : <Notice>{quarter.word}</Notice>}
            <ul className={styles.wall}>
              {quarter.wins.map((win) => (
                <Card key={win.win} win={win} departments={departments} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function Card({ win, departments }: { win: WinRow; departments: DepartmentView[] }): ReactNode {
  const { t } = useTranslation("win");
  const format = useFormat();
  const nobody = win.departments.length + win.people.length === 0;
  return (
    <li className={styles.card}>
      <Link to="/wins/$win" params={{ win: win.win }} className={styles.cardTitle ?? ""}>
        {win.title}
      </Link>
      <p className={styles.quiet}>
        {format.day(win.on)}
        {win.customer === "" ? null : ` · ${win.customer}`}
      </p>
      <div className={styles.badges}>
        {win.departments.map((id) => (
          <DepartmentBadge key={id} department={departmentOf(departments, id)} />
        ))}
      </div>
      {win.people.length === 0 ? null : <p>{win.people.join(", ")}</p>}
      {nobody ? <p className={styles.quiet}>{t("nobodyNamed")}</p> : null}
      <p className={styles.quiet}>
        {win.is_celebrated ? t("celebratedShort") : t("notCelebrated")}
        {win.reactions === 0 ? null : ` · ${t("reactions", { count: win.reactions })}`}
      </p>
    </li>
  );
}
