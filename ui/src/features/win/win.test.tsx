import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { refuse, type Handlers } from "../../platform/fixture";
import { changed, people, read } from "../../platform/fixture/common";
import { items, run } from "../../platform/fixture/meeting";
import { card, wall, win } from "../../platform/fixture/win";
import * as dialog from "../../platform/dialog";
import * as place from "../../platform/screen";
import { showApp } from "../../test/app";
import { fileName } from "./useShare";

let calls: [string, Record<string, unknown>][] = [];

function heard(names: string[], data: unknown = null): Handlers {
  return Object.fromEntries(
    names.map((name) => [
      name,
      (args: Record<string, unknown>) => {
        calls.push([name, args]);
        return changed(data, "win");
      },
    ]),
  );
}

beforeEach(() => {
  calls = [];
});

const SAVED = "The night shift saved Aqua Werke’s order";

describe("a win is recorded", () => {
  it("by a key, a sentence and Enter", async () => {
    // The core takes its time: the dialog stays, and the focus in it.
    const { user } = showApp("/wins", {
      win_record: (args) => {
        calls.push(["win_record", args]);
        return new Promise(() => {});
      },
    });
    await screen.findByText("Q4 2026");
    await user.keyboard("w");
    const form = await screen.findByRole("dialog", { name: "Record a win" });
    await waitFor(() => expect(within(form).getByRole("textbox", { name: /What was won/ })).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(within(form).getByText("Say what was won.")).toBeVisible();
    expect(calls).toEqual([]);
    await user.keyboard("Saved{Enter}");
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]?.[1]["form"]).toMatchObject({ title: "Saved", on: "", orders: "" });
  });

  it("names a customer of the systems, or any other", async () => {
    const { user, address } = showApp("/wins?record=true", heard(["win_record"], "w1"));
    const form = await screen.findByRole("dialog", { name: "Record a win" });
    await user.type(within(form).getByRole("textbox", { name: /What was won/ }), "Saved");
    const customer = within(form).getByRole("combobox", { name: "Customer" });
    await user.type(customer, "kusten");
    await user.click(await screen.findByRole("option", { name: "Küstenmühlen AG" }));
    expect(customer).toHaveValue("Küstenmühlen AG");
    await user.clear(customer);
    await user.type(customer, "Somebody new");
    await user.click(within(form).getByRole("button", { name: "Record" }));
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]?.[1]["form"]).toMatchObject({ customer: "Somebody new" });
    await waitFor(() => expect(address()).toBe("/wins/w1"));
  });

  it("and the way back from it asks for no other", async () => {
    const { user, address, back } = showApp("/wins", heard(["win_record"], "w1"));
    await screen.findByText("Q4 2026");
    await user.keyboard("w");
    const form = await screen.findByRole("dialog", { name: "Record a win" });
    await user.type(within(form).getByRole("textbox", { name: /What was won/ }), "Saved");
    // Not by Enter: a field that goes while it has the focus changes in the middle of a drawing.
    await user.click(within(form).getByRole("button", { name: "Record" }));
    await waitFor(() => expect(address()).toBe("/wins/w1"));
    act(back);
    await screen.findByText("Q4 2026");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(address()).toBe("/wins");
  });

  it("keeps what was typed where the core refuses it", async () => {
    const fields = [{ field: "orders", words: "there is no order “9” here" }];
    const { user } = showApp("/wins?record=true", {
      win_record: () => refuse({ code: "invalid", message: "no", fields }),
    });
    const form = await screen.findByRole("dialog", { name: "Record a win" });
    await user.type(within(form).getByRole("textbox", { name: /Orders/ }), "9");
    await user.type(within(form).getByRole("textbox", { name: /What was won/ }), "Saved{Enter}");
    expect(await within(form).findByText(/there is no order “9” here/)).toBeVisible();
    expect(within(form).getByRole("textbox", { name: /What was won/ })).toHaveValue("Saved");
  });
});

