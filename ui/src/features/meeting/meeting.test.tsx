import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { agenda, items, line, page } from "../../platform/fixture/meeting";
import { showApp } from "../../test/app";
import { placeAfterDrop } from "./Agenda";
import { stepped } from "./Stepper";

/** Notes what a command was asked, and answers that it was done. */
function noted(): { asked: unknown[]; answer: (args: Record<string, unknown>) => unknown } {
  const asked: unknown[] = [];
  return {
    asked,
    answer: (args) => {
      asked.push(args);
      return changed(null, "meeting");
    },
  };
}

const AGENDA = "/meeting/2026-W47";

describe("the page of the meeting", () => {
  it("teaches what a meeting is, and sets one up", async () => {
    const set = noted();
    const { user } = showApp("/meeting", {
      meeting_page: () => read({ set: null, next: null, coming: [], past: [], turns: [] }, "meeting"),
      meeting_set: set.answer,
    });
    expect(await screen.findByText("No weekly meeting yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Set the meeting up…" }));
    const dialog = await screen.findByRole("dialog", { name: "The weekly meeting" });
    const time = within(dialog).getByRole("textbox", { name: "Begins at" });
    await user.clear(time);
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    expect(within(dialog).getByText("This is needed")).toBeVisible();
    expect(set.asked).toEqual([]);
    await user.type(time, "08:15");
    await user.type(within(dialog).getByRole("textbox", { name: "Place" }), "Canteen");
    await user.click(within(dialog).getByRole("checkbox", { name: "Dimitri Orlov" }));
    await user.click(within(dialog).getByRole("checkbox", { name: "Ana Ruiz takes turns facilitating" }));
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(set.asked).toEqual([
        {
          form: {
            weekday: 2,
            time: "08:15",
            minutes: 45,
            place: "Canteen",
            link: "",
            attendees: ["p1", "p2", "p3", "p4"],
            facilitators: ["p2", "p3"],
            standing: [],
          },
        },
      ]),
    );
  });

  it("says what went wrong, and tries again", async () => {
    let broken = true;
    const { user } = showApp("/meeting", {
      meeting_page: () =>
        broken ? refuse({ code: "storage", message: "disk I/O error", detail: null }) : read(page, "meeting"),
    });
    expect(await screen.findByText("disk I/O error")).toBeVisible();
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Wednesday, 18 November 2026")).toBeVisible();
  });

  it("shows what is special about the meetings to come, and what came of those before", async () => {
    showApp("/meeting");
    expect(await screen.findByText("Moved from 25 Nov · Stocktaking")).toBeVisible();
    expect(screen.getByText("Cancelled · Trade fair")).toBeVisible();
    expect(screen.getByText("Christmas: nobody works")).toBeVisible();
    const held = screen.getByRole("row", { name: /11 Nov 2026/ });
    expect(within(held).getByText("8.3")).toBeVisible();
    expect(within(held).getByText("Sent, version 2")).toBeVisible();
    expect(
      within(screen.getByRole("row", { name: /4 Nov 2026/ })).getByText("Nobody began it"),
    ).toBeVisible();
  });

  it("skips a turn, and wants to know why", async () => {
    const choose = noted();
    const { user } = showApp("/meeting", { facilitator_choose: choose.answer });
    await user.click(await screen.findByRole("button", { name: "Skip to them: Ana Ruiz" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Choose" }));
    expect(within(dialog).getByText("This is needed")).toBeVisible();
    await user.type(within(dialog).getByRole("textbox", { name: "Reason" }), "Chloé is ill");
    await user.click(within(dialog).getByRole("button", { name: "Choose" }));
    await waitFor(() =>
      expect(choose.asked).toEqual([{ meeting: "2026-W47", person: "p1", reason: "Chloé is ill" }]),
    );
  });

  it("cancels one meeting with a reason, and restores another", async () => {
    const cancel = noted();
    const restore = noted();
    const { user } = showApp("/meeting", { meeting_cancel: cancel.answer, meeting_restore: restore.answer });
    await user.click(await screen.findByRole("button", { name: "Cancel the meeting of 9 Dec" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox"), "Inventory");
    await user.click(within(dialog).getByRole("button", { name: "Cancel it" }));
    await waitFor(() => expect(cancel.asked).toEqual([{ meeting: "2026-W50", reason: "Inventory" }]));
    await user.click(screen.getByRole("button", { name: "Hold the meeting of 2 Dec as usual after all" }));
    await waitFor(() => expect(restore.asked).toEqual([{ meeting: "2026-W49" }]));
  });

  it("moves a meeting, and keeps the dialog when that is refused", async () => {
    const { user } = showApp("/meeting", {
      meeting_move: () =>
        refuse({
          code: "invalid",
          message: "That cannot be",
          fields: [{ field: "time", words: "25:00 is no time of day" }],
        }),
    });
    await user.click(await screen.findByRole("button", { name: "Move the meeting of 18 Nov" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox", { name: "Reason" }), "Fair");
    await user.click(within(dialog).getByRole("button", { name: "Move it" }));
    expect(await within(dialog).findByText("25:00 is no time of day")).toBeVisible();
  });
});

describe("preparing the agenda", () => {
  it("says why each item is there, and how the minutes add up", async () => {
    showApp(AGENDA);
    expect(await screen.findByText("35 of 45 minutes planned")).toBeVisible();
    expect(screen.getByText("10 minutes left")).toBeVisible();
    expect(screen.getByText("The chart shows a pattern since the last meeting.")).toBeVisible();
    expect(screen.getByText("To prepare: Bring the lot sizes.")).toBeVisible();
    expect(screen.getByText("carried over 2 times")).toBeVisible();
    expect(screen.getByText("Settled by telephone")).toBeVisible();
  });

  it("says in words when it is too much", async () => {
    showApp(AGENDA, { agenda_read: () => read({ ...agenda, planned_minutes: 52 }, "meeting") });
    expect(await screen.findByText(/7 minutes too many/)).toBeVisible();
  });

  it("moves an item by Alt and an arrow, and says where it is", async () => {
    const move = noted();
    const { user } = showApp(AGENDA, { agenda_move: move.answer });
    const row = await screen.findByRole("row", { name: /eight weeks below/ });
    row.focus();
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await waitFor(() => expect(move.asked).toEqual([{ meeting: "2026-W47", item: "signal", place: 1 }]));
    expect(
      await screen.findByText("On-time delivery: eight weeks below the old average is at place 2 of 5."),
    ).toBeInTheDocument();
  });

  it("does not move the first item further up", async () => {
    const move = noted();
    const { user } = showApp(AGENDA, { agenda_move: move.answer });
    const row = await screen.findByRole("row", { name: /Aqua Werke got/ });
    row.focus();
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}{Alt>}{ArrowDown}{/Alt}");
    await waitFor(() => expect(move.asked).toEqual([{ meeting: "2026-W47", item: "win", place: 1 }]));
  });

  it("moves an item by its menu, and puts one into the queue", async () => {
    const move = noted();
    const change = noted();
    const { user } = showApp(AGENDA, { agenda_move: move.answer, agenda_change: change.answer });
    const menu = await screen.findByRole("button", {
      name: "More about Why did Aqua Werke wait twelve days?",
    });
    await user.click(menu);
    await user.click(await screen.findByRole("menuitem", { name: "Move down" }));
    await waitFor(() => expect(move.asked).toEqual([{ meeting: "2026-W47", item: "thread", place: 4 }]));
    await user.click(menu);
    await user.click(await screen.findByRole("menuitem", { name: "Into the queue" }));
    await waitFor(() =>
      expect(change.asked).toEqual([{ meeting: "2026-W47", item: "thread", change: { is_chosen: false } }]),
    );
  });

  it("counts the place of a dragged item without the item itself", () => {
    const order = ["a", "b", "c", "d"];
    expect(placeAfterDrop(order, "a", "c", "after")).toBe(2);
    expect(placeAfterDrop(order, "a", "c", "before")).toBe(1);
    expect(placeAfterDrop(order, "d", "b", "before")).toBe(1);
    expect(placeAfterDrop(order, "d", "a", "before")).toBe(0);
  });

  it("gives an item more time by fives, less by ones at the end", async () => {
    expect([stepped(10, 1), stepped(10, -1), stepped(5, -1), stepped(4, 1), stepped(1, -1)]).toEqual([
      15, 5, 4, 5, 1,
    ]);
    const change = noted();
    const { user } = showApp(AGENDA, { agenda_change: change.answer });
    const box = await screen.findByRole("group", { name: "Minutes for Closing round" });
    await user.click(within(box).getByRole("button", { name: "Longer" }));
    await waitFor(() =>
      expect(change.asked).toEqual([{ meeting: "2026-W47", item: "round", change: { minutes: 10 } }]),
    );
  });

  it("drops an item with a reason, and takes that back", async () => {
    const change = noted();
    const { user } = showApp(AGENDA, { agenda_change: change.answer });
    await user.click(await screen.findByRole("button", { name: /More about Aqua/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Drop…" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox"), "Told already");
    await user.click(within(dialog).getByRole("button", { name: "Drop it" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() =>
      expect(change.asked).toEqual([
        { meeting: "2026-W47", item: "win", change: { dropped: "Told already" } },
        { meeting: "2026-W47", item: "win", change: { dropped: "" } },
      ]),
    );
  });

  it("adds an item by keyboard, and puts a waiting one on the agenda", async () => {
    const add = noted();
    const change = noted();
    const { user } = showApp(AGENDA, { agenda_add: add.answer, agenda_change: change.answer });
    await user.click(await screen.findByRole("button", { name: "Add an item" }));
    await user.keyboard("Who covers Christmas?{Enter}");
    await waitFor(() =>
      expect(add.asked).toEqual([
        { meeting: "2026-W47", section: "concerns", title: "Who covers Christmas?", minutes: 5 },
      ]),
    );
    await user.click(screen.getByRole("button", { name: /Put on the agenda: Spare parts/ }));
    await waitFor(() =>
      expect(change.asked).toEqual([{ meeting: "2026-W47", item: "backup", change: { is_chosen: true } }]),
    );
  });

  it("changes only what was changed of an item", async () => {
    const change = noted();
    const { user } = showApp(AGENDA, { agenda_change: change.answer });
    await user.click(await screen.findByRole("button", { name: /More about On-time/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Change…" }));
    const dialog = await screen.findByRole("dialog", { name: "Change the item" });
    // The core names what it found: only a person's own item has another title.
    expect(within(dialog).queryByRole("textbox", { name: "What it is" })).toBeNull();
    const note = within(dialog).getByRole("textbox", { name: "To prepare" });
    await user.clear(note);
    await user.type(note, "Bring the scrap count.");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(change.asked).toEqual([
        { meeting: "2026-W47", item: "signal", change: { note: "Bring the scrap count." } },
      ]),
    );
  });

  it("is frozen and shared, and can only be read then", async () => {
    const release = noted();
    const frozen = {
      ...agenda,
      meeting: line("2026-W47", "2026-11-18", { state: "frozen" as const }),
      frozen: { person: "p3", name: "Chloé Martin", on_device_of: null, at: "2026-11-17T15:00:00Z" },
    };
    const { user } = showApp(AGENDA, {
      agenda_read: () => read(frozen, "meeting"),
      agenda_release: release.answer,
    });
    expect(await screen.findByText(/Chloé Martin froze and shared this agenda/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Add an item" })).toBeNull();
    expect(screen.queryByRole("button", { name: /More about/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Release it" }));
    await waitFor(() => expect(release.asked).toEqual([{ meeting: "2026-W47" }]));
  });

  it("teaches what will stand on an empty agenda, and says what went wrong", async () => {
    showApp(AGENDA, { agenda_read: () => read({ ...agenda, items: [], waiting: [] }, "meeting") });
    expect(await screen.findByText("Nothing is on this agenda yet")).toBeVisible();
    expect(screen.getByText("Nothing waits: everything found room.")).toBeVisible();
  });

  it("exports agenda and calendar where a person wants them", async () => {
    const written = noted();
    const calendar = noted();
    const paths = ["/papers/agenda.md", "/papers/plaza.ics"];
    const { user } = showApp(AGENDA, {
      minutes_export: written.answer,
      calendar_export: calendar.answer,
      "plugin:dialog|save": () => paths.shift(),
    });
    await user.click(await screen.findByRole("button", { name: "Export…" }));
    await waitFor(() =>
      expect(written.asked).toEqual([{ language: "en", meeting: "2026-W47", path: "/papers/agenda.md" }]),
    );
    await user.click(screen.getByRole("button", { name: "Calendar…" }));
    await waitFor(() => expect(calendar.asked).toEqual([{ language: "en", path: "/papers/plaza.ics" }]));
    expect(await screen.findByText("Kept in /papers/plaza.ics")).toBeVisible();
  });
});

it("the fixture's items are those that the agenda counts", () => {
  expect(items.reduce((sum, item) => sum + item.minutes, 0)).toBe(agenda.planned_minutes);
});
