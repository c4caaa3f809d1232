import { useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button, classes, Icon } from "../components";
import { useWidth } from "../components/useWidth";
import styles from "./Chart.module.css";
import { Ground, Texts, Threads } from "./Drawing";
import { length, nearest, pointClass, walk, type ChartMark, type ChartModel, type ChartPoint } from "./model";
import { Twin } from "./Twin";

interface ChartProps {
  chart: ChartModel;
  /** The week that is picked. */
  week?: string | undefined;
  /** A press on a point, or Enter. */
  onPick?: (week: string) => void;
  /** Without the switch to the table: the page has one for several charts. */
  bare?: boolean;
  /** Shown as a table from outside. */
  asTable?: boolean;
  /** The switch to the table stands small in the corner of the axis: several charts share the page. */
  corner?: boolean;
  /** A point's element, so that it can be said what it stands for. */
  onStand?: (element: Element | null, point: ChartPoint) => void;
  /** The right button was pressed nearest to a point, at this place of the window. */
  onMenu?: (point: ChartPoint, place: { x: number; y: number }) => void;
}

/**
 * A process behaviour chart. Its points are walked with the arrow keys, Home and End, and picked with Enter; its
 * summary is read out; its twin is a table.
 */
export function Chart({
  chart,
  week,
  onPick,
  bare = false,
  asTable = false,
  corner = false,
  onStand,
  onMenu,
}: ChartProps): ReactNode {
  const { t } = useTranslation("chart");
  const [own, setOwn] = useState(false);
  const table = bare ? asTable : own;
  return (
    <figure className={styles.figure}>
      {bare ? null : (
        <span
          className={classes(styles.toggle, corner && (table ? styles.above : styles.corner))}
          title={corner && !table ? t("asTable") : undefined}
        >
          <Button
            look="quiet"
            aria-label={
              table ? t("asChartOf", { title: chart.title }) : t("asTableOf", { title: chart.title })
            }
            onPress={() => setOwn(!own)}
          >
            <Icon name={table ? "chart" : "table"} size={14} />
            {corner && !table ? null : table ? t("asChart") : t("asTable")}
          </Button>
        </span>
      )}
      {table ? (
        <Twin chart={chart} onPick={onPick} onStand={onStand} />
      ) : (
        <Picture chart={chart} week={week} onPick={onPick} onStand={onStand} onMenu={onMenu} />
      )}
    </figure>
  );
}

/** Where a drawing is shown smaller than it was made, its texts give way only this far, so that labels stay apart. */
const TEXT_GROWTH_MAX = 1.18;

interface PictureProps {
  chart: ChartModel;
  week: string | undefined;
  onPick: ((week: string) => void) | undefined;
  onStand: ChartProps["onStand"] | undefined;
  onMenu: ChartProps["onMenu"] | undefined;
}

