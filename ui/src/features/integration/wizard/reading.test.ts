import { describe, expect, it } from "vitest";

import { dayWords, readNumber } from "./reading";
import { commonPattern, fileName, guessPattern, matches } from "./source";

describe("a day", () => {
  it("is said in the reader's words", () => {
    expect(dayWords("2026-04-03", "en-GB")).toBe("3 April 2026");
    expect(dayWords("2026-04-03", "de-DE")).toBe("3. April 2026");
  });
});

describe("a cell as a number", () => {
  it.each([
    ["1.234", ".", 1.234],
    ["1.234", ",", 1234],
    ["€ 1 234,50", ",", 1234.5],
    ["-7", ".", -7],
    ["n/a", ".", null],
  ] as const)("%s with %s", (text, mark, number) => expect(readNumber(text, mark)).toBe(number));
});

describe("file names", () => {
  it("are the last part of a path of any system", () => {
    expect([fileName("/a/b.csv"), fileName("C:\\a\\b.csv"), fileName("b.csv")]).toEqual([
      "b.csv",
      "b.csv",
      "b.csv",
    ]);
  });
  it("match patterns as a person means them", () => {
    expect(matches("orders_1.csv", "orders_*.csv")).toBe(true);
    expect(matches("orders_1.csvx", "orders_*.csv")).toBe(false);
    expect(matches("a+b.csv", "a+b.csv")).toBe(true);
    expect(matches("ordersX1.csv", "orders.1.csv")).toBe(false);
  });
  it("show their date in braces where they have one", () => {
    expect(guessPattern("orders_2026-11-22.csv")).toBe("orders_{yyyy-MM-dd}.csv");
    expect(guessPattern("orders20261122.csv")).toBe("orders{yyyyMMdd}.csv");
    expect(guessPattern("orders.csv")).toBeNull();
  });
  it("share a pattern that does not hold on to a part of the date", () => {
    expect(commonPattern(["orders_2026-11-21.csv", "orders_2026-11-22.csv"])).toBe("orders_*.csv");
    expect(commonPattern(["a.csv"])).toBe("*.csv");
  });
});
