import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { AbsenceView, JobView, ProposedView } from "../../api/bindings";
import { departments } from "../../platform/fixture/common";
import { rotationPage, rotations, visit } from "../../platform/fixture/rotation";
import { showApp } from "../../test/app";

type Call = (args: Record<string, unknown>) => unknown;

const data = (data_: unknown): { data: unknown; provides: never[] } => ({ data: data_, provides: [] });

const absence = (other: Partial<AbsenceView> = {}): AbsenceView => ({
  absence: "a1",
  person: "p1",
  name: "Ana Ruiz",
  from: "2026-12-01",
  until: "2026-12-04",
  may_change: true,
  ...other,
});

describe("absences", () => {
  it("of others are shown to a reader, and only their own can be noted", async () => {
    const list = rotations({
      may_plan: false,
      absences: [absence({ absence: "a2", person: "p2", name: "Bernd Vogel", may_change: false })],
    });
    showApp("/rotations", { rotation_list: () => data(list) });
    expect(await screen.findByRole("rowheader", { name: "Bernd Vogel" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Remove: Bernd Vogel" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Edit: Bernd Vogel" })).toBeNull();
    expect(screen.getByText(/You note your own absences/)).toBeVisible();
    await waitFor(() => expect(screen.getByRole("combobox", { name: "Who" })).toHaveValue("Ana Ruiz"));
  });

  it("are removed with an undo, and changed in place", async () => {
    const note = vi.fn<Call>(() => ({ data: "a9", invalidates: [] }));
    const { user } = showApp("/rotations", {
      rotation_list: () => data(rotations({ absences: [absence()] })),
      absence_withdraw: () => ({ data: null, invalidates: [] }),
      absence_note: note,
    });
    await user.click(await screen.findByRole("button", { name: "Remove: Ana Ruiz" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(note).toHaveBeenCalledOnce());
    const days = { person: "p1", from: "2026-12-01", until: "2026-12-04" };
    expect(note.mock.calls[0]?.[0]).toMatchObject({ form: { absence: null, ...days } });
    await user.click(screen.getByRole("button", { name: "Edit: Ana Ruiz" }));
    const dialog = await screen.findByRole("dialog", { name: "Change Ana Ruiz’s absence" });
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(note).toHaveBeenCalledTimes(2));
    expect(note.mock.calls[1]?.[0]).toMatchObject({ form: { absence: "a1", ...days } });
  });
});

describe("many absences", () => {
  it("are shown twenty at a time, and of one person alone", async () => {
    const day = (at: number): string => String(at + 1).padStart(2, "0");
    const absences = Array.from({ length: 28 }, (_, at) =>
      absence({
        absence: `a${at}`,
        ...(at % 7 === 0 ? { person: "p2", name: "Bernd Vogel" } : {}),
        from: `2026-12-${day(at)}`,
        until: `2026-12-${day(at)}`,
      }),
    );
    const { user } = showApp("/rotations", { rotation_list: () => data(rotations({ absences })) });
    const list = await screen.findByRole("region", { name: "Who is not there" });
    expect(within(list).getAllByRole("rowheader")).toHaveLength(20);
    await user.click(within(list).getByRole("button", { name: "Show 8 more" }));
    expect(within(list).getAllByRole("rowheader")).toHaveLength(28);
    const whose = within(list).getByRole("combobox", { name: "Of whom" });
    await user.clear(whose);
    await user.type(whose, "Bernd");
    await user.click(await screen.findByRole("option", { name: "Bernd Vogel" }));
    await waitFor(() => expect(within(list).getAllByRole("rowheader")).toHaveLength(4));
    expect(within(list).getByText("1 Dec 2026")).toBeVisible();
  });
});

describe("a visit that was moved", () => {
  it("shows what was told before and why; one that does not happen stays with its reason", async () => {
    const moved = visit({
      placement: "v2",
      is_over: false,
      is_ahead: true,
      debrief: null,
      former: {
        visitor_name: null,
        host_name: "Logistics",
        from: "2026-12-07",
        until: "2026-12-08",
        reason: "Somebody is ill.",
      },
    });
    const off = visit({
      placement: "v3",
      standing: "cancelled",
      reason: "The line stands still",
      debrief: null,
    });
    showApp("/rotations", { rotation_list: () => data(rotations({ mine: [moved, off] })) });
    expect(await screen.findByText(/^Before: Logistics, .*Somebody is ill\.$/)).toBeVisible();
    expect(screen.getByText("Cancelled: The line stands still")).toBeVisible();
  });
});

describe("what a person wishes", () => {
  it("is set with one choice, and keeps the other wishes", async () => {
    const set = vi.fn<Call>(() => ({ data: null, invalidates: [] }));
    const [one, other] = departments;
    if (!one || !other) throw new Error("two departments are known");
    const mine = { hosts: [one, other], wishes: [{ host: other.id, strength: 2 }] };
    const { user } = showApp("/rotations/r1", {
      rotation_read: () => data(rotationPage({ my_wishes: mine })),
      wishes_set: set,
    });
    const section = await screen.findByRole("region", { name: "What I wish to see" });
    await user.click(within(section).getByRole("button", { name: new RegExp(one.name) }));
    await user.click(await screen.findByRole("option", { name: "above all" }));
    await waitFor(() => expect(set).toHaveBeenCalledOnce());
    expect(set.mock.calls[0]?.[0]).toMatchObject({
      form: {
        rotation: "r1",
        wishes: [
          { host: other.id, strength: 2 },
          { host: one.id, strength: 3 },
        ],
      },
    });
  });
});

describe("proposals", () => {
  const job = (id: number, other: Partial<JobView> = {}): JobView => ({
    id,
    kind: "plan",
    subject: "r1",
    step: "planning",
    done: null,
    total: null,
    state: "done",
    error: null,
    question: null,
    run: null,
    ...other,
  });
  const found = (other: Partial<ProposedView> = {}): ProposedView => ({
    rotation: "r1",
    proposals: [
      { nth: 0, kind: "balanced", visits: 5, people: 1, cost: 0, costs: [], list: [], kept: 0, changes: [] },
    ],
    clashes: [],
    nothing_to_do: false,
    is_stale: false,
    ...other,
  });

  it("of the newest search are there again when the page was left, until one is published", async () => {
    const asked = vi.fn<Call>(() => data(found()));
    const { user } = showApp("/rotations/r1", {
      rotation_read: () =>
        data(rotationPage({ row: { ...rotationPage().row, is_published: false }, plans: [] })),
      job_list: () =>
        data([job(71), job(73), job(72, { subject: "r2" }), job(74, { state: "failed", subject: "r2" })]),
      rotation_proposed: asked,
      rotation_publish: () => ({ data: null, invalidates: [] }),
    });
    expect(await screen.findByText("5 visits by 1 person")).toBeVisible();
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ job: 73 });
    await user.click(screen.getByRole("button", { name: "Publish: Balanced" }));
    await waitFor(() => expect(screen.queryByText("5 visits by 1 person")).toBeNull());
  });

  it("that others have overtaken are not offered", async () => {
    showApp("/rotations/r1", {
      job_list: () => data([job(81)]),
      rotation_proposed: () => data(found({ is_stale: true })),
    });
    expect(
      await screen.findByText(/Something has changed since these schedules were looked for/),
    ).toBeVisible();
    expect(screen.queryByRole("button", { name: "Publish: Balanced" })).toBeNull();
  });

  it("have a way to them from wherever one is", async () => {
    showApp("/rotations", { job_list: () => data([job(91, { state: "running" })]) });
    const link = await screen.findByRole("link", { name: "To the schedules" });
    expect(link).toHaveAttribute("href", expect.stringContaining("/rotations/r1"));
  });
});

