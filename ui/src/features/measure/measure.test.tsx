import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { refuse } from "../../platform/fixture";
import { showApp } from "../../test/app";

type Args = Record<string, unknown>;

function fields(...refused: { field: string; words: string }[]): never {
  return refuse({ code: "invalid", message: refused.map((one) => one.words).join("; "), fields: refused });
}

describe("a new measure", () => {
  it("says at its field what cannot be, and keeps what was typed", async () => {
    const { user, address } = showApp("/definitions", {
      measure_define: () => fields({ field: "name", words: "There is a KPI of this name already." }),
    });
    await user.click(await screen.findByRole("button", { name: "New measure" }));
    const dialog = await screen.findByRole("dialog", { name: "New measure" });
    await user.type(within(dialog).getByRole("textbox", { name: "Name" }), "Order to cash");
    await user.click(within(dialog).getByRole("button", { name: "Create the measure" }));
    expect(await screen.findByText("There is a KPI of this name already.")).toBeVisible();
    expect(within(dialog).getByRole("textbox", { name: "Name" })).toHaveValue("Order to cash");
    expect(address()).toBe("/definitions");
  });

  it("asks for the word of its unit only where it is not percent, and opens its page", async () => {
    const define = vi.fn<(args: Args) => unknown>(() => ({
      data: "stock",
      invalidates: ["kpi", "observation"],
    }));
    const { user, address } = showApp("/definitions", { measure_define: define });
    await user.click(await screen.findByRole("button", { name: "New measure" }));
    const dialog = await screen.findByRole("dialog", { name: "New measure" });
    const inside = within(dialog);
    expect(inside.queryByRole("textbox", { name: "Word of the unit" })).toBeNull();
    await user.type(inside.getByRole("textbox", { name: "Name" }), "Stock");
    await user.click(inside.getByRole("radio", { name: "As the value itself" }));
    await user.click(inside.getByRole("radio", { name: "Something else" }));
    await user.type(inside.getByRole("textbox", { name: "Word of the unit" }), "pallets");
    await user.click(inside.getByRole("radio", { name: "Lower is better" }));
    await user.click(inside.getByRole("button", { name: "Create the measure" }));
    await waitFor(() => expect(define).toHaveBeenCalledTimes(1));
    expect(define.mock.calls[0]?.[0]["form"]).toMatchObject({
      name: "Stock",
      form: "value",
      is_percent: false,
      unit_word: "pallets",
      higher_is_better: false,
      tolerance: 0,
    });
    await waitFor(() => expect(address()).toBe("/kpi/stock"));
  });
});

describe("a week of a measure", () => {
  it("that has a value is corrected with a reason, and parts that do not add up are named", async () => {
    const enter = vi.fn<(args: Args) => unknown>(() =>
      fields(
        { field: "parts", words: "The parts add up to 94, the total is 93." },
        { field: "reason", words: "Please say why it changes." },
      ),
    );
    const { user } = showApp("/kpi/forecast-accuracy?week=2026-W46", { figure_enter: enter });
    await user.click(await screen.findByRole("button", { name: "Correct this week" }));
    const dialog = await screen.findByRole("dialog", { name: "Enter a week" });
    const inside = within(dialog);
    expect(await inside.findByText(/has a value already \(revision 2\)/)).toBeVisible();
    const sales = inside.getByRole("textbox", { name: "Sales" });
    await user.clear(sales);
    await user.type(sales, "51");
    await user.click(inside.getByRole("button", { name: "Save" }));
    expect(await inside.findByText("The parts add up to 94, the total is 93.")).toBeVisible();
    expect(inside.getByText("Please say why it changes.")).toBeVisible();
    expect(enter.mock.calls[0]?.[0]).toMatchObject({
      kpi: "forecast-accuracy",
      form: { week: "2026-W46", revision: 2, parts: { sales: 51, production: 43 } },
      reason: "",
    });
  });

  it("is entered without a reason where it has none, and a part that is left empty is not nought", async () => {
    const enter = vi.fn<(args: Args) => unknown>(() => ({
      data: null,
      invalidates: ["kpi", "observation"],
    }));
    const { user } = showApp("/kpi/forecast-accuracy", { figure_enter: enter });
    await user.click(await screen.findByRole("button", { name: "Enter a week" }));
    const dialog = await screen.findByRole("dialog", { name: "Enter a week" });
    const inside = within(dialog);
    await user.type(await inside.findByRole("textbox", { name: "Numerator" }), "7.5");
    await user.type(inside.getByRole("textbox", { name: "Denominator" }), "10");
    await user.type(inside.getByRole("textbox", { name: "Sales" }), "7.5");
    await user.click(inside.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(enter).toHaveBeenCalledTimes(1));
    expect(enter.mock.calls[0]?.[0]["form"]).toEqual({
      week: "2026-W47",
      revision: 0,
      numerator: 7.5,
      denominator: 10,
      parts: { sales: 7.5 },
    });
    expect(await screen.findByText("Entered: Forecast accuracy, week 47, 2026")).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("shows no orders, for none are behind it", async () => {
    showApp("/kpi/forecast-accuracy");
    expect(await screen.findByRole("heading", { name: "Forecast accuracy" })).toBeVisible();
    expect(await screen.findByText("Numerator / denominator")).toBeVisible();
    expect(screen.queryByText("Orders (n)")).toBeNull();
  });
});
