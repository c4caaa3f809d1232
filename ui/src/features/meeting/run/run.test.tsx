import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { MeetingRun } from "../../../api/bindings";
import { refuse, type Handlers } from "../../../platform/fixture";
import { changed, read } from "../../../platform/fixture/common";
import { items, run } from "../../../platform/fixture/meeting";
import * as place from "../../../platform/screen";
import { showApp } from "../../../test/app";
import { clock } from "../words";
import { ratingOf } from "./Round";
import { missingOf } from "./useKeep";
import { blank } from "./draft";

const AT = "/meeting/2026-W47/run";
const TITLE = "On-time delivery: eight weeks below the old average";

/** Commands in the order in which they were called, with what they were asked. */
let calls: [string, Record<string, unknown>][] = [];

function heard(names: string[], data: unknown = null): Handlers {
  return Object.fromEntries(
    names.map((name) => [
      name,
      (args: Record<string, unknown>) => {
        calls.push([name, args]);
        return changed(data, "meeting");
      },
    ]),
  );
}

const COURSE = ["item_enter", "item_close", "item_extend", "meeting_pause", "meeting_end", "meeting_begin"];

function shown(rest: Partial<MeetingRun> = {}, handlers: Handlers = {}): ReturnType<typeof showApp> {
  return showApp(AT, {
    meeting_run: () => read({ ...run, ...rest }, "meeting"),
    ...heard(COURSE),
    ...handlers,
  });
}

const ready = (): Promise<HTMLElement> => screen.findByRole("heading", { level: 1, name: TITLE });

beforeEach(() => {
  calls = [];
});

