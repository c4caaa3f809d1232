import { describe, expect, it } from "vitest";

import { departments, people } from "../../platform/fixture/common";
import { mentionables, toShown, toWritten, typedMention } from "./mention";

const known = mentionables(people, departments);

describe("mentions", () => {
  it.each([
    [
      "hello @Ana Ruiz, and @Production!",
      "hello [@Ana Ruiz](person:p1), and [@Production](department:production)!",
    ],
    ["@Ana Ruizinho is somebody else", "@Ana Ruizinho is somebody else"],
    ["mail ana@Sales.example", "mail ana@Sales.example"],
    ["@nobody here", "@nobody here"],
    ["[@Gone](person:p99) stays", "[@Gone](person:p99) stays"],
    ["", ""],
  ])("are kept as they are meant: %s", (shown, written) => {
    expect(toWritten(shown, known)).toBe(written);
    expect(toShown(written, known)).toBe(shown);
  });

  it("tell two people of one name apart, and leave out who left", () => {
    const two = mentionables(
      [
        { id: "a", name: "Kim Lee", department: "sales", email: null, roles: [], left: null },
        { id: "b", name: "Kim Lee", department: "finance", email: null, roles: [], left: null },
        { id: "c", name: "Kim Lee", department: "finance", email: null, roles: [], left: null },
        { id: "d", name: "Kim Lee", department: null, email: null, roles: [], left: "2026-01-01" },
      ],
      departments,
    );
    const labels = two.filter((each) => each.kind === "person").map((each) => each.label);
    expect(labels).toEqual(["Kim Lee", "Kim Lee, Finance", "Kim Lee, Finance 2"]);
    expect(toWritten("@Kim Lee, Finance 2 knows, @Kim Lee too", two)).toBe(
      "[@Kim Lee, Finance 2](person:c) knows, [@Kim Lee](person:a) too",
    );
  });

  it("cannot be ended early by the brackets of a name", () => {
    const [odd] = mentionables(
      [{ id: "x", name: "Eve](person:p1) [", department: null, email: null, roles: [], left: null }],
      [],
    );
    expect(odd?.label).toBe("Eveperson:p1");
  });

  it.each([
    ["hello @Be", 9, { from: 6, query: "Be" }],
    ["@", 1, { from: 0, query: "" }],
    ["@Ana R", 6, { from: 0, query: "Ana R" }],
    ["mail@home", 9, null],
    ["hello @ Be", 10, null],
    ["no mention", 10, null],
  ])("are looked for behind the @ before the caret: %s", (text, caret, typed) => {
    expect(typedMention(text, caret)).toEqual(typed);
  });
});