function Picture({ chart, week, onPick, onStand, onMenu }: PictureProps): ReactNode {
  const { t } = useTranslation("chart");
  const { points } = chart;
  const last = points.length - 1;
  const pickedPlace = points.findIndex((point) => point.week === week);
  const [walked, setWalked] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const [hovered, setHovered] = useState<number | null>(null);
  const [mark, setMark] = useState<ChartMark | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const summaryId = useId();
  const shown = useWidth(svg, length(chart.width)) / length(chart.width);
  const growth = Math.min(Math.max(1 / shown, 1), TEXT_GROWTH_MAX);
  const stop = Math.min(walked ?? (pickedPlace >= 0 ? pickedPlace : last), last);
  const told = mark ? null : (hovered ?? (focused ? stop : null));
  const toldPoint = told === null ? undefined : points[told];

  const focus = (place: number): void => {
    setWalked(place);
    svg.current?.querySelector<SVGElement>(`[data-place="${place}"]`)?.focus();
  };
  const pick = (point: ChartPoint | undefined): void => {
    if (point && onPick) onPick(point.week);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      if (!onPick) return;
      event.preventDefault();
      event.stopPropagation();
      pick(points[stop]);
      return;
    }
    if (event.key === "Escape") setHovered(null);
    const next = walk(event.key, stop, points.length);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setHovered(null);
    focus(next);
  };
  // The nearest point in time answers to the pointer: points themselves are too small to aim at.
  const onPointerMove = (event: PointerEvent): void => {
    const box = svg.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const place = nearest(points, ((event.clientX - box.left) / box.width) * length(chart.width));
    setHovered(place < 0 ? null : place);
  };

  return (
    <>
      <svg
        ref={svg}
        className={classes(styles.drawing, onPick && styles.pickable)}
        viewBox={`0 0 ${length(chart.width)} ${length(chart.height)}`}
        fontSize={length(chart.font_size) * growth}
        role="group"
        aria-roledescription={t("role")}
        aria-label={chart.title}
        aria-describedby={summaryId}
        lang={chart.language}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setHovered(null)}
        onClick={() => {
          if (hovered !== null) pick(points[hovered]);
        }}
        onContextMenu={(event) => {
          const point = hovered === null ? undefined : points[hovered];
          if (!point || !onMenu || event.defaultPrevented) return;
          event.preventDefault();
          onMenu(point, { x: event.clientX, y: event.clientY });
        }}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        <desc id={summaryId}>{chart.summary}</desc>
        <Ground chart={chart} />
        {pickedPlace >= 0 ? <Guide chart={chart} point={points[pickedPlace]} /> : null}
        <g className={styles.points}>
          {points.map((point, place) => (
            <path
              key={point.day}
              className={pointClass(point)}
              d={point.outline}
              data-place={place}
              tabIndex={place === stop ? 0 : -1}
              role={onPick ? "button" : "img"}
              aria-label={point.label}
              ref={(element) => onStand?.(element, point)}
              {...(onPick ? { "aria-pressed": place === pickedPlace } : {})}
              onFocus={() => setWalked(place)}
            />
          ))}
        </g>
        <Ring point={points[pickedPlace]} picked />
        <Ring point={toldPoint} shown={focused} />
        <Threads chart={chart} onTell={setMark} />
        <Texts chart={chart} />
      </svg>
      {toldPoint ? (
        <Tip chart={chart} x={length(toldPoint.x)} y={length(toldPoint.y)} label={toldPoint.label} />
      ) : null}
      {mark ? (
        <Tip
          chart={chart}
          x={length(mark.area.x) + length(mark.area.width) / 2}
          y={length(mark.area.y)}
          label={mark.label}
        />
      ) : null}
    </>
  );
}

function Guide({ chart, point }: { chart: ChartModel; point: ChartPoint | undefined }): ReactNode {
  if (!point) return null;
  const { plot } = chart;
  const x = length(point.x);
  return (
    <line
      className={styles.guide}
      x1={x}
      x2={x}
      y1={length(plot.y)}
      y2={length(plot.y) + length(plot.height)}
    />
  );
}

/** Distance from a point to the ring around it. */
const RING_GAP = 4;

function Ring({
  point,
  picked,
  shown,
}: {
  point: ChartPoint | undefined;
  picked?: boolean;
  shown?: boolean;
}): ReactNode {
  if (!point) return null;
  return (
    <circle
      className={styles.ring}
      aria-hidden="true"
      cx={length(point.x)}
      cy={length(point.y)}
      r={length(point.radius) + RING_GAP}
      {...(picked ? { "data-picked": "" } : {})}
      {...(shown ? { "data-shown": "" } : {})}
    />
  );
}

/** The words of a point or a mark above it; on the side where there is room. */
function Tip({ chart, x, y, label }: { chart: ChartModel; x: number; y: number; label: string }): ReactNode {
  const across = x / length(chart.width);
  const down = y / length(chart.height);
  const side = across < 0.25 ? "-8%" : across > 0.7 ? "-92%" : "-50%";
  return (
    <div
      className={styles.tip}
      aria-hidden="true"
      style={{
        insetInlineStart: `${across * 100}%`,
        insetBlockStart: `${down * 100}%`,
        transform: `translate(${side}, calc(-100% - 0.7rem))`,
      }}
    >
      {label}
    </div>
  );
}