describe("a meeting that is run", () => {
  it("stands alone: no rail, one item, its chart, its time", async () => {
    shown();
    await ready();
    expect(screen.queryByRole("navigation", { name: "Rooms" })).toBeNull();
    expect(screen.getByText("3 of 5")).toBeVisible();
    expect(await screen.findByText("Nine weeks below the old average, since week 38.")).toBeVisible();
    expect(screen.getByRole("timer", { name: "Time of this item" })).toHaveTextContent("7:24 of 10 min");
    expect(screen.getByRole("timer", { name: "Time of the meeting" })).toHaveTextContent("12:34 of 45 min");
  });

  it("fills the screen, and Escape gives it back while the meeting goes on", async () => {
    const fill = vi.spyOn(place, "fillScreen").mockResolvedValue();
    const { user, address } = shown();
    await ready();
    await waitFor(() => expect(fill).toHaveBeenLastCalledWith(true));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(fill).toHaveBeenLastCalledWith(false));
    expect(address()).toBe(AT);
    await user.keyboard("f");
    await waitFor(() => expect(fill).toHaveBeenLastCalledWith(true));
    expect(calls).toEqual([]);
  });

  it.each(["{ArrowRight}", "{PageDown}"])(
    "%s ends the item as talked through and takes up the next",
    async (key) => {
      const { user } = shown();
      await ready();
      await user.keyboard(key);
      await waitFor(() =>
        expect(calls).toEqual([
          ["item_close", { meeting: "2026-W47", item: "signal", closing: "done" }],
          ["item_enter", { meeting: "2026-W47", item: "thread" }],
        ]),
      );
    },
  );

  it.each(["{ArrowLeft}", "{PageUp}"])("%s goes back and ends nothing", async (key) => {
    const { user } = shown();
    await ready();
    await user.keyboard(key);
    await waitFor(() => expect(calls).toEqual([["item_enter", { meeting: "2026-W47", item: "price" }]]));
  });

  it.each([
    ["u", "understood"],
    ["p", "parked"],
    ["l", "next_time"],
  ])("%s ends the item as %s, goes on, and can be undone", async (key, closing) => {
    const { user } = shown();
    await ready();
    await user.keyboard(key);
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() =>
      expect(calls).toEqual([
        ["item_close", { meeting: "2026-W47", item: "signal", closing }],
        ["item_enter", { meeting: "2026-W47", item: "thread" }],
        ["item_close", { meeting: "2026-W47", item: "signal", closing: null }],
        ["item_enter", { meeting: "2026-W47", item: "signal" }],
      ]),
    );
  });

  it("does not end an item twice that was ended before", async () => {
    const { user } = shown({ current: "win" });
    await screen.findByRole("heading", { level: 1, name: items[0]?.title ?? "" });
    await user.keyboard("{ArrowRight}");
    await waitFor(() => expect(calls).toEqual([["item_enter", { meeting: "2026-W47", item: "price" }]]));
  });

  it("stays on the item when the core refuses to end it", async () => {
    const { user } = shown(
      {},
      { item_close: () => refuse({ code: "storage", message: "disk is full", detail: null }) },
    );
    await ready();
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByText("disk is full")).toBeVisible();
    expect(calls).toEqual([]);
  });

  it("stops the clock with the space bar and gives five minutes with plus", async () => {
    const { user } = shown();
    await ready();
    await user.keyboard(" +");
    await waitFor(() =>
      expect(calls).toEqual([
        ["meeting_pause", { meeting: "2026-W47", isPaused: true }],
        ["item_extend", { meeting: "2026-W47", item: "signal", minutes: 5 }],
      ]),
    );
  });

  it("shows a conversation as plain words: what was asked, what was seen, the last messages", async () => {
    shown({ current: "thread" });
    const thread = await screen.findByRole("region", { name: "The conversation" });
    expect(within(thread).getByText("Why did Aqua Werke wait twelve days?")).toBeVisible();
    expect(within(thread).getByText("Seen 12 days late, now 14: it has not left the yard.")).toBeVisible();
    expect(within(thread).getByText("Then the slip was wrong.")).toBeVisible();
  });

  it("shows an exhibit's failure beside the item, not instead of it", async () => {
    shown({}, { agenda_exhibit: () => refuse({ code: "storage", message: "disk I/O error", detail: null }) });
    await ready();
    expect(await screen.findByText("disk I/O error")).toBeVisible();
    expect(screen.getByRole("button", { name: /Decision/ })).toBeVisible();
  });

  it("jumps to an item from the agenda without ending the one it leaves", async () => {
    const { user } = shown();
    await ready();
    await user.keyboard("g");
    await user.click(await screen.findByRole("button", { name: /^Closing round ?5 min/ }));
    await waitFor(() => expect(calls).toEqual([["item_enter", { meeting: "2026-W47", item: "round" }]]));
  });

  it("ends, and goes on when that was a mistake", async () => {
    const { user } = shown();
    await ready();
    await user.click(screen.getByRole("button", { name: "End the meeting" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(calls.map(([name]) => name)).toEqual(["meeting_end", "meeting_begin"]));
  });
});

describe("before and after", () => {
  it("begins with Enter and takes up the first item", async () => {
    const { user } = shown({ began: null, current: null, elapsed_seconds: 0 });
    expect(await screen.findByRole("button", { name: "Begin the meeting" })).toHaveFocus();
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(calls).toEqual([
        ["meeting_begin", { meeting: "2026-W47" }],
        ["item_enter", { meeting: "2026-W47", item: "win" }],
      ]),
    );
  });

  it("shows what came of it when it is over, and can go on", async () => {
    const { user } = shown({ ended: "2026-11-18T09:12:00Z", current: null });
    expect(await screen.findByRole("heading", { name: "The meeting is over" })).toBeVisible();
    expect(screen.getByText(/1 decision · 1 need · 1 commitment/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "It goes on" }));
    await waitFor(() => expect(calls).toEqual([["meeting_begin", { meeting: "2026-W47" }]]));
  });

  it("says what went wrong, with a way out", async () => {
    showApp(AT, {
      meeting_run: () => refuse({ code: "not_found", message: "No meeting in week 99", detail: null }),
    });
    expect(await screen.findByText("No meeting in week 99")).toBeVisible();
    expect(screen.getByRole("link", { name: "All meetings" })).toBeVisible();
  });
});

