import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { LegView, OrderPage } from "../../api/bindings";
import { Button, DepartmentBadge, departmentColour, departmentOf, Icon } from "../../components";
import { useWidth } from "../../components/useWidth";
import { useFormat } from "../../i18n/format";
import { lanes, type Drawn, type Lane } from "./lanes";
import styles from "./Order.module.css";

/** Width until the page is measured, and the least that is drawn: below it the drawing scrolls. */
const WIDTH_USUAL = 1000;
const WIDTH_LEAST = 620;
const LEFT = 150;
/** Room for the last leg's words. */
const RIGHT_ROOM = 80;
const TOP = 34;
const LANE = 58;

/** Planned against actual, one lane for each department; the same as a table. */
export function Timeline({ page }: { page: OrderPage }): ReactNode {
  const { t } = useTranslation(["order", "chart"]);
  const [table, setTable] = useState(false);
  return (
    <section className={styles.section}>
      <div style={{ display: "flex", justifyContent: "space-between", alignItems: "baseline" }}>
        <h2>{t("order:timeline.title")}</h2>
        <Button look="quiet" onPress={() => setTable(!table)}>
          <Icon name={table ? "chart" : "table"} size={14} />
          {table ? t("chart:asChart") : t("chart:asTable")}
        </Button>
      </div>
      {table ? <LegTable page={page} /> : <Picture page={page} />}
      {page.working_days ? <p className={styles.quiet}>{t("order:timeline.workingDays")}</p> : null}
    </section>
  );
}

/** The lanes of an order line, planned against actual. */
export function Picture({ page }: { page: Drawn }): ReactNode {
  const { t } = useTranslation("order");
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const width = Math.max(useWidth(place, WIDTH_USUAL), WIDTH_LEAST);
  const drawing = lanes(page, LEFT, width - RIGHT_ROOM);
  const bottom = TOP + drawing.lanes.length * LANE;
  return (
    <>
      <div ref={place} className={styles.scroll}>
        <svg
          className={styles.lanes}
          width={width}
          height={bottom + 24}
          viewBox={`0 0 ${width} ${bottom + 24}`}
          role="img"
          aria-label={t("timeline.summary", { order: page.order, line: page.line })}
        >
          {drawing.ticks.map((tick) => (
            <g key={tick.day}>
              <line className={styles.grid} x1={tick.x} x2={tick.x} y1={TOP - 6} y2={bottom} />
              <text className={styles.tick} x={tick.x} y={bottom + 16} textAnchor="middle">
                {format.dayShort(tick.day)}
              </text>
            </g>
          ))}
          {drawing.lanes.map((lane, at) => (
            <LaneRow key={lane.id} lane={lane} y={TOP + at * LANE} right={width} />
          ))}
          {drawing.promise === null ? null : (
            <g>
              <line
                className={styles.promise}
                x1={drawing.promise}
                x2={drawing.promise}
                y1={TOP - 8}
                y2={bottom}
              />
              <text className={styles.promiseText} x={drawing.promise} y={TOP - 14} textAnchor="middle">
                {t("timeline.promised", { day: format.dayShort(page.promised) })}
              </text>
            </g>
          )}
        </svg>
      </div>
      <p className={styles.legend}>
        <span>
          <svg width="26" height="10" aria-hidden="true">
            <rect
              x="1"
              y="1"
              width="24"
              height="8"
              rx="2"
              fill="none"
              stroke="currentColor"
              strokeDasharray="3 2"
            />
          </svg>
          {t("timeline.planned")}
        </span>
        <span>
          <svg width="26" height="10" aria-hidden="true">
            <rect x="1" y="1" width="24" height="8" rx="2" fill="currentColor" />
          </svg>
          {t("timeline.actual")}
        </span>
        <span>{t("timeline.overrun")}</span>
      </p>
    </>
  );
}

