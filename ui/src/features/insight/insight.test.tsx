import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { read } from "../../platform/fixture/common";
import { insights } from "../../platform/fixture/digest";
import { showApp } from "../../test/app";

const AT = "/meeting/insights";

describe("how people talk", () => {
  it("shows a chart for each measure, and needs by pair of departments", async () => {
    showApp(AT);
    const rating = await screen.findByRole("region", { name: "How the meetings were rated" });
    expect(within(rating).getByRole("group", { name: /./ })).toBeVisible();
    const row = screen.getByRole("row", { name: /Sales.*Logistics/ });
    expect(
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    ).toEqual([expect.stringContaining("Logistics"), "7", "5", "1"]);
  });

  it("ranks nobody: no person is named", async () => {
    showApp(AT);
    const main = await screen.findByRole("main");
    await within(main).findByRole("table");
    expect(main.textContent).not.toMatch(/Ana|Bernd|Chloé|Dimitri/);
  });

  it("shows a measure that it does not know yet under the chart's own name", async () => {
    const found = insights("en");
    const measures = found.measures.slice(0, 1).map((one) => Object.assign({}, one, { measure: "laughs" }));
    showApp(AT, { insight_read: () => read({ measures, needs: [] }, "meeting") });
    expect(
      await screen.findByRole("heading", { level: 2, name: measures[0]?.chart.title ?? "" }),
    ).toBeVisible();
    expect(screen.getByText("No department has asked another one for anything yet.")).toBeVisible();
  });

  it("teaches what will stand here", async () => {
    showApp(AT, { insight_read: () => read({ measures: [], needs: [] }, "meeting") });
    expect(await screen.findByText("Nothing to see yet")).toBeVisible();
  });

  it("says what went wrong", async () => {
    showApp(AT, { insight_read: () => refuse({ code: "storage", message: "disk I/O error", detail: null }) });
    expect(await screen.findByText("disk I/O error")).toBeVisible();
  });
});