describe("the clocks", () => {
  it("tick by themselves, and stand still in a pause", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      shown();
      await ready();
      act(() => vi.advanceTimersByTime(5_000));
      const item = screen.getByRole("timer", { name: "Time of this item" });
      await waitFor(() => expect(item.textContent).toMatch(/^7:(29|3\d)/));
    } finally {
      vi.useRealTimers();
    }
  });

  it("stand still in a pause and say so", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      shown({ paused_since: "2026-11-18T08:50:00Z" });
      await ready();
      act(() => vi.advanceTimersByTime(5_000));
      expect(screen.getByRole("timer", { name: "Time of this item" })).toHaveTextContent("7:24");
      expect(screen.getByText("The clock stands still")).toBeVisible();
    } finally {
      vi.useRealTimers();
    }
  });

  it("say in words that time is over, and announce no second", async () => {
    shown({ course: run.course.map((course) => Object.assign({}, course, { spent_seconds: 601 })) });
    await ready();
    expect(screen.getByText("over time")).toBeVisible();
    for (const timer of screen.getAllByRole("timer")) expect(timer).toHaveAttribute("aria-live", "off");
  });

  it("write minutes and hours", () => {
    expect([clock(5), clock(65), clock(3_729), clock(-3)]).toEqual(["0:05", "1:05", "1:02:09", "0:00"]);
  });
});

