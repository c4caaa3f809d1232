import { beforeEach, describe, expect, it } from "vitest";

import type { ColumnReport, Field, FieldRead, SourceReport, TableReport } from "../../../api/bindings";
import {
  addChosen,
  addStandard,
  answerColumn,
  defaultDays,
  draftOf,
  type Draft,
  emptyDraft,
  isBegun,
  isSlug,
  mappedMilestones,
  moveLeg,
  nameFrom,
  passMilestone,
  questionsOf,
  readOf,
  removeChosen,
  setAside,
  setColumn,
  setDefaultDays,
  setField,
  slug,
  stepOf,
  tableOf,
  takeIn,
  wholeOf,
  withReport,
  wordsAmong,
} from "./draft";
import { dropDraft, keepDraft, keptDraft } from "./keep";
import { tableKey } from "./source";

const WHEN = "2026-11-23T08:00:00Z";
const DEPARTMENTS = ["finance", "logistics", "production", "sales"];

function column(name: string, more: Partial<ColumnReport> = {}): ColumnReport {
  return {
    name,
    kind: "text",
    samples: [],
    null_share: 0,
    distinct: 2,
    date_formats: [],
    date_choices: [],
    mark_unknown: false,
    ambiguous: false,
    date_words: [],
    number_words: [],
    values: [],
    hints: [],
    ...more,
  };
}

function table(path: string, columns: string[], name = "orders"): TableReport {
  return {
    path,
    sheet: null,
    format: "CSV",
    rows: 10,
    rows_exact: true,
    columns: columns.map((one) => column(one)),
    notes: [],
    damaged: [],
    suggestion: {
      name,
      files: [path],
      delivery: "snapshot",
      fields: { order: "No", ordered: "Day", delivered: "Arrived", shipped: "Left" },
    },
  };
}

function looked(): { draft: Draft; report: SourceReport } {
  const report = { tables: [table("/data/orders.csv", ["No", "Day", "Arrived", "Left"])], refused: [] };
  const chosen = addChosen(emptyDraft(WHEN), [{ path: "/data/orders.csv", watched: false }]);
  return { draft: withReport(chosen, report, DEPARTMENTS), report };
}