describe("the wall", () => {
  it("teaches what a win is where there is none, and says what went wrong where it cannot be read", async () => {
    let answers = 0;
    const { user } = showApp("/wins", {
      win_wall: () => {
        answers += 1;
        return answers === 1
          ? refuse({ code: "internal", message: "The disk is full.", detail: null })
          : read({ ...wall, quarters: [], suggestions: [], years: [] }, "win");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByText("No wins yet")).toBeVisible();
  });

  it("stands by quarter, and says gently where only one department is named", async () => {
    showApp("/wins");
    const quarter = await screen.findByRole("region", { name: "Q3 2026" });
    expect(within(quarter).getByText(/All 3 wins name only Sales/)).toBeVisible();
    const latest = screen.getByRole("region", { name: "Q4 2026" });
    expect(within(latest).getByRole("link", { name: SAVED })).toHaveAttribute("href", "/wins/w1");
  });

  it("of a company with many wins is drawn piece by piece", async () => {
    const [quarter] = wall.quarters;
    const [one] = quarter?.wins ?? [];
    if (quarter === undefined || one === undefined) throw new Error("the fixture has wins");
    const wins = Array.from({ length: 70 }, (_, nth) => ({
      ...one,
      win: `w${nth}`,
      title: `Win ${nth + 1}`,
    }));
    const { user } = showApp("/wins", {
      win_wall: () => read({ ...wall, quarters: [{ ...quarter, wins }] }, "win"),
    });
    const section = await screen.findByRole("region", { name: "Q4 2026" });
    expect(within(section).getAllByRole("listitem")).toHaveLength(60);
    expect(within(section).getByText("60 of 70")).toBeVisible();
    await user.click(within(section).getByRole("button", { name: "Show 10 more" }));
    expect(within(section).getAllByRole("listitem")).toHaveLength(70);
    expect(within(section).queryByRole("button", { name: /^Show/ })).toBeNull();
  });

  it("offers what may be a win, and lets it be dismissed and had again", async () => {
    const { user } = showApp("/wins", heard(["win_dismiss"]));
    await user.click(await screen.findByRole("button", { name: /^Not a win/ }));
    await waitFor(() => expect(calls).toEqual([["win_dismiss", { signal: "g7", isDismissed: true }]]));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(calls[1]).toEqual(["win_dismiss", { signal: "g7", isDismissed: false }]));
  });

  it("records what is suggested with its signal", async () => {
    const { user } = showApp("/wins", heard(["win_record"], "w9"));
    await user.click(await screen.findByRole("button", { name: /^Record it/ }));
    const form = await screen.findByRole("dialog", { name: "Record a win" });
    await user.click(within(form).getByRole("button", { name: "Record" }));
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]?.[1]["form"]).toMatchObject({
      title: "Right first time turned to the better",
      signal: "g7",
    });
  });
});