describe("writing down", () => {
  it("keeps a decision by keyboard alone", async () => {
    const { user } = shown({}, heard(["decision_take"], "e9"));
    await ready();
    await user.keyboard("d");
    expect(await screen.findByRole("textbox", { name: "What was decided" })).toHaveFocus();
    await user.keyboard("Two shifts in December{Enter}");
    await waitFor(() =>
      expect(calls).toEqual([
        [
          "decision_take",
          {
            form: {
              decision: null,
              meeting: "2026-W47",
              item: "signal",
              text: "Two shifts in December",
              owner: null,
              kpi: null,
              department: null,
              size: null,
              by: null,
            },
          },
        ],
      ]),
    );
    expect(localStorage.getItem("plaza.meeting.draft.2026-W47")).toBeNull();
    // The keys work again at once.
    await user.keyboard("m");
    expect(await screen.findByRole("textbox", { name: "Note" })).toHaveFocus();
  });

  it("keeps a commitment by keyboard alone: who, what, by when", async () => {
    const { user } = shown({}, heard(["commitment_make"], { commitment: "c9", open: 1, is_many: false }));
    await ready();
    await user.keyboard("c");
    await screen.findByRole("textbox", { name: "What is promised" });
    await user.keyboard("I call the carrier{Tab}Bern{ArrowDown}{Enter}");
    expect(calls).toEqual([]);
    await user.keyboard("{Tab}");
    await user.keyboard("11252026{Enter}");
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]?.[1]["form"]).toMatchObject({
      who: "p2",
      text: "I call the carrier",
      due: "2026-11-25",
    });
  });

  it("keeps a need by keyboard alone: letters choose the departments", async () => {
    const { user } = shown({}, { ...heard(["need_ask"], "d9"), ...heard(["need_answer"]) });
    await ready();
    await user.keyboard("n");
    await screen.findByRole("textbox", { name: "What is needed" });
    await user.keyboard("A list by noon{Tab}S{Tab}L{Tab}11252026");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]?.[1]["form"]).toMatchObject({ from: "sales", to: "logistics", by: "2026-11-25" });
  });

  it("takes letters as letters while something is being written", async () => {
    const { user } = shown();
    await ready();
    await user.keyboard("m");
    await user.keyboard("up and down, all round");
    expect(screen.getByRole("textbox", { name: "Note" })).toHaveValue("up and down, all round");
    expect(calls).toEqual([]);
  });

  it("loses nothing in a crash: what was typed is there on the next entry", async () => {
    const kept = { ...blank("commitment", "signal"), text: "I call the carr", person: "p1" };
    localStorage.setItem("plaza.meeting.draft.2026-W47", JSON.stringify(kept));
    shown();
    await ready();
    expect(screen.getByRole("textbox", { name: "What is promised" })).toHaveValue("I call the carr");
    await waitFor(() => expect(screen.getByRole("combobox", { name: "Who" })).toHaveValue("Ana Ruiz"));
  });

  it("keeps what is typed at every letter, and starts anew from rubbish", async () => {
    localStorage.setItem("plaza.meeting.draft.2026-W47", "{half a te");
    const { user } = shown();
    await ready();
    await user.keyboard("n");
    await user.keyboard("Noon");
    expect(JSON.parse(localStorage.getItem("plaza.meeting.draft.2026-W47") ?? "")).toMatchObject({
      kind: "need",
      item: "signal",
      text: "Noon",
    });
  });

  it("Escape leaves a text, and it can come back", async () => {
    const fill = vi.spyOn(place, "fillScreen").mockResolvedValue();
    const { user } = shown();
    await ready();
    fill.mockClear();
    await user.keyboard("d");
    await user.keyboard("Half a thought{Escape}");
    expect(screen.queryByRole("textbox", { name: "What was decided" })).toBeNull();
    // Escape left the text, not the full screen.
    expect(fill).not.toHaveBeenCalled();
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    expect(await screen.findByRole("textbox", { name: "What was decided" })).toHaveValue("Half a thought");
  });

  it("warns when somebody has promised more than people keep", async () => {
    const kept = { ...blank("commitment", "signal"), text: "One more", person: "p2", day: "2026-11-25" };
    localStorage.setItem("plaza.meeting.draft.2026-W47", JSON.stringify(kept));
    const { user } = shown({}, heard(["commitment_make"], { commitment: "c9", open: 5, is_many: true }));
    await ready();
    await user.click(screen.getByRole("button", { name: /Save/ }));
    expect(await screen.findByText(/Bernd Vogel has 5 open commitments now/)).toBeVisible();
    expect(calls[0]?.[1]).toEqual({
      form: {
        commitment: null,
        meeting: "2026-W47",
        item: "signal",
        need: null,
        who: "p2",
        text: "One more",
        due: "2026-11-25",
      },
    });
  });

  it("keeps a need and what the other department says to it at once", async () => {
    const kept = {
      ...blank("need", "signal"),
      text: "Noon",
      from: "sales",
      to: "logistics",
      day: "2026-11-25",
      answer: "countered" as const,
      words: "By two",
      offered: "2026-11-26",
    };
    localStorage.setItem("plaza.meeting.draft.2026-W47", JSON.stringify(kept));
    const { user } = shown({}, { ...heard(["need_ask"], "d9"), ...heard(["need_answer"]) });
    await ready();
    await user.click(screen.getByRole("textbox", { name: "What instead" }));
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(calls).toEqual([
        [
          "need_ask",
          {
            form: {
              need: null,
              meeting: "2026-W47",
              item: "signal",
              from: "sales",
              to: "logistics",
              text: "Noon",
              by: "2026-11-25",
            },
          },
        ],
        ["need_answer", { need: "d9", answer: { answer: "countered", text: "By two", by: "2026-11-26" } }],
      ]),
    );
  });

  it("says what is missing, and keeps the form when the core refuses", async () => {
    const { user } = shown(
      {},
      { decision_take: () => refuse({ code: "storage", message: "it is read-only", detail: null }) },
    );
    await ready();
    await user.keyboard("d");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("This is needed")).toBeVisible();
    await user.keyboard("Split lots{Enter}");
    expect(await screen.findByText("it is read-only")).toBeVisible();
    expect(screen.getByRole("textbox", { name: "What was decided" })).toHaveValue("Split lots");
  });

  it("knows what a draft lacks", () => {
    expect(missingOf(blank("need", null))).toEqual(["text", "from", "to", "day"]);
    expect(missingOf({ ...blank("need", null), text: "x", from: "a", to: "a", day: "d" })).toEqual(["to"]);
    expect(missingOf({ ...blank("decision", null), text: "x", kpi: "k", size: 0, week: "50" })).toEqual([
      "size",
      "week",
    ]);
    expect(missingOf({ ...blank("decision", null), text: "x" })).toEqual([]);
  });

  it("corrects what was captured, and takes it back", async () => {
    const { user } = shown({}, heard(["decision_take", "decision_withdraw"], "e1"));
    await ready();
    await user.click(screen.getByRole("button", { name: "Correct: Split lots over 400 pieces" }));
    const text = await screen.findByRole("textbox", { name: "Correct the decision" });
    await user.clear(text);
    await user.type(text, "Split lots over 300 pieces{Enter}");
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]?.[1]["form"]).toMatchObject({
      decision: "e1",
      text: "Split lots over 300 pieces",
      kpi: "promise-kept",
      department: "production",
      size: 3,
      by: "2026-W52",
    });
    await user.click(screen.getByRole("button", { name: "Take back: Split lots over 400 pieces" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(calls).toHaveLength(3));
    expect(calls[1]).toEqual(["decision_withdraw", { decision: "e1", reason: "Taken back in the meeting" }]);
    expect(calls[2]?.[1]["form"]).toMatchObject({ decision: null, text: "Split lots over 400 pieces" });
  });

  it("puts a thought into the parking lot", async () => {
    const kept = { ...blank("note", "signal"), text: "Saturdays?", isParked: true };
    localStorage.setItem("plaza.meeting.draft.2026-W47", JSON.stringify(kept));
    const { user } = shown({}, heard(["note_write"], "n9"));
    await ready();
    await user.click(screen.getByRole("button", { name: /Save/ }));
    await waitFor(() =>
      expect(calls).toEqual([
        ["note_write", { meeting: "2026-W47", item: null, note: null, text: "Saturdays?" }],
      ]),
    );
  });
});

