import { useCallback } from "react";

import type { KpiKind } from "../../api/bindings";
import type { ChartPoint } from "../../charts/model";
import { useKpiWords } from "../board/words";
import { type Place, type Thing, useStand, useThings } from "./thing";

/** What a chart tells of its points, and how the menu of one is offered: spread onto it. */
interface ChartThings {
  onStand: (element: Element | null, point: ChartPoint) => void;
  onMenu: (point: ChartPoint, place: Place) => void;
}

/** The points of a KPI's chart, or of one part's, as things that can be flagged, copied and opened. */
export function useChartThings(kpi: KpiKind, title: string, department: string | null = null): ChartThings {
  const words = useKpiWords();
  const { offer } = useThings();
  const stand = useStand();
  const thing = useCallback(
    ({ week, text }: ChartPoint): Thing => ({
      name: `${title}, ${words.weekInYear(week)}`,
      flag: { anchor: { on: "week", kpi, week, part: department } },
      value: text,
      address: `/kpi/${kpi}?week=${week}${department === null ? "" : `&department=${department}`}`,
    }),
    [kpi, title, department, words],
  );
  return {
    onStand: (element, point) => stand(element, thing(point)),
    onMenu: (point, place) => offer(thing(point), place),
  };
}
