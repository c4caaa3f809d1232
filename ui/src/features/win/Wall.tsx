import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { DepartmentView, WinQuarter, WinRow } from "../../api/bindings";
import { DepartmentBadge, departmentOf, Notice, useSome } from "../../components";
import { useFormat } from "../../i18n/format";
import styles from "./Win.module.css";

/** Two years, as far as most look back. */
const QUARTERS_AT_ONCE = 8;
const WINS_AT_ONCE = 60;

/** Wins by quarter, each a card. */
export function Wall({
  quarters,
  departments,
}: {
  quarters: readonly WinQuarter[];
  departments: DepartmentView[];
}): ReactNode {
  const { t } = useTranslation("win");
  const [some, more] = useSome(quarters, QUARTERS_AT_ONCE);
  return (
    <>
      {some.map((quarter) => {
        const name = t("quarter", { quarter: quarter.quarter, year: String(quarter.year) });
        return <Quarter key={name} name={name} quarter={quarter} departments={departments} />;
      })}
      {more}
    </>
  );
}

interface QuarterProps {
  name: string;
  quarter: WinQuarter;
  departments: DepartmentView[];
}

function Quarter({ name, quarter, departments }: QuarterProps): ReactNode {
  const [wins, more] = useSome(quarter.wins, WINS_AT_ONCE);
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      {quarter.word === null ? null : <Notice>{quarter.word}</Notice>}
      <ul className={styles.wall}>
        {wins.map((win) => (
          <Card key={win.win} win={win} departments={departments} />
        ))}
      </ul>
      {more}
    </section>
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