describe("the people", () => {
  it("are noted as here, one by one and all together", async () => {
    const absent = run.attendance.map((one) => Object.assign({}, one, { attendance: null }));
    const { user } = shown({ attendance: absent }, heard(["attendance_note"]));
    await ready();
    await user.keyboard("a");
    const group = await screen.findByRole("radiogroup", { name: "Attendance of Dimitri Orlov" });
    await user.click(within(group).getByRole("radio", { name: "excused" }));
    await waitFor(() =>
      expect(calls).toEqual([
        ["attendance_note", { meeting: "2026-W47", person: "p4", attendance: "excused" }],
      ]),
    );
    await user.click(screen.getByRole("button", { name: "All 4 others are here" }));
    await waitFor(() => expect(calls).toHaveLength(5));
  });

  it("rate by digit keys, say a word, and hand over", async () => {
    const { user } = shown({}, heard(["round_say"]));
    await ready();
    await user.keyboard("r");
    const group = await screen.findByRole("radiogroup", { name: "Bernd Vogel" });
    within(group).getByRole("radio", { name: "1" }).focus();
    await user.keyboard("0");
    expect(screen.getByRole("textbox", { name: "Word of Bernd Vogel" })).toHaveFocus();
    await user.keyboard("Good{Enter}");
    await waitFor(() => expect(calls).toHaveLength(2));
    expect(calls).toEqual([
      ["round_say", { meeting: "2026-W47", person: "p2", rating: 10, word: "" }],
      ["round_say", { meeting: "2026-W47", person: "p2", rating: 10, word: "Good" }],
    ]);
    expect(document.activeElement?.closest("[role='radiogroup']")).toHaveAccessibleName("Chloé Martin");
    expect([ratingOf("7"), ratingOf("0"), ratingOf("x")]).toEqual([7, 10, null]);
  });

  it("the round stands beside its own item by itself", async () => {
    shown({ current: "round" });
    expect(await screen.findByRole("radiogroup", { name: "Ana Ruiz" })).toBeVisible();
  });
});