describe("what people learned", () => {
  it("has an address for each department and year, and says that there is more", async () => {
    const read = vi.fn<Call>(() =>
      data({
        department: null,
        departments,
        year: 2025,
        years: [2026, 2025],
        visits: [visit()],
        more: 12,
        without: 0,
      }),
    );
    const { user, address } = showApp("/rotations/learned?department=production&year=2025", {
      learned_read: read,
    });
    expect(await screen.findByText(/12 more debriefs are not shown/)).toBeVisible();
    expect(read.mock.calls[0]?.[0]).toMatchObject({ department: "production", year: 2025 });
    await user.click(screen.getByRole("button", { name: /Year/ }));
    await user.click(await screen.findByRole("option", { name: "2026" }));
    await waitFor(() => expect(address()).toContain("year=2026"));
    expect(address()).toContain("department=production");
  });
});

describe("the calendar", () => {
  it("shows the people and hosts of one department", async () => {
    const [one, other] = departments;
    if (!one || !other) throw new Error("two departments are known");
    const row = (id: string, name: string, department: typeof one) => ({ id, name, department, cells: [] });
    const calendar = {
      weeks: [],
      hosts: [row(one.id, one.name, one), row(other.id, other.name, other)],
      people: [row("p1", "Ana Ruiz", one), row("p2", "Bernd Vogel", other)],
    };
    const { user } = showApp("/rotations/r1", { rotation_read: () => data(rotationPage({ calendar })) });
    await user.click(await screen.findByRole("radio", { name: "People" }));
    const table = screen.getByRole("group", { name: "Calendar" });
    expect(within(table).getByText("Bernd Vogel")).toBeVisible();
    await user.click(screen.getByRole("button", { name: /All departments/ }));
    await user.click(await screen.findByRole("option", { name: one.name }));
    expect(within(table).getByText("Ana Ruiz")).toBeVisible();
    expect(within(table).queryByText("Bernd Vogel")).toBeNull();
  });
});