describe("a win", () => {
  it("says why somebody is proposed, and from what", async () => {
    showApp("/wins/w1");
    const proposed = await screen.findByRole("region", { name: "Who else may have had a part" });
    expect(within(proposed).getByText(/Kept its time on all 4 legs/)).toBeVisible();
    expect(within(proposed).getByText(/Read from 4 order lines of Aqua Werke/)).toBeVisible();
  });

  it("is told in other words without touching what stays", async () => {
    const { user } = showApp("/wins/w1", heard(["win_change"]));
    await user.click(await screen.findByRole("button", { name: "Change…" }));
    const form = await screen.findByRole("dialog", { name: "Tell it in other words" });
    await user.type(within(form).getByRole("textbox", { name: /The story/ }), " And tested.");
    await user.click(within(form).getByRole("button", { name: "Save" }));
    const change = {
      title: null,
      story: "The bench was taken until Thursday. And tested.",
      on: null,
      customer: null,
      orders: null,
    };
    await waitFor(() => expect(calls).toEqual([["win_change", { win: "w1", change }]]));
  });

  it("says why a name was taken off, and names it again", async () => {
    const off = {
      contributor: { who: "department" as const, department: "finance" },
      name: "Finance",
      department: "finance",
      taken_off: { reason: "They heard of it afterwards.", said: win.said },
    };
    const { user } = showApp("/wins/w1", {
      win_read: () => read({ ...win, taken_off: [off] }, "win"),
      ...heard(["contributor_name"]),
    });
    expect(await screen.findByText("Taken off by Chloé Martin: They heard of it afterwards.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Name again: Finance" }));
    const args = { win: "w1", contributor: off.contributor, words: "" };
    await waitFor(() => expect(calls).toEqual([["contributor_name", args]]));
  });

  it("offers whoever has left, and says so", async () => {
    const gone = people.map((one, at) => (at === 0 ? { ...one, left: "2026-06-30" } : one));
    const { user } = showApp("/wins/w1", { win_read: () => read({ ...win, people: gone }, "win") });
    await user.type(await screen.findByRole("combobox", { name: "Was somebody forgotten?" }), "(left");
    expect(await screen.findByRole("option", { name: `${people[0]?.name} (left)` })).toBeVisible();
  });

  it("shows the way of its orders, and says where it is not known", async () => {
    const legs = [
      {
        from: "ordered" as const,
        to: "produced" as const,
        department: "production",
        planned_days: 5,
        actual_days: 7,
        overrun_days: 2,
        joint: false,
        running: false,
        planned_from: "2026-11-02",
        planned_to: "2026-11-09",
        actual_from: "2026-11-02",
        actual_to: "2026-11-11",
      },
    ];
    const journey = {
      promised: "2026-11-13",
      reached: "2026-11-12",
      lateness_days: -1,
      working_days: true,
      legs,
    };
    const orders = [
      { system: "ERP", order: "4711", line: "1", journey },
      { system: "ERP", order: "4712", line: "1", journey: null },
    ];
    const { user } = showApp("/wins/w1", {
      win_read: () => read({ ...win, orders, customer_lines: 0 }, "win"),
    });
    const behind = await screen.findByRole("region", { name: "What it rests on" });
    expect(within(behind).getByText(/promised for .*13.*, arrived on .*12.*1 day early/)).toBeVisible();
    expect(within(behind).getByText(/its dates are on the devices/)).toBeVisible();
    await user.click(within(behind).getByText("The way of 4711/1"));
    expect(within(behind).getByRole("img", { name: /4711/ })).toBeVisible();
  });

  it("of a customer says from how many lines", async () => {
    showApp("/wins/w1");
    const behind = await screen.findByRole("region", { name: "What it rests on" });
    expect(within(behind).getByText(/^4 order lines of Aqua Werke/)).toBeVisible();
  });

  it("is put onto the next agenda where it left them uncelebrated", async () => {
    const { user } = showApp("/wins/w1", {
      win_read: () => read({ ...win, agenda: "can_be_put" }, "win"),
      ...heard(["win_to_agenda"]),
    });
    await user.click(await screen.findByRole("button", { name: "Onto the next agenda" }));
    await waitFor(() => expect(calls).toEqual([["win_to_agenda", { win: "w1" }]]));
  });

  it("that was taken back says why, and stands again where a person wants it", async () => {
    const withdrawn = { reason: "The customer called again.", said: win.said };
    const { user } = showApp("/wins/w1", {
      win_read: () => read({ ...win, withdrawn }, "win"),
      ...heard(["win_restore"]),
    });
    expect(await screen.findByText("The customer called again.")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Share…" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Let it stand again" }));
    await waitFor(() => expect(calls).toEqual([["win_restore", { win: "w1" }]]));
  });

  it.each([
    ["The card as a picture…", "win_share", "png"],
    ["The card as PDF…", "win_share", "pdf"],
    ["The story with everybody named…", "win_export", "pdf"],
  ])("%s: is written where a person wants it", async (entry, command, ending) => {
    // Messages of one test are still there in the next.
    const path = `/tmp/${command}.${ending}`;
    const pick = vi.spyOn(dialog, "pickSave").mockResolvedValue(path);
    const { user } = showApp("/wins/w1", heard([command], ""));
    await user.click(await screen.findByRole("button", { name: "Share…" }));
    await user.click(await screen.findByRole("menuitem", { name: entry }));
    await waitFor(() => expect(calls).toEqual([[command, { win: "w1", language: "en", path }]]));
    expect(pick.mock.lastCall?.[1]).toBe(`${SAVED}.${ending}`);
    expect(await screen.findByText(`Written to ${path}`)).toBeVisible();
  });

  it("says which letters stand as boxes on the picture", async () => {
    vi.spyOn(dialog, "pickSave").mockResolvedValue("/tmp/win.png");
    const { user } = showApp("/wins/w1", heard(["win_share"], "谢"));
    await user.click(await screen.findByRole("button", { name: "Share…" }));
    await user.click(await screen.findByRole("menuitem", { name: "The card as a picture…" }));
    expect(await screen.findByText(/These letters stand as boxes.*谢/)).toBeVisible();
  });

  it("makes a file's name of any title", () => {
    expect(fileName('a/b\\c: "d"?')).toBe("a b c d");
    expect(fileName(" … ")).toBe("…");
    expect(fileName("//")).toBe("Plaza");
    expect(fileName("x".repeat(200))).toHaveLength(60);
  });
});

