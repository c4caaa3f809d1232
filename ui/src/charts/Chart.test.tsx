import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import en from "../platform/fixture/charts/en.json";
import { Chart } from "./Chart";
import { lineClass, nearest, pointClass, walk, type ChartModel } from "./model";

const chart = en["promise-kept"].chart as unknown as ChartModel;
const phased = en["late-backlog/large"].chart as unknown as ChartModel;
const last = chart.points.length - 1;

function name(place: number): string {
  return chart.points[place]?.label ?? "";
}

describe("the drawing", () => {
  it("has one element for each item of the model, with the classes of the picture writer", () => {
    const { container } = render(<Chart chart={phased} />);
    const svg = container.querySelector("svg[viewBox='0 0 900 264']");
    const all = (selector: string): Element[] => [...(svg?.querySelectorAll(selector) ?? [])];
    expect(all("rect.band")).toHaveLength(phased.bands.length);
    expect(all("line.mean, line.limit, line.target").map((line) => line.getAttribute("class"))).toEqual(
      phased.lines.map(lineClass),
    );
    expect(all("path.line").map((path) => path.getAttribute("d"))).toEqual(
      phased.strokes.map((stroke) => stroke.path),
    );
    expect(all("path.point").map((path) => [path.getAttribute("class"), path.getAttribute("d")])).toEqual(
      phased.points.map((point) => [pointClass(point), point.outline]),
    );
    expect(all("g.mark")).toHaveLength(phased.marks.length);
    expect(all("text.tick").map((text) => text.textContent)).toEqual(phased.ticks.map((tick) => tick.text));
    expect(all("text.label").map((text) => text.textContent)).toEqual(
      phased.labels.map((label) => label.text),
    );
    expect(phased.marks.length).toBeGreaterThan(0);
  });

  it("tells a screen reader its summary", () => {
    render(<Chart chart={chart} />);
    expect(screen.getByRole("group", { name: chart.title })).toHaveAccessibleDescription(chart.summary);
  });

  it("never tells a signal by colour alone", () => {
    for (const point of chart.points) {
      expect(point.shape === "circle", point.label).toBe(point.tone === "plain");
    }
  });
});

describe("keys", () => {
  it("has one stop for Tab, the newest point", async () => {
    render(<Chart chart={chart} onPick={() => {}} />);
    const stops = within(screen.getByRole("group", { name: chart.title }))
      .getAllByRole("button")
      .filter((point) => point.getAttribute("tabindex") === "0");
    expect(stops).toHaveLength(1);
    expect(stops[0]).toHaveAccessibleName(name(last));
  });

  it("walks the points and picks one", async () => {
    const user = userEvent.setup();
    const onPick = vi.fn<(week: string) => void>();
    render(<Chart chart={chart} onPick={onPick} />);
    await user.tab();
    await user.tab();
    expect(document.activeElement).toHaveAccessibleName(name(last));
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement).toHaveAccessibleName(name(last));
    await user.keyboard("{ArrowLeft}{ArrowLeft}");
    expect(document.activeElement).toHaveAccessibleName(name(last - 2));
    await user.keyboard("{Home}");
    expect(document.activeElement).toHaveAccessibleName(name(0));
    await user.keyboard("{ArrowLeft}{ArrowRight}{Enter}");
    expect(onPick.mock.calls).toEqual([[chart.points[1]?.week]]);
    await user.keyboard("{End} ");
    expect(onPick).toHaveBeenLastCalledWith(chart.points[last]?.week);
  });

  it("leaves keys with a modifier to the window", async () => {
    const user = userEvent.setup();
    render(<Chart chart={chart} onPick={() => {}} />);
    await user.tab();
    await user.tab();
    await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
    expect(document.activeElement).toHaveAccessibleName(name(last));
  });

  it("begins at the week that is picked", () => {
    const week = chart.points[10]?.week;
    render(<Chart chart={chart} week={week} onPick={() => {}} />);
    const pressed = screen.getAllByRole("button", { pressed: true });
    expect(pressed).toHaveLength(1);
    expect(pressed[0]).toHaveAccessibleName(name(10));
    expect(pressed[0]).toHaveAttribute("tabindex", "0");
  });
});

describe("the table twin", () => {
  it("says the same weeks, the newest first, and picks them", async () => {
    const user = userEvent.setup();
    const onPick = vi.fn<(week: string) => void>();
    render(<Chart chart={chart} onPick={onPick} />);
    await user.click(screen.getByRole("button", { name: /as a table/ }));
    const table = screen.getByRole("table", { name: chart.title });
    const rows = within(table).getAllByRole("row");
    expect(rows).toHaveLength(chart.table.rows.length + 1);
    const [, newest] = rows;
    expect(
      within(newest as HTMLElement)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    ).toEqual(chart.table.rows.at(-1)?.cells);
    await user.click(within(newest as HTMLElement).getByRole("button"));
    expect(onPick).toHaveBeenCalledWith(chart.points[last]?.week);
    await user.click(screen.getByRole("button", { name: /as a chart/ }));
    expect(screen.queryByRole("table")).toBeNull();
  });
});

describe("helpers", () => {
  it.each([
    ["ArrowLeft", 0, 0],
    ["ArrowLeft", 5, 4],
    ["ArrowRight", 9, 9],
    ["Home", 5, 0],
    ["End", 5, 9],
    ["a", 5, undefined],
  ])("%s from %i leads to %s", (key, from, to) => {
    expect(walk(key, from, 10)).toBe(to);
  });

  it("finds the point nearest to the pointer, and none on an empty chart", () => {
    expect(nearest(chart.points, -50)).toBe(0);
    expect(nearest(chart.points, 5000)).toBe(last);
    expect(nearest([], 10)).toBe(-1);
  });
});
