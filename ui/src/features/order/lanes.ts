import type { DepartmentView, LegView, OrderPage } from "../../api/bindings";

/** A leg in its department's lane, placed on the drawing. */
export interface LaneLeg {
  leg: LegView;
  planned: Span | null;
  actual: Span | null;
}

/** A stretch on the drawing. */
export interface Span {
  x: number;
  width: number;
}

/** One lane for each department that owns a leg. */
export interface Lane {
  department: DepartmentView | undefined;
  id: string;
  legs: LaneLeg[];
}

/** The lanes as placed on a drawing. */
export interface Lanes {
  lanes: Lane[];
  promise: number | null;
  ticks: { x: number; day: string }[];
}

/** What is drawn of an order line. */
export type Drawn = Pick<OrderPage, "order" | "line" | "promised" | "reached" | "legs" | "departments">;

/** A calendar date's place in time, for placing it on a drawing only. */
function place(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** A stretch of no days is still seen. */
const WIDTH_MIN = 3;
const TICKS = 5;

/** Places legs and promise between `left` and `right`. Only for drawing: days and overruns come from the core. */
export function lanes(page: Drawn, left: number, right: number): Lanes {
  const days = page.legs
    .flatMap((leg) => [leg.planned_from, leg.planned_to, leg.actual_from, leg.actual_to])
    .concat(page.promised, page.reached)
    .filter((day) => day !== null)
    .toSorted();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return { lanes: [], promise: null, ticks: [] };
  const from = place(first);
  const long = Math.max(place(last) - from, 1);
  const x = (day: string): number => left + ((place(day) - from) / long) * (right - left);
  const span = (start: string | null, end: string | null): Span | null =>
    start === null || end === null ? null : { x: x(start), width: Math.max(x(end) - x(start), WIDTH_MIN) };
  const ids = [...new Set(page.legs.map((leg) => leg.department))];
  const marked = days.filter((day, at) => days.indexOf(day) === at);
  const step = Math.max(Math.ceil((marked.length - 1) / TICKS), 1);
  return {
    lanes: ids.map((id) => ({
      id,
      department: page.departments.find((department) => department.id === id),
      legs: page.legs
        .filter((leg) => leg.department === id)
        .map((leg) => ({
          leg,
          planned: span(leg.planned_from, leg.planned_to),
          actual: span(leg.actual_from, leg.actual_to),
        })),
    })),
    promise: page.promised === null ? null : x(page.promised),
    ticks: marked.filter((_, at) => at % step === 0).map((day) => ({ x: x(day), day })),
  };
}
