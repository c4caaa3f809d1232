import { memo, type ReactNode } from "react";

import { length, lineClass, type ChartModel } from "./model";

function Mark({ mark, fontSize }: { mark: ChartModel["marks"][number]; fontSize: number }): ReactNode {
  const { area } = mark;
  const width = length(area.width);
  const height = length(area.height);
  return (
    <g className={`mark ${mark.kind}`}>
      <title>{mark.label}</title>
      <path d={mark.stem} />
      {width > 0 ? (
        <>
          <rect x={length(area.x)} y={length(area.y)} width={width} height={height} rx={height / 2} />
          <text x={length(area.x) + width / 2} y={length(area.y) + height / 2 + fontSize * 0.35}>
            {mark.text}
          </text>
        </>
      ) : null}
    </g>
  );
}

/**
 * Everything of a chart but its points: one element for each item of the model, in the order and with the classes of
 * the core's own picture writer.
 */
export const Ground = memo(function Ground({ chart }: { chart: ChartModel }): ReactNode {
  const fontSize = length(chart.font_size);
  return (
    <g aria-hidden="true">
      {chart.bands.map((band) => (
        <rect
          key={`${band.x} ${band.y}`}
          className="band"
          x={length(band.x)}
          y={length(band.y)}
          width={length(band.width)}
          height={length(band.height)}
        />
      ))}
      {chart.lines.map((line) => (
        <line
          key={`${line.kind} ${line.x1}`}
          className={lineClass(line)}
          x1={length(line.x1)}
          y1={length(line.y)}
          x2={length(line.x2)}
          y2={length(line.y)}
        />
      ))}
      {chart.strokes.map((stroke) => (
        <path key={stroke.path} className={stroke.bridge ? "line bridge" : "line"} d={stroke.path} />
      ))}
      {chart.marks
        .filter((mark) => mark.kind === "phase")
        .map((mark) => (
          <Mark key={mark.key} mark={mark} fontSize={fontSize} />
        ))}
    </g>
  );
});

/** What lies above the points: threads, the activation, ticks and labels. */
export const Texts = memo(function Texts({ chart }: { chart: ChartModel }): ReactNode {
  return (
    <g aria-hidden="true">
      {chart.marks
        .filter((mark) => mark.kind !== "phase")
        .map((mark) => (
          <Mark key={mark.key} mark={mark} fontSize={length(chart.font_size)} />
        ))}
      {chart.ticks.map((tick) => (
        <text
          key={`${tick.x} ${tick.text}`}
          className="tick"
          x={length(tick.x)}
          y={length(tick.y)}
          textAnchor={tick.anchor}
        >
          {tick.text}
        </text>
      ))}
      {chart.labels.map((label) => (
        <text key={label.kind} className={`label ${label.kind}`} x={length(label.x)} y={length(label.y)}>
          {label.text}
        </text>
      ))}
    </g>
  );
});
