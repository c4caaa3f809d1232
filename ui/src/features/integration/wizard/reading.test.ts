import { describe, expect, it } from "vitest";

import { dayWords, readDay, readNumber, tellingSample } from "./reading";
import { commonPattern, fileName, guessPattern, matches } from "./source";

describe("a cell as a day", () => {
  it.each([
    ["03/04/2026", "dd/MM/yyyy", { year: 2026, month: 4, day: 3 }],
    ["03/04/2026", "MM/dd/yyyy", { year: 2026, month: 3, day: 4 }],
    ["3/4/26", "d/M/yy", { year: 2026, month: 4, day: 3 }],
    ["3/4/71", "d/M/yy", { year: 1971, month: 4, day: 3 }],
    ["3/4/60", "d/M/yy{1950}", { year: 1960, month: 4, day: 3 }],
    ["03.04.2026 08:15", "dd.MM.yyyy HH:mm", { year: 2026, month: 4, day: 3 }],
    ["13/13/2026", "dd/MM/yyyy", null],
    ["2-Jun-06", "d-MMM-yy", null],
    ["TBC", "dd/MM/yyyy", null],
  ])("%s as %s", (text, format, day) => expect(readDay(text, format)).toEqual(day));

  it("is said in the reader's words", () => {
    const day = { year: 2026, month: 4, day: 3 };
    expect(dayWords(day, "en-GB")).toBe("3 April 2026");
    expect(dayWords(day, "de-DE")).toBe("3. April 2026");
  });

  it("is asked with a sample where it matters which is which", () => {
    expect(tellingSample(["05/05/2026", "03/04/2026"], ["dd/MM/yyyy", "MM/dd/yyyy"])).toBe("03/04/2026");
    expect(tellingSample([], ["a", "b"])).toBeNull();
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
