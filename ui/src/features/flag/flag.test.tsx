import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { Handler } from "../../platform/fixture";
import { changed, read, workspace } from "../../platform/fixture/common";
import { offer } from "../../platform/fixture/thread";
import { showApp } from "../../test/app";

function heard(): ReturnType<typeof vi.fn<Handler>> {
  return vi.fn<Handler>(() => read(offer, "thread"));
}

describe("a flag", () => {
  it("asks about the week that is picked, and leads to the conversation", async () => {
    const asked = heard();
    const open = vi.fn<Handler>(() => changed("t9", "thread"));
    const { user, address } = showApp("/kpi/promise-kept?week=2026-W45", {
      flag_offer: asked,
      thread_open: open,
    });
    await screen.findByRole("heading", { name: "Week 45" });
    await user.keyboard("f");
    const dialog = await screen.findByRole("dialog", { name: "What looks odd?" });
    expect(await within(dialog).findByText("answers for production's part")).toBeVisible();
    const anchor = { on: "week", kpi: "promise-kept", week: "2026-W45", part: null };
    expect(asked.mock.calls[0]?.[0]).toEqual({ language: "en", anchor });
    await user.click(within(dialog).getByRole("button", { name: "Ask" }));
    expect(within(dialog).getByText("Please ask something.")).toBeVisible();
    await user.type(within(dialog).getByRole("textbox", { name: "One plain question" }), "Why?");
    await user.click(within(dialog).getByRole("button", { name: "Ask" }));
    await waitFor(() => expect(address()).toBe("/conversations/t9"));
    expect(open).toHaveBeenCalledWith({ form: { cause: "flag", anchor, question: "Why?", people: [] } });
  });

  it("asks somebody else too", async () => {
    const open = vi.fn<Handler>(() => changed("t9", "thread"));
    const { user } = showApp("/order/4711/1", { thread_open: open });
    await screen.findByRole("heading", { name: "Raw records" });
    await user.keyboard("f");
    const dialog = await screen.findByRole("dialog");
    await user.type(await within(dialog).findByRole("combobox"), "Dim");
    await user.click(await screen.findByRole("option", { name: "Dimitri Orlov" }));
    expect(await within(dialog).findByRole("button", { name: "Do not ask Dimitri Orlov" })).toBeVisible();
    await user.type(within(dialog).getByRole("textbox", { name: "One plain question" }), "Why?");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(open).toHaveBeenCalledTimes(1));
    expect(open.mock.calls[0]?.[0]).toMatchObject({
      form: { people: ["p4"], anchor: { on: "order", integration: "erp-orders", order: "4711", line: "1" } },
    });
  });

  it("asks about what has the focus before what the page shows", async () => {
    const asked = heard();
    const { user } = showApp("/", { flag_offer: asked });
    const row = await screen.findByRole("link", { name: "Order to cash" });
    await user.keyboard("f");
    expect(await screen.findByText(/^Choose first what looks odd/)).toBeVisible();
    row.focus();
    await user.keyboard("f");
    await screen.findByRole("dialog");
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ anchor: { on: "week", kpi: "order-to-cash" } });
  });

  it("asks from the palette about what had the focus", async () => {
    const asked = heard();
    const { user } = showApp("/", { flag_offer: asked });
    (await screen.findByRole("link", { name: "Right first time" })).focus();
    await user.keyboard("{Control>}k{/Control}flag right");
    await user.click(await screen.findByRole("menuitem", { name: /^Flag Right first time, week 46/ }));
    await screen.findByRole("dialog", { name: "What looks odd?" });
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ anchor: { kpi: "right-first-time" } });
    await waitFor(() => expect(screen.getByRole("textbox", { name: "One plain question" })).toHaveFocus());
  });

  it("asks about the run that has the focus", async () => {
    const asked = heard();
    const { user } = showApp("/integrations/erp-orders?tab=runs", { flag_offer: asked });
    const [run] = await screen.findAllByRole("button", { expanded: false, name: /details/i });
    run?.focus();
    await user.keyboard("f");
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ anchor: { on: "run", integration: "erp-orders" } });
  });

  it("asks about the raw record that is open", async () => {
    const asked = heard();
    const { user } = showApp("/order/4711/1?record=r1", { flag_offer: asked });
    await screen.findByRole("heading", { name: /version 1/ });
    await user.keyboard("f");
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ anchor: { on: "record", record: "r1" } });
  });

  it("takes up a signal", async () => {
    const asked = heard();
    const open = vi.fn<Handler>(() => changed("t9", "thread"));
    const { user } = showApp("/kpi/promise-kept?tab=signals", { flag_offer: asked, thread_open: open });
    await user.click(
      await screen.findByRole("button", { name: "Take it up: Nine weeks above the average, Production" }),
    );
    const dialog = await screen.findByRole("dialog", { name: "Take it up" });
    await user.type(within(dialog).getByRole("textbox", { name: "One plain question" }), "Why?");
    await within(dialog).findByText("answers for production's part");
    await user.click(within(dialog).getByRole("button", { name: "Ask" }));
    await waitFor(() => expect(open).toHaveBeenCalledTimes(1));
    expect(open.mock.calls[0]?.[0]).toMatchObject({
      form: { cause: "signal", anchor: { kpi: "promise-kept", week: "2026-W46", part: "production" } },
    });
  });

  it("disputes a split", async () => {
    const asked = heard();
    const { user } = showApp("/order/4711/1", { flag_offer: asked });
    await user.click(await screen.findByRole("button", { name: "Dispute this split" }));
    expect(await screen.findByRole("dialog", { name: "Dispute this split" })).toBeVisible();
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ anchor: { on: "split", order: "4711", line: "1" } });
  });

  it("offers to join who asked before, and lets nobody ask without a name", async () => {
    const { user, address } = showApp("/kpi/promise-kept", {
      flag_offer: () => read({ ...offer, is_somebody: false }, "thread"),
    });
    await user.click(await screen.findByRole("button", { name: /^Talk about it/ }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText(/Nobody asks without a name/)).toBeVisible();
    expect(within(dialog).getByRole("button", { name: "Ask" })).toBeDisabled();
    await user.click(within(dialog).getByRole("button", { name: /^Join: Why did the pumps/ }));
    await waitFor(() => expect(address()).toBe("/conversations/t1"));
  });

  it("is a letter where somebody writes", async () => {
    const { user } = showApp("/conversations/t1");
    const field = await screen.findByRole("textbox", { name: "Message" });
    await user.type(field, "fj");
    expect(field).toHaveValue("fj");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("leaves its marks on the KPI and on the order", async () => {
    const { user, address } = showApp("/kpi/promise-kept");
    await screen.findByRole("heading", { name: "Conversations about this week" });
    const [link] = screen.getAllByRole("link", { name: /Why did the pumps/ });
    if (!link) throw new Error("the open conversation is listed");
    await user.click(link);
    await waitFor(() => expect(address()).toBe("/conversations/t1"));
  });
});

describe("acting for somebody else", () => {
  it("is chosen in the rail, said on every page, and ends", async () => {
    const choose = vi.fn<Handler>(() => changed(null, "workspace"));
    let acting: string | null = null;
    const { user } = showApp("/", {
      acting_choose: (args) => {
        acting = args["person"] as string | null;
        return choose(args);
      },
      start_read: () =>
        read(
          {
            workspace: { ...workspace, acting_for: acting },
            recent: [],
            suggested_folder: "",
            version: "0.1.0",
          },
          "workspace",
        ),
    });
    await user.click(await screen.findByRole("button", { name: "Act for somebody else…" }));
    const dialog = await screen.findByRole("dialog", { name: "Act for somebody else" });
    await user.type(within(dialog).getByRole("combobox"), "Ana");
    await user.click(await screen.findByRole("option", { name: "Ana Ruiz" }));
    await user.click(within(dialog).getByRole("button", { name: "Act for them" }));
    expect(await screen.findByText("Acting for Ana Ruiz on Chloé Martin’s computer")).toBeVisible();
    expect(choose).toHaveBeenLastCalledWith({ person: "p1" });
    await user.click(screen.getByRole("button", { name: "Stop" }));
    await waitFor(() => expect(screen.queryByText(/^Acting for/)).toBeNull());
    expect(choose).toHaveBeenLastCalledWith({ person: null });
  });
});
