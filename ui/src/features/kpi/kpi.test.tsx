import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { JourneyQuery } from "../../api/bindings";
import { showApp } from "../../test/app";

const PAGE = "/kpi/promise-kept";

describe("the page of a KPI", () => {
  it("opens the part that its address names", async () => {
    showApp(`${PAGE}?tab=signals`);
    expect(await screen.findByRole("tab", { name: /Signals/, selected: true })).toBeVisible();
    expect(screen.getByRole("heading", { name: "Phases" })).toBeVisible();
  });

  it("picks a week on the chart by keyboard, and back leads back", async () => {
    const { user, address } = showApp(PAGE);
    const chart = await screen.findByRole("group", { name: "On-time delivery" });
    const [point] = within(chart).getAllByRole("button", { pressed: true });
    point?.focus();
    await user.keyboard("{ArrowLeft}{Enter}");
    await waitFor(() => expect(address()).toBe(`${PAGE}?week=2026-W45`));
    expect(await screen.findByRole("heading", { name: "Week 45" })).toBeVisible();
    await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
    await waitFor(() => expect(address()).toBe(PAGE));
  });

  it("signs the week with a note", async () => {
    const sign = vi.fn<(args: Record<string, unknown>) => unknown>(() => ({
      data: null,
      invalidates: ["kpi"],
    }));
    const { user } = showApp(PAGE, { week_sign: sign });
    await user.click(await screen.findByRole("button", { name: "Sign the week" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox", { name: "Note (optional)" }), "checked");
    await user.click(within(dialog).getByRole("button", { name: "Sign the week" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sign).toHaveBeenCalledWith({
      kpi: "promise-kept",
      week: "2026-W46",
      revision: 2,
      note: "checked",
    });
  });

  it("leaves a point out only with a reason, and offers to take it back", async () => {
    const ghost = vi.fn<(args: Record<string, unknown>) => unknown>(() => ({
      data: null,
      invalidates: ["kpi"],
    }));
    const unghost = vi.fn<(args: Record<string, unknown>) => unknown>(() => ({
      data: null,
      invalidates: ["kpi"],
    }));
    const { user } = showApp(PAGE, { point_ghost: ghost, point_unghost: unghost });
    await user.click(await screen.findByRole("button", { name: "Leave the point out" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Leave the point out" }));
    expect(ghost).not.toHaveBeenCalled();
    expect(within(dialog).getByText(/Please say why/)).toBeVisible();
    await user.type(within(dialog).getByRole("textbox"), "strike");
    await user.click(within(dialog).getByRole("button", { name: "Leave the point out" }));
    await waitFor(() => expect(ghost).toHaveBeenCalledTimes(1));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(unghost).toHaveBeenCalledWith({ kpi: "promise-kept", department: null, week: "2026-W46" });
  });
});

describe("the journeys", () => {
  it("are asked for sorted, filtered and in slices, and open their order", async () => {
    const asked: JourneyQuery[] = [];
    const { user, address } = showApp(PAGE, {
      kpi_journeys: ({ query }) => {
        const wish = query as JourneyQuery;
        asked.push(wish);
        const row = {
          order: "4711",
          line: "2",
          customer: "Aqua Werke",
          product: null,
          promised: "2026-11-10",
          reached: null,
          days: 3,
          system: null,
          outcome: "missed",
          parts: [],
          value: 10,
          currency: "EUR",
        };
        return { data: { total: 10_000, rows: Array.from({ length: wish.limit }, () => row) }, provides: [] };
      },
    });
    const table = await screen.findByRole("grid");
    expect(table).toHaveAttribute("aria-rowcount", "10001");
    expect((await within(table).findAllByRole("gridcell", { name: "4711 / 2" })).length).toBeLessThan(60);
    expect(asked[0]).toMatchObject({
      missed_only: true,
      sort: "lateness",
      descending: true,
      offset: 0,
      limit: 200,
    });
    await user.click(within(table).getByRole("button", { name: "Customer" }));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ sort: "customer", descending: false }));
    await user.click(screen.getByRole("switch", { name: "Only those that missed" }));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ missed_only: false }));
    const [cell] = await screen.findAllByRole("gridcell", { name: "4711 / 2" });
    cell?.closest<HTMLElement>("[role='row']")?.focus();
    await user.keyboard("{ArrowDown}{Enter}");
    await waitFor(() => expect(address()).toBe("/order/4711/2"));
  });
});
