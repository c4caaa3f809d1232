import { Link, useNavigate } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { BoardRow, DepartmentView } from "../../api/bindings";
import { Chart } from "../../charts/Chart";
import { digitsOf, useFormat } from "../../i18n/format";
import { FlagButton } from "../flag/FlagButton";
import { useThingRef } from "../menu/thing";
import { useChartThings } from "../menu/useChartThings";
import styles from "./Board.module.css";
import { Icons } from "./Icons";
import { Parts } from "./Parts";
import { useKpiWords } from "./words";

/** The newest value with what it is measured against. */
function Latest({ row }: { row: BoardRow }): ReactNode {
  const { t } = useTranslation("board");
  const format = useFormat();
  const words = useKpiWords();
  const { latest } = row;
  if (!latest) return <p className={styles.meta}>{t("noValue")}</p>;
  const meta = [
    words.week(latest.week),
    row.target === null ? null : t("target", { value: format.number(row.target, 2) }),
    t("n", { count: latest.n, n: format.count(latest.n) }),
  ];
  return (
    <>
      <p className={styles.value}>
        <strong>{format.value(latest.value, row.unit)}</strong>
        <span>{words.unit(row.unit, latest.value)}</span>
      </p>
      <p className={styles.meta}>{meta.filter((word) => word !== null).join(" · ")}</p>
      <p className={styles.meta}>
        {latest.small_n ? <span className={styles.small}>{t("smallN")} · </span> : null}
        {words.state(latest)}
      </p>
    </>
  );
}

/** One KPI: value, chart, and whose the gap is. */
export function Row({
  row,
  departments,
}: {
  row: BoardRow;
  departments: readonly DepartmentView[];
}): ReactNode {
  const { t } = useTranslation("board");
  const { t: talk } = useTranslation("conversation");
  const format = useFormat();
  const words = useKpiWords();
  const navigate = useNavigate();
  const name = words.name(row.kpi, row.name);
  const open = (week?: string): void => {
    void navigate({ to: "/kpi/$kpi", params: { kpi: row.kpi }, search: week ? { week } : {} });
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("a, button, svg, table") === null) open();
  };
  const { latest, restated } = row;
  const target = latest
    ? ({ anchor: { on: "week", kpi: row.kpi, week: latest.week, part: null } } as const)
    : null;
  const stood = useThingRef(
    target && latest
      ? {
          name: `${name}, ${words.weekInYear(latest.week)}`,
          flag: target,
          value: format.value(latest.value, row.unit),
          address: `/kpi/${row.kpi}?week=${latest.week}`,
        }
      : null,
  );
  const points = useChartThings(row.kpi, name);
  const digits = Math.max(digitsOf(row.parts_total, row.unit), 1);
  return (
    // The heading's link is the way in by keyboard; a press anywhere on the row is a short cut.
    // oxlint-disable-next-line click-events-have-key-events, no-noninteractive-element-interactions
    <article ref={stood} className={styles.row} onClick={onClick} aria-labelledby={`row-${row.kpi}`}>
      <div>
        <h2>
          <Link
            id={`row-${row.kpi}`}
            to="/kpi/$kpi"
            params={{ kpi: row.kpi }}
            className={styles.name ?? ""}
            data-row-link=""
          >
            {name}
          </Link>
        </h2>
        <p className={styles.question}>{words.question(row.kpi, row.question)}</p>
        <Latest row={row} />
        <Icons
          variation={row.variation}
          variationWords={row.variation_words}
          assurance={row.assurance}
          assuranceWords={row.assurance_words}
        />
        {restated ? (
          <p className={styles.restated}>
            {t("restated", {
              week: words.week(restated.week),
              was: format.value(restated.was, row.unit),
              now: format.value(restated.now, row.unit),
              day: format.dayShort(restated.day),
            })}
          </p>
        ) : null}
      </div>
      <div className={styles.middle}>
        <p className={styles.sentence}>{row.sentence}</p>
        {latest ? <Chart chart={row.chart} onPick={open} corner {...points} /> : null}
      </div>
      <div className={styles.parts}>
        {latest && row.parts.length > 0 ? (
          <>
            <Parts
              title={t(`parts.${row.kpi}`, {
                count: row.parts_total ?? 0,
                value: format.value(row.parts_total, row.unit),
              })}
              parts={row.parts}
              digits={digits}
              departments={departments}
              of={{ kpi: row.kpi, week: latest.week, name }}
            />
          </>
        ) : null}
        {target && latest ? (
          <p className={styles.talk}>
            <FlagButton target={target} label={talk("talkAboutOf", { what: name })}>
              {talk("talkAbout")}
            </FlagButton>
            {row.parts.length > 0 ? (
              <Link
                className={styles.missed ?? ""}
                to="/kpi/$kpi"
                params={{ kpi: row.kpi }}
                search={{ week: latest.week }}
                hash="journeys"
              >
                {t(row.kpi === "order-to-cash" ? "ordersCounted" : "ordersMissed")}
              </Link>
            ) : null}
          </p>
        ) : null}
      </div>
    </article>
  );
}
