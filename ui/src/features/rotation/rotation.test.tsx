import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { RotationProgram } from "../../api/bindings";
import { refuse } from "../../platform/fixture";
import { visit } from "../../platform/fixture/rotation";
import { showApp } from "../../test/app";

type Call = (args: Record<string, unknown>) => unknown;

describe("absences from a calendar file", () => {
  const opened = { "plugin:dialog|open": () => "/plans/mine.ics" };

  it("shows what was found and what was left out, and notes nothing before somebody says so", async () => {
    const note = vi.fn<Call>(() => ({ data: 2, invalidates: [] }));
    const { user } = showApp("/rotations", { ...opened, absences_note: note });
    await user.click(await screen.findByRole("button", { name: "From a calendar file…" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("button", { name: "Note these absences" })).toBeDisabled();
    await user.type(within(dialog).getByRole("combobox", { name: "Whose calendar" }), "Ana");
    await user.click(await screen.findByRole("option", { name: "Ana Ruiz" }));
    await user.click(within(dialog).getByRole("button", { name: "Choose the file…" }));
    expect(
      await within(dialog).findByText(/2 entries repeat by a rule that cannot be read here/),
    ).toBeVisible();
    expect(within(dialog).getAllByRole("row")).toHaveLength(2);
    expect(note).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("button", { name: "Note these absences" }));
    await waitFor(() => expect(note).toHaveBeenCalledOnce());
    expect(note.mock.calls[0]?.[0]).toMatchObject({ form: { person: "p1", days: [{}, {}] } });
  });

  it("says what is wrong with a file", async () => {
    const words = "line 4: “someday” is neither a day nor a time";
    const { user } = showApp("/rotations", {
      ...opened,
      absences_read: () => refuse({ code: "invalid", message: words, fields: [{ field: "file", words }] }),
    });
    await user.click(await screen.findByRole("button", { name: "From a calendar file…" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("combobox", { name: "Whose calendar" }), "Ana");
    await user.click(await screen.findByRole("option", { name: "Ana Ruiz" }));
    await user.click(within(dialog).getByRole("button", { name: "Choose the file…" }));
    expect(await within(dialog).findByText(/someday/)).toBeVisible();
    expect(within(dialog).getByRole("button", { name: "Note these absences" })).toBeDisabled();
  });
});

describe("a debrief", () => {
  it("becomes a need, a thread or an item of the agenda by a click each", async () => {
    const need = vi.fn<Call>(() => ({ data: "n1", invalidates: [] }));
    const { user } = showApp("/rotations/learned", { debrief_to_need: need });
    await user.click(await screen.findByRole("button", { name: "Make it a need: Ana Ruiz at Production" }));
    await waitFor(() => expect(need).toHaveBeenCalledOnce());
    expect(need.mock.calls[0]?.[0]).toMatchObject({ rotation: "r1", placement: "v1" });
    expect(await screen.findByText("The debrief is a need now")).toBeVisible();
    expect(screen.getByRole("button", { name: /^Talk about it/ })).toBeVisible();
    expect(screen.getByRole("button", { name: /^Onto the next agenda/ })).toBeVisible();
  });

  it("leads to what it became, and offers no need without a change", async () => {
    const known = visit().debrief;
    const debrief = known && { ...known, change: "", thread: "t9", is_on_agenda: true };
    showApp("/rotations/learned", {
      learned_read: () => ({
        data: {
          department: null,
          departments: [],
          year: 2026,
          years: [2026],
          visits: [visit({ debrief })],
          more: 0,
          without: 0,
        },
        provides: [],
      }),
    });
    expect(await screen.findByRole("link", { name: "It is being talked about" })).toHaveAttribute(
      "href",
      expect.stringContaining("/conversations/t9"),
    );
    expect(screen.getByText("It waits for the next meeting")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Make it a need/ })).toBeNull();
  });
});

describe("the program's form", () => {
  it("takes closed weeks, groups and who stays at home", async () => {
    const kept: RotationProgram[] = [];
    const save: Call = ({ program }) => {
      kept.push(program as RotationProgram);
      return { data: "r1", invalidates: [] };
    };
    const { user } = showApp("/rotations", { rotation_save: save });
    await user.click(await screen.findByRole("button", { name: "New rotation…" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(
      within(dialog).getByRole("button", { name: "Add weeks: Weeks in which nobody visits anybody" }),
    );
    await user.type(within(dialog).getByRole("combobox", { name: /^Who stays at home/ }), "Bernd");
    await user.click(await screen.findByRole("option", { name: "Bernd Vogel" }));
    expect(within(dialog).getByRole("button", { name: "Bernd Vogel ×: remove" })).toBeVisible();
    await user.click(within(dialog).getByRole("button", { name: "Add a wish" }));
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(kept).toHaveLength(1));
    expect(kept[0]?.closed).toEqual([{ first: "2026-W48", last: "2026-W48" }]);
    expect(kept[0]?.stays_home).toEqual(["p2"]);
    expect(kept[0]?.wishes).toHaveLength(1);
  });

  it("takes another number of visitors in some weeks", async () => {
    const kept: RotationProgram[] = [];
    const save: Call = ({ program }) => {
      kept.push(program as RotationProgram);
      return { data: "r1", invalidates: [] };
    };
    const { user } = showApp("/rotations", { rotation_save: save });
    await user.click(await screen.findByRole("button", { name: "New rotation…" }));
    const dialog = await screen.findByRole("dialog");
    const weeks = within(dialog).getAllByRole("group", { name: "Weeks with another number of visitors" });
    const [first] = weeks;
    if (first === undefined) throw new Error("each department has its weeks");
    await user.click(within(first).getByRole("button", { name: /^Add weeks/ }));
    const number = within(first).getByRole("textbox", { name: "Visitors at the same time" });
    await user.clear(number);
    await user.type(number, "3");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(kept).toHaveLength(1));
    const changed = kept[0]?.departments.filter((rule) => rule.capacity_in.length > 0);
    expect(changed).toHaveLength(1);
    expect(changed?.[0]?.capacity_in).toEqual([{ first: "2026-W48", last: "2026-W48", capacity: 3 }]);
  });
});
