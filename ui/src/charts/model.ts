import type { BoardRow } from "../api/bindings";

/** A chart as the core drew it: shapes and words, nothing left to compute. */
export type ChartModel = BoardRow["chart"];

/** One of its points. */
export type ChartPoint = ChartModel["points"][number];

/** One of its marks. */
export type ChartMark = ChartModel["marks"][number];

/** A length of the drawing; the bindings allow null where JSON cannot hold a number. */
export function length(value: number | null): number {
  return value ?? 0;
}

/** The class of a line as the core's own picture writer names it. */
export function lineClass(line: ChartModel["lines"][number]): string {
  const limit = line.kind === "upper" || line.kind === "lower";
  return `${limit ? "limit " : ""}${line.kind}${line.provisional ? " provisional" : ""}`;
}

/** The classes of a mark as the core's own picture writer names them. */
export function markClass(mark: ChartMark): string {
  return `mark ${mark.kind}${mark.is_closed ? " closed" : ""}`;
}

/** The classes of a point as the core's own picture writer names them. */
export function pointClass(point: ChartPoint): string {
  return `point ${point.shape} ${point.tone}${point.hollow ? " hollow" : ""}${point.ghost ? " ghost" : ""}`;
}

/** The place of the point that is nearest to `x`; −1 where there is none. */
export function nearest(points: readonly ChartPoint[], x: number): number {
  let found = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const [place, point] of points.entries()) {
    const away = Math.abs(length(point.x) - x);
    if (away < distance) {
      distance = away;
      found = place;
    }
  }
  return found;
}

/** Where a key leads among `count` points from `place`; undefined for other keys. */
export function walk(key: string, place: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(place + 1, count - 1);
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(place - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
