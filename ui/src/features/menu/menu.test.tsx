import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { Handler } from "../../platform/fixture";
import { read } from "../../platform/fixture/common";
import { offer } from "../../platform/fixture/thread";
import { showApp } from "../../test/app";

const copied = vi.hoisted(() => vi.fn<(text: string) => Promise<boolean>>(() => Promise.resolve(true)));
vi.mock("../start/copy", () => ({ copyText: copied }));

/** The names of a menu's entries, in their order. */
function entriesOf(menu: HTMLElement): (string | null)[] {
  return within(menu)
    .getAllByRole("menuitem")
    .map((entry) => entry.textContent);
}

describe("the menu of what is pointed at", () => {
  it("opens by Shift and F10 on a point, is walked with arrows, and gives the focus back on Escape", async () => {
    const { user } = showApp("/kpi/promise-kept?week=2026-W45");
    const [point] = await screen.findAllByRole("button", { name: /^week 45 of 2026: / });
    if (!point) throw new Error("the chart has the point of week 45");
    point.focus();
    await user.keyboard("{Shift>}{F10}{/Shift}");
    const menu = await screen.findByRole("menu", {
      name: /^What can be done with On-time delivery, week 45/,
    });
    expect(entriesOf(menu)).toEqual([
      "Flag…",
      expect.stringMatching(/^Copy “[\d.]+%”$/) as unknown as string,
      "Open",
    ]);
    await waitFor(() => expect(within(menu).getByRole("menuitem", { name: "Flag…" })).toHaveFocus());
    await user.keyboard("{ArrowDown}");
    expect(within(menu).getByRole("menuitem", { name: /^Copy/ })).toHaveFocus();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
    await waitFor(() => expect(point).toHaveFocus());
  });

  it("flags the point, not the week that is picked", async () => {
    const asked = vi.fn<Handler>(() => read(offer, "thread"));
    const { user } = showApp("/kpi/promise-kept?week=2026-W45", { flag_offer: asked });
    const [point] = await screen.findAllByRole("button", { name: /^week 40 of 2026: / });
    if (!point) throw new Error("the chart has the point of week 40");
    fireEvent.contextMenu(point, { button: 2, clientX: 200, clientY: 120 });
    await user.click(await screen.findByRole("menuitem", { name: "Flag…" }));
    expect(await screen.findByRole("dialog", { name: "What looks odd?" })).toBeVisible();
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls[0]?.[0]).toMatchObject({
      anchor: { on: "week", kpi: "promise-kept", week: "2026-W40", part: null },
    });
  });

  it("copies a part's value on the board, and opens the part", async () => {
    const { user, address } = showApp("/");
    const [production] = await screen.findAllByText("7.4");
    if (!production) throw new Error("production has its part");
    fireEvent.contextMenu(production, { button: 2, clientX: 10, clientY: 10 });
    await user.click(await screen.findByRole("menuitem", { name: "Copy “7.4”" }));
    expect(copied).toHaveBeenCalledWith("7.4");
    expect(await screen.findByText("“7.4” is copied.")).toBeVisible();
    fireEvent.contextMenu(production, { button: 2, clientX: 10, clientY: 10 });
    await user.click(await screen.findByRole("menuitem", { name: "Open" }));
    await waitFor(() => expect(address()).toBe("/kpi/promise-kept?week=2026-W46&department=production"));
  });

  it("flags an order line of a table where it stands", async () => {
    const asked = vi.fn<Handler>(() => read(offer, "thread"));
    const { user } = showApp("/kpi/promise-kept", { flag_offer: asked });
    const grid = await screen.findByRole("grid");
    const [row] = within(grid).getAllByRole("row").slice(1);
    if (!row) throw new Error("there are order lines");
    row.focus();
    await user.keyboard("{ContextMenu}");
    await user.click(await screen.findByRole("menuitem", { name: "Flag…" }));
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ anchor: { on: "order", integration: "erp-orders" } });
  });

  it("has a menu on a run, which leads to its trail", async () => {
    const { user, address } = showApp("/integrations/erp-orders?tab=runs");
    const [run] = await screen.findAllByRole("button", { expanded: false, name: /details/i });
    run?.focus();
    await user.keyboard("{Shift>}{F10}{/Shift}");
    expect(await screen.findByRole("menu", { name: /^What can be done with Run of/ })).toBeVisible();
    await user.click(screen.getByRole("menuitem", { name: "Open" }));
    await waitFor(() => expect(address()).toBe("/integrations/erp-orders?tab=trail"));
  });

  it("has a menu on a raw record", async () => {
    showApp("/order/4711/1");
    const [record] = await screen.findAllByRole("button", { expanded: false, name: /ERP/ });
    if (!record) throw new Error("there are raw records");
    fireEvent.contextMenu(record, { button: 2, clientX: 10, clientY: 10 });
    const menu = await screen.findByRole("menu", { name: /^What can be done with Abas ERP/ });
    expect(entriesOf(menu)[0]).toBe("Flag…");
  });

  it("leaves texts that are written their own menu", async () => {
    showApp("/conversations/t1");
    const field = await screen.findByRole("textbox", { name: "Message" });
    expect(fireEvent.contextMenu(field, { button: 2 })).toBe(true);
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("is in the palette by its name", async () => {
    const asked = vi.fn<Handler>(() => read(offer, "thread"));
    const { user } = showApp("/kpi/promise-kept?week=2026-W45", { flag_offer: asked });
    await screen.findByRole("heading", { name: "Week 45" });
    await user.keyboard("{Control>}k{/Control}");
    expect(await screen.findByRole("menuitem", { name: /^Copy “/ })).toBeVisible();
    await user.click(screen.getByRole("menuitem", { name: /^Flag On-time delivery, week 45/ }));
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ anchor: { week: "2026-W45" } });
  });
});
