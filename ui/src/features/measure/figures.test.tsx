import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { FigureFileLook } from "../../api/bindings";
import { refuse } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { look } from "../../platform/fixture/measure";
import { showApp } from "../../test/app";

type Args = Record<string, unknown>;

const pick = vi.hoisted(() => vi.fn<() => Promise<string[]>>());
vi.mock("../../platform/dialog", () => ({ pickFiles: pick, pickSave: vi.fn(), pickFolder: vi.fn() }));

const FILES = "/kpi/forecast-accuracy/files";
const AT = `${FILES}?path=%2Fdata%2Faccuracy.csv`;

vi.setConfig({ testTimeout: 60_000 });

describe("a file with weeks of a measure", () => {
  it("is chosen on the measure’s page and looked at before anything is done", async () => {
    pick.mockResolvedValue(["/data/accuracy.csv"]);
    const asked = vi.fn<(args: Args) => unknown>(() => read(look, "kpi"));
    const { user, address } = showApp("/kpi/forecast-accuracy", { figure_file_look: asked });
    await user.click(await screen.findByRole("button", { name: "Bring a file" }));
    await waitFor(() => expect(address()).toBe(AT));
    const region = await screen.findByRole("region", { name: "What accuracy.csv says" });
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ path: "/data/accuracy.csv", columns: null });
    expect(within(region).getByText(/1 week new · 1 week changes/)).toBeVisible();
    expect(within(region).getByText("It was signed: this restates it.")).toBeVisible();
    expect(within(region).getByText("“ninety” is not a number.")).toBeVisible();
  });

  it("needs a reason where weeks change, and names the look that it publishes", async () => {
    const bring = vi
      .fn<(args: Args) => unknown>()
      .mockImplementationOnce(() =>
        refuse({
          code: "invalid",
          message: "reason: say why",
          fields: [{ field: "reason", words: "Please say why." }],
        }),
      )
      .mockImplementation(() => changed({ figures: "f3", is_held: false, weeks: 2 }, "kpi"));
    const { user, address } = showApp(AT, { figure_file_bring: bring });
    const publish = await screen.findByRole("button", { name: "Publish 2 weeks" });
    await user.click(publish);
    expect(await screen.findByText("Please say why.")).toBeVisible();
    await user.type(
      screen.getByRole("textbox", { name: "Why do weeks change that had a value?" }),
      "a late forecast",
    );
    await user.click(screen.getByRole("button", { name: "Publish 2 weeks" }));
    await waitFor(() => expect(address()).toBe("/kpi/forecast-accuracy"));
    expect(bring.mock.calls[1]?.[0]).toMatchObject({
      path: "/data/accuracy.csv",
      seen: "looked",
      reason: "a late forecast",
      columns: look.chosen,
    });
  });

  it("is read again when a person says what a column is", async () => {
    const asked = vi.fn<(args: Args) => unknown>(() => read(look, "kpi"));
    const { user } = showApp(AT, { figure_file_look: asked });
    await screen.findByRole("button", { name: "Publish 2 weeks" });
    await user.click(screen.getByRole("radio", { name: "a comma (1.234,5)" }));
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
    expect(asked.mock.calls[1]?.[0]["columns"]).toEqual({ ...look.chosen, decimal_comma: true });
    await user.click(screen.getByRole("radio", { name: "Each in a row of its own" }));
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(3));
    expect(asked.mock.calls[2]?.[0]["columns"]).toMatchObject({ parts: {}, department: null });
  });

  it("cannot be published while something has to be said, or while another file waits", async () => {
    const faulty: FigureFileLook = {
      ...look,
      faults: [{ field: "decimal_comma", words: "Say whether decimals follow a comma or a point." }],
      weeks: [],
    };
    const shown = showApp(AT, { figure_file_look: () => read(faulty, "kpi") });
    expect(await screen.findByText("Say whether decimals follow a comma or a point.")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Publish/ })).toBeNull();
    expect(shown.address()).toBe(AT);
  });

  it("that others must decide about first is not brought", async () => {
    showApp(AT, { figure_file_look: () => read({ ...look, waiting: "f2" }, "kpi") });
    expect(await screen.findByRole("button", { name: "Publish 2 weeks" })).toBeDisabled();
    expect(screen.getByRole("link", { name: "Decide about it first" })).toBeVisible();
  });

  it("that says nothing new offers nothing to publish", async () => {
    const same = { ...look, weeks: [], new: 0, changed: 0, same: 2, refused: 0, refused_rows: [] };
    showApp(AT, { figure_file_look: () => read(same, "kpi") });
    expect(await screen.findByText(/there is nothing to publish/)).toBeVisible();
    expect(screen.queryByRole("button", { name: /Publish/ })).toBeNull();
  });

  it("that cannot be read says why, and lets a person try again", async () => {
    showApp(AT, {
      figure_file_look: () => refuse({ code: "invalid", message: "file: too large", fields: [] }),
    });
    expect(await screen.findByText(/too large/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});

describe("a file that was brought", () => {
  it("is let in with a reason, or turned away", async () => {
    const decide = vi.fn<(args: Args) => unknown>(() => changed(null, "kpi"));
    const { user } = showApp(`${FILES}/f2`, { figure_file_decide: decide });
    expect(await screen.findByText(/1.25 points apart/)).toBeVisible();
    await user.type(screen.getByRole("textbox", { name: "Why?" }), "rounding at the source");
    await user.click(screen.getByRole("button", { name: "Publish it all the same" }));
    await waitFor(() => expect(decide).toHaveBeenCalledTimes(1));
    expect(decide.mock.calls[0]?.[0]).toMatchObject({
      figures: "f2",
      publish: true,
      seen: "looked",
      reason: "rounding at the source",
    });
  });

  it("leads from a week to the row that said it", async () => {
    const { user, address } = showApp(FILES);
    await user.click(await screen.findByRole("link", { name: "accuracy-week-47.csv" }));
    await user.click(await screen.findByRole("link", { name: "Show the rows of week 47, 2026" }));
    await waitFor(() => expect(address()).toBe(`${FILES}/f2?week=2026-W47`));
    const rows = await screen.findByRole("region", { name: "The row behind week 47, 2026" });
    expect(within(rows).getByRole("rowheader", { name: "48" })).toBeVisible();
    expect(within(rows).getByText("44.5")).toBeVisible();
  });

  it("teaches what a file is where there is none", async () => {
    showApp(FILES, {
      figure_file_list: () => read({ measure: look.measure, files: [] }, "kpi"),
    });
    expect(await screen.findByText("No file was brought yet")).toBeVisible();
  });
});
