import type { ReactNode } from "react";

import styles from "./Chart.module.css";
import type { ChartModel, ChartPoint } from "./model";

interface TwinProps {
  chart: ChartModel;
  onPick: ((week: string) => void) | undefined;
  onStand?: ((element: Element | null, point: ChartPoint) => void) | undefined;
}

/** The chart as a table: the same weeks in words, the newest first. */
export function Twin({ chart, onPick, onStand }: TwinProps): ReactNode {
  const { columns, numbers, rows } = chart.table;
  const points = new Map(chart.points.map((point) => [point.day, point]));
  const isNumber = (place: number): boolean => place >= 1 && place <= numbers;
  return (
    <div className={styles.scroll}>
      <table className={styles.twin}>
        <caption>{chart.title}</caption>
        <thead>
          <tr>
            {columns.map((column, place) => (
              <th key={column} scope="col" className={isNumber(place) ? styles.number : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map((row) => {
            const point = points.get(row.day);
            const week = point?.week;
            return (
              <tr
                key={row.day}
                data-tone={row.tone}
                ref={(element) => {
                  if (point) onStand?.(element, point);
                }}
              >
                {columns.map((column, place) => {
                  const cell = row.cells[place] ?? "";
                  return (
                    <td key={column} className={isNumber(place) ? styles.number : undefined}>
                      {place === 0 && onPick && week ? (
                        <button type="button" onClick={() => onPick(week)}>
                          {cell}
                        </button>
                      ) : (
                        cell
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
