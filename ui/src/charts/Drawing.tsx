import { useRouter } from "@tanstack/react-router";
import { memo, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";

import { length, lineClass, markClass, type ChartMark, type ChartModel } from "./model";

function Mark({ mark, fontSize }: { mark: ChartMark; fontSize: number }): ReactNode {
  const { area } = mark;
  const width = length(area.width);
  const height = length(area.height);
  return (
    <g className={markClass(mark)}>
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

/** The threads of a chart, each a link to where it is read. */
export const Threads = memo(function Threads({
  chart,
  onTell,
}: {
  chart: ChartModel;
  /** A mark has the focus or the pointer, or none has. */
  onTell: (mark: ChartMark | null) => void;
}): ReactNode {
  return (
    <g>
      {chart.marks
        .filter((mark) => mark.kind === "thread")
        .map((mark) => (
          <MarkLink key={mark.key} mark={mark} onTell={onTell}>
            <Mark mark={mark} fontSize={length(chart.font_size)} />
          </MarkLink>
        ))}
    </g>
  );
});

/** A mark that leads somewhere; without a window around it (a test's) it is only drawn. */
function MarkLink({
  mark,
  onTell,
  children,
}: {
  mark: ChartMark;
  onTell: (mark: ChartMark | null) => void;
  children: ReactNode;
}): ReactNode {
  const router = useRouter({ warn: false }) as ReturnType<typeof useRouter> | undefined;
  if (!router) return children;
  const go = (event: MouseEvent): void => {
    // A press on the mark is none on the point below it.
    event.stopPropagation();
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.history.push(mark.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") event.stopPropagation();
  };
  return (
    <a
      href={router.history.createHref(mark.key)}
      aria-label={mark.label}
      onClick={go}
      onKeyDown={onKeyDown}
      // What has the focus or the pointer is the mark, not the nearest point.
      onFocus={(event) => {
        event.stopPropagation();
        onTell(mark);
      }}
      onBlur={() => onTell(null)}
      onPointerEnter={() => onTell(mark)}
      onPointerLeave={() => onTell(null)}
    >
      {children}
    </a>
  );
}

/** What lies above the points: the activation, ticks and labels. */
export const Texts = memo(function Texts({ chart }: { chart: ChartModel }): ReactNode {
  return (
    <g aria-hidden="true">
      {chart.marks
        .filter((mark) => mark.kind === "activation")
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