describe("a draft", () => {
  it("takes the suggestion of each table once, however often the files are looked at", () => {
    const { draft, report } = looked();
    expect(draft.integration.stream.map((stream) => stream.name)).toEqual(["orders"]);
    expect(withReport(draft, report, DEPARTMENTS)).toBe(draft);
  });

  it("keeps what a person decided when the files are looked at again", () => {
    const { draft, report } = looked();
    const mapped = setColumn(draft, 0, "promised", "Day");
    expect(withReport(mapped, report, DEPARTMENTS).integration.stream[0]?.fields.promised).toBe("Day");
  });

  it("reads files of one shape as one stream and others as their own", () => {
    const report = {
      tables: [
        table("/d/a.csv", ["No", "Day"]),
        table("/d/b.csv", ["No", "Day"]),
        table("/d/c.csv", ["Invoice"]),
      ],
      refused: [],
    };
    const draft = withReport(emptyDraft(WHEN), report, DEPARTMENTS);
    expect(draft.integration.stream.map((stream) => [stream.name, stream.files])).toEqual([
      ["orders", ["/d/a.csv", "/d/b.csv"]],
      ["orders-2", ["/d/c.csv"]],
    ]);
  });

  it("watches a folder by the pattern that its files share", () => {
    const report = {
      tables: ["01", "02"].map((day) => table(`/in/orders_2026-11-${day}.csv`, ["No"])),
      refused: [],
    };
    const begun = addChosen(emptyDraft(WHEN), [{ path: "/in", watched: true }]);
    const [stream] = withReport(begun, report, DEPARTMENTS).integration.stream;
    expect(stream).toMatchObject({ folder: "/in", pattern: "orders_*.csv", files: [] });
  });

  it("leaves a table out and takes it in again with its suggestion", () => {
    const { draft, report } = looked();
    const without = setAside(draft, 0, report);
    expect(withReport(without, report, DEPARTMENTS).integration.stream).toEqual([]);
    const again = withReport(takeIn(without, report.tables.map(tableKey)), report, DEPARTMENTS);
    expect(again.integration.stream).toHaveLength(1);
  });

  it("forgets a stream with its last file", () => {
    const { draft } = looked();
    const without = removeChosen(draft, "/data/orders.csv");
    expect([without.chosen, without.integration.stream]).toEqual([[], []]);
    expect(isBegun(without)).toBe(false);
  });

  it("proposes the legs that were found, in their order, with their usual owners", () => {
    const { route } = looked().draft.integration;
    expect(route.legs).toEqual([
      { to: "shipped", department: "logistics" },
      { to: "delivered", department: "logistics" },
    ]);
    expect([route.promise, route.promised_by]).toEqual(["delivered", "sales"]);
  });

  it("assumes no owner where no department has the usual name", () => {
    const report = looked().report;
    const draft = withReport(emptyDraft(WHEN), report, ["werk-1"]);
    expect(draft.integration.route.legs.map((leg) => leg.department)).toEqual(["", ""]);
  });

  it("puts a milestone in its usual place and moves it where a person wants it", () => {
    const passed = passMilestone(looked().draft, "produced", true, DEPARTMENTS);
    expect(passed.integration.route.legs.map((leg) => leg.to)).toEqual(["produced", "shipped", "delivered"]);
    const moved = moveLeg(passed, 0, 1);
    expect(moved.integration.route.legs.map((leg) => leg.to)).toEqual(["shipped", "produced", "delivered"]);
    expect(moveLeg(moved, 2, 3)).toBe(moved);
    const gone = passMilestone(moved, "produced", false, DEPARTMENTS);
    expect(gone.integration.route.legs.map((leg) => leg.to)).toEqual(["shipped", "delivered"]);
  });

  it("keeps standard days and hands no empty entry to the core", () => {
    const days = setDefaultDays(setDefaultDays(looked().draft, "shipped", 3), "delivered", 2);
    const cleared = setDefaultDays(days, "delivered", null);
    expect(defaultDays(cleared.integration)).toEqual({ shipped: 3 });
    expect(wholeOf(addStandard(cleared)).standard).toEqual([{ days: { shipped: 3 } }]);
  });

  it("hands the core a name and a short name before a person gave them", () => {
    const whole = wholeOf(looked().draft);
    expect([whole.name, whole.id]).toEqual(["Orders", "orders"]);
  });

  it("knows the milestones that have a column", () => {
    expect(mappedMilestones(looked().draft.integration)).toEqual(["ordered", "shipped", "delivered"]);
  });

  it("opens an integration that exists with its files chosen once", () => {
    const { integration } = looked().draft;
    const twice = { ...integration, stream: [...integration.stream, ...integration.stream] };
    expect(draftOf(twice, true, WHEN).chosen).toEqual([{ path: "/data/orders.csv", watched: false }]);
  });
});

describe("a field's source", () => {
  it("is written in its short form where only the column is said", () => {
    expect(tableOf({ column: "Day" })).toBe("Day");
    expect(tableOf({ column: "Day", formats: [] })).toBe("Day");
    expect(tableOf({ column: "Day", formats: ["dd/MM/yyyy"] })).toEqual({
      column: "Day",
      formats: ["dd/MM/yyyy"],
    });
    expect(tableOf({ constant: "1" })).toEqual({ constant: "1" });
    expect(readOf("Day")).toEqual({ column: "Day" });
    expect(readOf(undefined)).toBeNull();
  });

  it("forgets how the old column was read when another is chosen", () => {
    const draft = setField(looked().draft, 0, "ordered", { column: "Day", formats: ["dd/MM/yyyy"] });
    expect(setColumn(draft, 0, "ordered", "Left").integration.stream[0]?.fields.ordered).toBe("Left");
  });

  it("takes one answer for every field that is read from the same date column", () => {
    let draft = setColumn(looked().draft, 0, "promised", "Day");
    draft = answerColumn(draft, 0, "Day", "date", { formats: ["MM/dd/yyyy"] });
    const fields = draft.integration.stream[0]?.fields;
    expect(fields?.promised).toEqual({ column: "Day", formats: ["MM/dd/yyyy"] });
    expect(fields?.ordered).toEqual({ column: "Day", formats: ["MM/dd/yyyy"] });
    expect(fields?.delivered).toBe("Arrived");
  });
});

describe("words that are neither dates nor numbers", () => {
  const qty = column("Left", {
    date_words: [{ word: "TBC", count: 2 }],
    number_words: [{ word: "n/a", count: 3 }],
  });

  it("are other words among dates than among numbers", () => {
    expect(wordsAmong("date", qty)).toEqual([{ word: "TBC", count: 2 }]);
    expect(wordsAmong("number", qty)).toEqual([{ word: "n/a", count: 3 }]);
  });

  it("are mapped for the fields of their kind only", () => {
    let draft = setColumn(looked().draft, 0, "shipped_quantity", "Left");
    draft = setColumn(draft, 0, "value", "Left");
    draft = answerColumn(draft, 0, "Left", "number", { empty_words: ["n/a"] });
    const fields = draft.integration.stream[0]?.fields;
    expect(fields?.shipped_quantity).toEqual({ column: "Left", empty_words: ["n/a"] });
    expect(fields?.value).toEqual({ column: "Left", empty_words: ["n/a"] });
    expect(fields?.shipped).toBe("Left");
  });
});

