import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { Chart } from "./Chart";
import type { ChartModel } from "./model";

// The core's own picture writer and this drawing draw one model: each fixture holds a model and the elements that
// the picture writer makes of it. It is written by `src-tauri/crates/document/tests/parity.rs`.

type Drawn = Record<string, string>;

interface Fixture {
  chart: ChartModel;
  drawn: Drawn[];
}

const files = import.meta.glob<Fixture>("../../../tests/fixtures/chart/*.json", {
  eager: true,
  import: "default",
});

/** What a picture says by an attribute; what only a window needs (keys, names, roles) is not compared. */
const COMPARED = [
  "class",
  "d",
  "x",
  "y",
  "x1",
  "x2",
  "y1",
  "y2",
  "width",
  "height",
  "rx",
  "text-anchor",
] as const;

/** The children's title, or the name that a point has for screen readers. */
function titleOf(element: Element): string | null {
  const child = [...element.children].find((each) => each.tagName === "title");
  return child?.textContent ?? element.getAttribute("aria-label");
}

/** Every element that stands for an item of the model, in the order in which it is painted. */
function drawnBy(svg: Element): Drawn[] {
  const groups = "g[class*='mark ']";
  const items = `rect, line, path, text, ${groups}`;
  return [...svg.querySelectorAll(items)].map((element) => {
    const drawn: Drawn = { name: element.tagName };
    for (const name of COMPARED) {
      const value = element.getAttribute(name);
      if (value !== null) drawn[name] = value;
    }
    const title = titleOf(element);
    if (title !== null) drawn["title"] = title;
    if (element.tagName === "text" && element.textContent) drawn["text"] = element.textContent;
    return drawn;
  });
}

describe("one model, two drawings", () => {
  it("has fixtures", () => {
    expect(Object.keys(files).length).toBeGreaterThan(2);
  });

  it.each(Object.entries(files))("%s is drawn as the picture writer draws it", (_, { chart, drawn }) => {
    const { container } = render(<Chart chart={chart} bare />);
    const svg = container.querySelector("svg[role=group]");
    expect(svg?.getAttribute("viewBox")).toBe(`0 0 ${chart.width} ${chart.height}`);
    expect(svg ? drawnBy(svg) : []).toEqual(drawn);
  });
});
