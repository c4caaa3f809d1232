import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { board as boardOf } from "../../platform/fixture/board";
import { read } from "../../platform/fixture/common";
import { showApp } from "../../test/app";

describe("the board", () => {
  it("shows a row for each KPI and walks them with the arrow keys", async () => {
    const { user, address } = showApp("/");
    const first = await screen.findByRole("link", { name: "On-time delivery" });
    expect(screen.getAllByRole("article")).toHaveLength(4);
    first.focus();
    await user.keyboard("{ArrowUp}");
    expect(first).toHaveFocus();
    await user.keyboard("{ArrowDown}");
    expect(screen.getByRole("link", { name: "Order to cash" })).toHaveFocus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(address()).toBe("/kpi/order-to-cash"));
  });

  it("says how old, how provisional and how few the numbers are", async () => {
    showApp("/");
    expect(await screen.findByText("numbers pulled 2 hours ago")).toBeVisible();
    expect(screen.getByText("provisional: 14 orders still open")).toBeVisible();
    expect(screen.getByText(/fewer than five orders/)).toBeVisible();
    expect(screen.getByText(/weeks 45 and 46 not signed yet/)).toBeVisible();
  });

  it("says how many flags were raised, and leads to them", async () => {
    const { user, address } = showApp("/");
    await user.click(await screen.findByRole("link", { name: "3 flags" }));
    await waitFor(() => expect(address()).toBe("/conversations?inbox=open"));
  });

  it("shows a conversation as a mark on its chart: a link with a name, by mouse and by keyboard", async () => {
    const board = boardOf("en");
    const [first, ...others] = board.rows;
    if (!first) throw new Error("the board has rows");
    const mark = {
      kind: "thread" as const,
      stem: "M20 16L20 40",
      area: { x: 12, y: 2, width: 16, height: 14 },
    };
    const marks = [
      { ...mark, key: "/conversations/t1", text: "1", label: "1 open conversation: Why?", is_closed: false },
      {
        ...mark,
        key: "/kpi/promise-kept?week=2026-W40",
        text: "2",
        label: "2 closed conversations: Was it us? · When?",
        is_closed: true,
      },
    ];
    const rows = [{ ...first, chart: { ...first.chart, marks } }, ...others];
    const { user, address } = showApp("/", { board_read: () => read({ ...board, rows }, "thread") });
    const open = await screen.findByRole("link", { name: "1 open conversation: Why?" });
    const closed = screen.getByRole("link", { name: "2 closed conversations: Was it us? · When?" });
    expect(open.querySelector("g")).toHaveAttribute("class", "mark thread");
    expect(closed.querySelector("g")).toHaveAttribute("class", "mark thread closed");
    expect(open.closest("[aria-hidden]")).toBeNull();
    closed.focus();
    expect(closed).toHaveFocus();
    // Its words stand beside it, and no point's.
    const words = "2 closed conversations: Was it us? · When?";
    expect(await screen.findByText(words, { selector: "div" })).toBeVisible();
    expect(screen.queryByText(/^week \d+ of \d+: /, { selector: "div" })).toBeNull();
    await user.click(open);
    await waitFor(() => expect(address()).toBe("/conversations/t1"));
  });

  it("teaches when nothing is connected", async () => {
    showApp("/", {
      board_read: () => ({
        data: {
          week: null,
          today: "2026-11-18",
          since: { day: "2026-11-11", signals: 0, restated: 0, flags: 0 },
          rows: [],
          departments: [],
          refreshed: null,
          unsigned_weeks: [],
          quarantined: 0,
          integrations: 0,
        },
        provides: ["observation"],
      }),
    });
    expect(await screen.findByRole("link", { name: "Connect a system" })).toBeVisible();
  });

  it("teaches what belongs here when every KPI was taken off", async () => {
    const data = { week: null, rows: [], integrations: 2, departments: [] };
    showApp("/", { board_read: () => ({ data, provides: ["kpi"] }) });
    expect(await screen.findByText(/At most seven numbers belong here/)).toBeVisible();
    expect(screen.getByRole("link", { name: "To the definitions" })).toHaveAttribute("href", "/definitions");
  });

  it("says what happened and what was kept when it cannot be read, and tries again", async () => {
    let broken = true;
    const { user } = showApp("/", {
      board_read: () => {
        if (broken) throw { code: "storage", message: "disk I/O error", detail: null };
        return { data: { week: null, rows: [], integrations: 0, departments: [] }, provides: [] };
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("disk I/O error");
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("No numbers yet")).toBeVisible();
  });

  it("finds anything with Ctrl K and shows the keys with ?", async () => {
    const { user, address } = showApp("/");
    await screen.findAllByRole("article");
    await user.keyboard("?");
    expect(await screen.findByRole("dialog", { name: "Keys" })).toBeVisible();
    await user.keyboard("{Escape}");
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("right first");
    await screen.findByRole("menuitem", { name: /Right first time/ });
    await user.keyboard("{Enter}");
    await waitFor(() => expect(address()).toBe("/kpi/right-first-time"));
  });

  it("takes the first find where Enter comes before the core has answered", async () => {
    const { user, address } = showApp("/", { palette_search: () => new Promise(() => undefined) });
    await screen.findAllByRole("article");
    await user.keyboard("{Control>}k{/Control}right first{Enter}");
    await waitFor(() => expect(address()).toBe("/kpi/right-first-time"));
  });
});