describe("questions", () => {
  const choice = (format: string, day: string | null) => ({ formats: [format], example: "03/04/2026", day });
  const dates = column("Day", {
    mark_unknown: true,
    date_choices: [choice("dd/MM/yyyy", "2026-04-03"), choice("MM/dd/yyyy", "2026-03-04")],
  });
  const numbers = column("Qty", {
    date_words: [{ word: "TBC", count: 2 }],
    number_words: [{ word: "n/a", count: 3 }],
  });
  it.each([
    ["an ambiguous date column", "ordered", { column: "Day" }, dates, [["date", true]]],
    ["an answered one", "ordered", { column: "Day", formats: ["dd/MM/yyyy"] }, dates, [["date", false]]],
    ["an ambiguous number", "value", { column: "Day" }, dates, [["number", true]]],
    ["words among numbers", "value", { column: "Qty" }, numbers, [["words", false]]],
    ["words among dates", "ordered", { column: "Qty" }, numbers, [["words", false]]],
    ["the words of a text", "customer", { column: "Qty" }, numbers, []],
    ["the same column as a text", "customer", { column: "Day" }, dates, []],
    ["a constant", "line", { constant: "1" }, undefined, []],
  ] satisfies [string, Field, FieldRead, ColumnReport | undefined, [string, boolean][]][])(
    "of %s",
    (_, field, read, found, expected) => {
      const asked = questionsOf(field, read, found);
      expect(asked.map((question) => [question.kind, question.open])).toEqual(expected);
    },
  );

  it("of a status stay open until every value has a meaning", () => {
    const status = column("State", {
      values: [
        { word: "done", count: 3 },
        { word: "new", count: 1 },
      ],
    });
    const some = questionsOf("status", { column: "State", values: { done: "closed" } }, status);
    const all = questionsOf("status", { column: "State", values: { done: "closed", new: "open" } }, status);
    expect([some[0]?.open, all[0]?.open]).toEqual([true, false]);
  });

  it("lead to the step where they are answered", () => {
    const problem = (step: string) => stepOf({ step, stream: null, field: null, words: "" });
    expect(["files", "fields", "dates", "values", "route", "rules", "other"].map(problem)).toEqual([
      "files",
      "fields",
      "fields",
      "fields",
      "route",
      "rules",
      "finish",
    ]);
  });
});

describe("names", () => {
  it.each([
    ["Northlight ERP", "northlight-erp"],
    ["Größe & Co.", "groesse-co"],
    ["  Pedidos año 2026 ", "pedidos-ano-2026"],
    ["日本", ""],
  ])("%s becomes %s", (name, short) => {
    expect(slug(name)).toBe(short);
    expect(isSlug(short)).toBe(short !== "");
  });

  it("come from the first file without its date", () => {
    const named = (path: string) => nameFrom(addChosen(emptyDraft(WHEN), [{ path, watched: false }]));
    expect(named("/x/orders_2026-11-22.csv")).toBe("Orders");
    expect(named("C:\\export\\shipments-north.xlsx")).toBe("Shipments north");
  });
});

describe("a kept draft", () => {
  beforeEach(() => localStorage.clear());

  it("comes back in its own workspace only", () => {
    const { draft } = looked();
    expect(keepDraft("/a", draft)).toBe(true);
    expect(keptDraft("/a")).toEqual(draft);
    expect(keptDraft("/b")).toBeNull();
    dropDraft("/a");
    expect(keptDraft("/a")).toBeNull();
  });

  it("of an integration in force does not push out the new one", () => {
    const { draft } = looked();
    const change = { ...draft, existing: true, integration: { ...draft.integration, id: "erp" } };
    keepDraft("/a", draft);
    keepDraft("/a", change);
    expect(keptDraft("/a")).toEqual(draft);
    expect(keptDraft("/a", "erp")).toEqual(change);
  });

  it("of another shape or broken is left alone", () => {
    localStorage.setItem("plaza.integration-draft /a", '{"version":2}');
    expect(keptDraft("/a")).toBeNull();
    localStorage.setItem("plaza.integration-draft /a", "{");
    expect(keptDraft("/a")).toBeNull();
  });
});