function LaneRow({ lane, y, right }: { lane: Lane; y: number; right: number }): ReactNode {
  const { t } = useTranslation(["order", "common"]);
  const format = useFormat();
  const said = labels(lane);
  const colour = departmentColour(lane.department);
  return (
    <g>
      <rect x={0} y={y + 8} width={20} height={20} rx={5} fill={colour} />
      <text x={10} y={y + 22} textAnchor="middle" style={{ fill: "var(--on-department)", fontWeight: 650 }}>
        {lane.department?.letter ?? "?"}
      </text>
      <text className={styles.strong} x={28} y={y + 22}>
        {lane.department?.name ?? lane.id}
      </text>
      {lane.legs.map(({ leg, planned, actual }) => (
        <g key={leg.to}>
          <title>
            {`${t(`common:milestones.${leg.from}`)} → ${t(`common:milestones.${leg.to}`)}: ${legWords(leg, format.number, t)}`}
          </title>
          {planned ? (
            <rect
              className={styles.planned}
              x={planned.x}
              y={y + 4}
              width={planned.width}
              height={12}
              rx={2}
              stroke={colour}
            />
          ) : null}
          {actual ? (
            <rect
              x={actual.x}
              y={y + 20}
              width={actual.width}
              height={14}
              rx={2}
              fill={colour}
              opacity={leg.running ? 0.55 : 1}
            />
          ) : null}
        </g>
      ))}
      {said.map(({ x, legs }) => {
        const isLast = x + LABEL_ROOM * legs.length > right;
        return (
          <text
            key={x}
            className={styles.tick}
            x={isLast ? right : x}
            y={y + 48}
            textAnchor={isLast ? "end" : "start"}
          >
            {legs.map((leg, nth) => (
              <tspan key={leg.to} dx={nth > 0 ? 8 : 0}>
                {t(`common:milestones.${leg.to}`)}
                {leg.joint ? ` (${t("order:timeline.joint")})` : ""}
                {leg.running ? ` (${t("order:timeline.running")})` : ""}
                {leg.overrun_days === null || leg.overrun_days === 0 ? null : (
                  <tspan className={leg.overrun_days > 0 ? styles.over : undefined} dx={5}>
                    {format.signed(leg.overrun_days)}
                  </tspan>
                )}
              </tspan>
            ))}
          </text>
        );
      })}
    </g>
  );
}

/** Room for the words of one leg. */
const LABEL_ROOM = 90;

/** What is said of the legs of a lane: those that begin so near each other that their words would meet are said together. */
function labels(lane: Lane): { x: number; legs: LegView[] }[] {
  const said: { x: number; legs: LegView[] }[] = [];
  for (const { leg, planned, actual } of lane.legs) {
    const x = (actual ?? planned)?.x ?? LEFT;
    const last = said.at(-1);
    if (last !== undefined && Math.abs(x - last.x) < LABEL_ROOM * last.legs.length) last.legs.push(leg);
    else said.push({ x, legs: [leg] });
  }
  return said;
}

type Words = ReturnType<typeof useTranslation<["order", "common"]>>["t"];

function legWords(leg: LegView, number: (value: number | null) => string, t: Words): string {
  return t("order:timeline.leg", { planned: number(leg.planned_days), actual: number(leg.actual_days) });
}

function LegTable({ page }: { page: OrderPage }): ReactNode {
  const { t } = useTranslation(["order", "common"]);
  const format = useFormat();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("order:legs.leg")}</th>
            <th scope="col">{t("order:legs.department")}</th>
            <th scope="col">{t("order:legs.planned")}</th>
            <th scope="col">{t("order:legs.actual")}</th>
            <th scope="col" className={styles.number}>
              {t("order:legs.plannedDays")}
            </th>
            <th scope="col" className={styles.number}>
              {t("order:legs.actualDays")}
            </th>
            <th scope="col" className={styles.number}>
              {t("order:legs.overrun")}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.legs.map((leg) => (
            <tr key={leg.to}>
              <td>
                {t(`common:milestones.${leg.from}`)} → {t(`common:milestones.${leg.to}`)}
                {leg.joint ? ` (${t("order:timeline.joint")})` : ""}
                {leg.running ? ` (${t("order:timeline.running")})` : ""}
              </td>
              <td>
                <DepartmentBadge department={departmentOf(page.departments, leg.department)} />
              </td>
              <td>
                {t("order:legs.span", { from: format.day(leg.planned_from), to: format.day(leg.planned_to) })}
              </td>
              <td>
                {t("order:legs.span", { from: format.day(leg.actual_from), to: format.day(leg.actual_to) })}
              </td>
              <td className={styles.number}>{format.number(leg.planned_days)}</td>
              <td className={styles.number}>{format.number(leg.actual_days)}</td>
              <td className={styles.number}>{format.signed(leg.overrun_days)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