describe("the card", () => {
  it("fills the screen for itself, and Escape leads back to the win", async () => {
    const fill = vi.spyOn(place, "fillScreen").mockResolvedValue();
    const { user, address } = showApp("/wins/w1/card");
    expect(await screen.findByRole("heading", { level: 1, name: SAVED })).toBeVisible();
    expect(screen.queryByRole("navigation", { name: "Rooms" })).toBeNull();
    const thanks = screen.getByRole("region", { name: "Thanks to" });
    expect(within(thanks).getByText("Bernd Vogel")).toBeVisible();
    await waitFor(() => expect(fill).toHaveBeenLastCalledWith(true));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(address()).toBe("/wins/w1"));
    await waitFor(() => expect(fill).toHaveBeenLastCalledWith(false));
  });

  it("names two people of one name", async () => {
    const twice = {
      ...card,
      names: ["Bernd Vogel", "Bernd Vogel"].map((name) => ({ name, department: null })),
    };
    const complain = vi.spyOn(console, "error");
    showApp("/wins/w1/card", { win_card: () => read(twice, "win") });
    expect(await screen.findAllByText("Bernd Vogel")).toHaveLength(2);
    expect(complain).not.toHaveBeenCalled();
  });

  it("stands in the meeting by a key, and going on celebrates and leaves it", async () => {
    const first = items[0];
    if (first === undefined) throw new Error("the fixture has an agenda");
    const item = { ...first, item: "win", subject: { about: "win" as const, win: "w1" } };
    const agenda = { ...run.agenda, items: [item, ...items.slice(1)] };
    const { user } = showApp("/meeting/2026-W47/run", {
      meeting_run: () => read({ ...run, agenda, current: "win", course: [] }, "meeting"),
      agenda_exhibit: () =>
        read(
          { chart: null, sentence: null, thread: null, facts: [], win: card, suggestion: null },
          "meeting",
        ),
      ...heard(["item_close", "item_enter", "win_react"]),
    });
    expect(await screen.findByText("Show it large")).toBeVisible();
    expect(await screen.findByRole("combobox", { name: "Was somebody forgotten?" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Applause" }));
    await waitFor(() =>
      expect(calls).toEqual([["win_react", { win: "w1", reaction: "applause", isOn: true }]]),
    );
    calls = [];
    await user.keyboard("w");
    const layer = await screen.findByRole("region", { name: "Card of the win" });
    expect(await within(layer).findByRole("heading", { level: 1, name: win.title })).toBeVisible();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("region", { name: "Card of the win" })).toBeNull());
    expect(calls).toEqual([]);
    await user.keyboard("w");
    await screen.findByRole("region", { name: "Card of the win" });
    await user.keyboard("{ArrowRight}");
    await waitFor(() =>
      expect(calls[0]).toEqual(["item_close", { meeting: "2026-W47", item: "win", closing: "done" }]),
    );
  });
});
