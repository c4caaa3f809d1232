import { describe, expect, it } from "vitest";

import { allowedOf, newProgram, ruleOf, withPair, withRule } from "./program";

const SALES_TO_HALL = { home: "sales", host: "hall" };

describe("the form of a program", () => {
  it("begins with everybody visiting everybody but themselves", () => {
    const program = newProgram(["sales", "hall", "depot"], "2026-W15");
    expect(program.pairs).toHaveLength(6);
    expect(program.pairs.some((pair) => pair.home === pair.host)).toBe(false);
  });

  it("allows what has to happen, and nothing has to happen that is not allowed", () => {
    const program = newProgram(["sales", "hall"], "2026-W15");
    const must = withPair(program, SALES_TO_HALL, "must");
    expect(allowedOf(must, SALES_TO_HALL)).toBe("must");
    expect(must.pairs).toHaveLength(2);
    const no = withPair(must, SALES_TO_HALL, "no");
    expect(allowedOf(no, SALES_TO_HALL)).toBe("no");
    expect([no.pairs.length, no.must.length]).toEqual([1, 0]);
  });

  it("keeps what one person has to visit as long as the pair may happen", () => {
    const own = { ...SALES_TO_HALL, person: "ada", least: 1 };
    const program = { ...newProgram(["sales", "hall"], "2026-W15"), must: [own] };
    expect(withPair(program, SALES_TO_HALL, "may").must).toEqual([own]);
    expect(withPair(program, SALES_TO_HALL, "no").must).toEqual([]);
  });

  it("keeps one rule for each department", () => {
    const program = newProgram(["sales", "hall"], "2026-W15");
    const rule = { ...ruleOf(program.departments, "hall"), capacity: 3 };
    const changed = withRule(program, rule);
    expect(changed.departments).toHaveLength(2);
    expect(ruleOf(changed.departments, "hall").capacity).toBe(3);
  });
});
