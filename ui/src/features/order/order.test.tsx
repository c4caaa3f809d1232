import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { showApp } from "../../test/app";
import { page } from "../../platform/fixture/order";
import { lanes } from "./lanes";

describe("the page of an order", () => {
  it("writes the lateness out as the sum that it is", async () => {
    showApp("/order/4711/1");
    const table = (await screen.findByRole("rowheader", { name: "Lateness" })).closest(
      "table",
    ) as HTMLElement;
    const days = within(table)
      .getAllByRole("row")
      .map((row) => within(row).getAllByRole("cell").at(-1)?.textContent);
    expect(days).toEqual(["−3", "0", "+6", "+1", "0", "4"]);
    expect(screen.getByText("4 late days, and whose")).toBeVisible();
  });

  it("shows both splits, who agreed, why, and where", async () => {
    const said = { person: "p1", name: "Bea Sand", on_device_of: null, at: "2026-11-18T09:00:00Z" };
    const agreed = {
      shares: [{ department: "sales", percent: 40 }],
      reason: "The date was promised without asking",
      said,
      thread: "t2",
    };
    const split = {
      counted: page.shares,
      agreed,
      is_in_force: true,
      has_changed: true,
      late_days_then: 2,
      earlier: [
        { ...agreed, shares: [], reason: "Too quick", said: { ...said, at: "2026-11-17T09:00:00Z" } },
      ],
    };
    const data = { ...page, split };
    const { user } = showApp("/order/4711/1", { order_read: () => ({ data, provides: [] }) });
    expect(await screen.findByText("Whose the miss is, as agreed")).toBeVisible();
    expect(screen.getByText("By the milestones")).toBeVisible();
    expect(screen.getByText("The date was promised without asking")).toBeVisible();
    expect(screen.getByText(/Bea Sand, 18 Nov/)).toBeVisible();
    expect(screen.getByText(/the line was 2 days late then/)).toBeVisible();
    await user.click(screen.getByText("1 earlier word"));
    expect(screen.getByText("Taken back: the milestones count")).toBeVisible();
    const [link] = screen.getAllByRole("link", { name: "To the conversation" });
    expect(link).toHaveAttribute("href", expect.stringContaining("/conversations/t2"));
  });

  it("offers no dispute where nothing was missed", async () => {
    const data = { ...page, outcome: "kept", split: null };
    showApp("/order/4711/1", { order_read: () => ({ data, provides: [] }) });
    await screen.findByRole("rowheader", { name: "Lateness" });
    expect(screen.queryByRole("button", { name: "Dispute this split" })).toBeNull();
  });

  it("shows the legs as a table too", async () => {
    const { user } = showApp("/order/4711/1");
    await user.click(await screen.findByRole("button", { name: "Table" }));
    const row = screen.getByText("confirmed → produced").closest("tr") as HTMLElement;
    expect(
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    ).toEqual([
      "confirmed → produced",
      expect.stringContaining("Production"),
      "3 Mar 2026 to 9 Mar 2026",
      "3 Mar 2026 to 15 Mar 2026",
      "6",
      "12",
      "+6",
    ]);
  });

  it("opens a raw record with its versions, at an address of its own", async () => {
    const { user, address } = showApp("/order/4711/1");
    await user.click(await screen.findByRole("button", { name: /Abas ERP/, expanded: false }));
    await waitFor(() => expect(address()).toBe("/order/4711/1?record=r1"));
    expect(await screen.findByRole("heading", { name: /version 1/ })).toBeVisible();
    expect(screen.getByText("was empty")).toBeVisible();
    expect(screen.getByText(/owner: Dimitri Orlov/)).toBeVisible();
  });

  it("says in which days an open order is late, and up to when", async () => {
    const [running] = page.legs.slice(-1);
    if (!running) throw new Error("the fixture has legs");
    const open = {
      ...page,
      reached: null,
      working_days: true,
      lateness_days: 5,
      legs: [...page.legs.slice(0, -1), { ...running, running: true, actual_to: "2026-03-23" }],
    };
    showApp("/order/4711/1", { order_read: () => ({ data: open, provides: [] }) });
    expect(
      await screen.findByText(/5 working days late\. \(measured to 23 Mar 2026, since it is still open\)/),
    ).toBeVisible();
  });

  it("says that the number stands in two systems, and opens the other at an address of its own", async () => {
    const systems = ["Abas ERP", "Shop 24"];
    const { user, address } = showApp("/order/4711/1", {
      order_read: ({ system }) => ({
        data: { ...page, systems, system: typeof system === "string" ? system : "Abas ERP" },
        provides: [],
      }),
    });
    const choice = await screen.findByRole("navigation", { name: "Systems with this number" });
    expect(choice).toHaveTextContent("This order number stands in 2 systems. This is the order of Abas ERP.");
    await user.click(within(choice).getByRole("link", { name: "Show that of Shop 24" }));
    await waitFor(() => expect(address()).toBe("/order/4711/1?system=Shop+24"));
    expect(await screen.findByText(/This is the order of Shop 24/)).toBeVisible();
    expect(screen.getByRole("link", { name: "line 2" })).toHaveAttribute(
      "href",
      expect.stringContaining("system=Shop"),
    );
  });

  it("says nothing of systems where there is one", async () => {
    showApp("/order/4711/1");
    await screen.findByRole("rowheader", { name: "Lateness" });
    expect(screen.queryByRole("navigation", { name: "Systems with this number" })).toBeNull();
  });

  it("says so when there is no such order", async () => {
    showApp("/order/0/1");
    expect(await screen.findByRole("alert")).toHaveTextContent("Order 0, line 1 is not in this workspace.");
  });
});

describe("the lanes", () => {
  it("keep everything between their edges, in the order of the days", () => {
    const drawing = lanes(page, 100, 900);
    expect(drawing.lanes.map((lane) => lane.id)).toEqual(["sales", "production", "logistics"]);
    for (const { planned, actual } of drawing.lanes.flatMap((lane) => lane.legs)) {
      for (const span of [planned, actual]) {
        expect(span?.x).toBeGreaterThanOrEqual(100);
        expect((span?.x ?? 0) + (span?.width ?? 0)).toBeLessThanOrEqual(903);
      }
    }
    expect(drawing.promise).toBeGreaterThan(100);
  });

  it("are empty for an order without a date", () => {
    const bare = { ...page, legs: [], promised: null, reached: null };
    expect(lanes(bare, 0, 100)).toEqual({ lanes: [], promise: null, ticks: [] });
  });
});
