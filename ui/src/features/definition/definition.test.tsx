import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { DefinitionForm, JobView } from "../../api/bindings";
import { refuse } from "../../platform/fixture";
import { showApp } from "../../test/app";

const FORM = "/definitions/promise-kept";

function fields(...refused: { field: string; words: string }[]): never {
  return refuse({ code: "invalid", message: refused.map((one) => one.words).join("; "), fields: refused });
}

function job(id: number, kind: string, state: string): { data: JobView; invalidates: string[] } {
  const view = { id, kind, subject: "promise-kept", step: "counting", done: 3, total: 256, state };
  return { data: { ...view, error: null, question: null, run: null }, invalidates: [] };
}

describe("the form of a definition", () => {
  it("is looked at before it is saved, and saved with a reason", async () => {
    const asked: DefinitionForm[] = [];
    const saved = vi.fn<(args: Record<string, unknown>) => unknown>(() => job(902, "define", "done"));
    const { user, address } = showApp(FORM, {
      definition_preview: ({ form }) => {
        asked.push(form as DefinitionForm);
        return job(901, "preview", "done");
      },
      definition_save: saved,
    });
    const look = await screen.findByRole("button", { name: "Look at the past" });
    expect(look).toBeDisabled();
    expect(screen.queryByRole("button", { name: /Save as version/ })).toBeNull();

    await user.click(screen.getByRole("switch", { name: /late or wrong invoice/ }));
    expect(screen.getByRole("textbox", { name: "Days to invoice in" })).toBeDisabled();
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Promises");
    await user.click(look);
    expect(asked[0]).toMatchObject({ version: 2, name: "Promises", settings: { counts_invoice: false } });

    expect(await screen.findByText(/12 of 52 weeks would have another value/)).toBeVisible();
    const [, ...weeks] = within(screen.getByRole("table")).getAllByRole("row");
    expect(weeks).toHaveLength(8);
    await user.click(screen.getByRole("button", { name: "Show all 12 weeks" }));
    expect(within(screen.getByRole("table")).getAllByRole("row")).toHaveLength(13);
    expect(screen.getByRole("region", { name: "As it would be" })).toBeVisible();
    expect(screen.getByText("Nine weeks below the average")).toBeVisible();

    await user.type(screen.getByRole("textbox", { name: "Reason" }), "invoices have their own number");
    await user.click(screen.getByRole("button", { name: "Save as version 3" }));
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    expect(saved.mock.calls[0]?.[0]).toMatchObject({
      kpi: "promise-kept",
      form: asked[0],
      reason: "invoices have their own number",
    });
    await waitFor(() => expect(address()).toBe("/kpi/promise-kept?tab=definition"));
    expect(await screen.findByText("The definition was changed.")).toBeVisible();
  });

  it("cannot be saved as something that was not looked at", async () => {
    const { user } = showApp(FORM);
    await user.click(await screen.findByRole("switch", { name: /delivered short/ }));
    await user.click(screen.getByRole("button", { name: "Look at the past" }));
    expect(await screen.findByRole("button", { name: "Save as version 3" })).toBeEnabled();
    await user.click(screen.getByRole("switch", { name: /Screening/ }));
    expect(screen.queryByRole("button", { name: "Save as version 3" })).toBeNull();
    expect(screen.getByText(/has changed since you looked/)).toBeVisible();
  });

  it("shows each refusal beside its field", async () => {
    const { user } = showApp(FORM, {
      definition_preview: () =>
        fields(
          { field: "target", words: "A percentage from 0 to 100." },
          { field: "owners.production", words: "Gone has left." },
          { field: "settings.credit_window_days", words: "A whole number of days from 0 to 366." },
          { field: "active", words: "7 KPIs are on the board already: A, B and C." },
        ),
    });
    await user.click(await screen.findByRole("switch", { name: /Screening/ }));
    await user.click(screen.getByRole("button", { name: "Look at the past" }));
    expect(await screen.findByText("A percentage from 0 to 100.")).toBeVisible();
    expect(screen.getByText("A whole number of days from 0 to 366.")).toBeVisible();
    expect(screen.getByText("Gone has left.")).toBeVisible();
    expect(screen.getByText(/7 KPIs are on the board already/)).toBeVisible();
    expect(screen.getByRole("textbox", { name: /^Target/ })).toBeInvalid();
  });

  it("says why a save was refused, and what a batch that waits forbids", async () => {
    const { user } = showApp(FORM, {
      definition_save: () => fields({ field: "reason", words: "Please say why." }),
    });
    await user.click(await screen.findByRole("switch", { name: /Screening/ }));
    await user.click(screen.getByRole("button", { name: "Look at the past" }));
    await user.click(await screen.findByRole("button", { name: "Save as version 3" }));
    expect(await screen.findByText("Please say why.")).toBeVisible();
    expect(screen.getByRole("textbox", { name: "Reason" })).toBeInvalid();
  });

  it("offers a cancel while it counts", async () => {
    const cancel = vi.fn<(args: Record<string, unknown>) => unknown>(() => ({ data: null, invalidates: [] }));
    const { user } = showApp(FORM, {
      definition_preview: () => job(903, "preview", "running"),
      job_cancel: cancel,
    });
    await user.click(await screen.findByRole("switch", { name: /Screening/ }));
    await user.click(screen.getByRole("button", { name: "Look at the past" }));
    const region = screen.getByRole("region", { name: "What it would have done to the past" });
    await user.click(await within(region).findByRole("button", { name: /Cancel/ }));
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});

describe("all definitions", () => {
  it("take a KPI off the board at once, with an undo", async () => {
    const show = vi.fn<(args: Record<string, unknown>) => unknown>(() => ({
      data: null,
      invalidates: ["kpi"],
    }));
    const { user } = showApp("/definitions", { definition_show: show });
    expect(await screen.findByText(/4 of at most 7 are on the board/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Take off the board: Order to cash" }));
    await waitFor(() => expect(show).toHaveBeenCalledTimes(1));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(show).toHaveBeenCalledTimes(2));
    expect(show.mock.calls.map(([args]) => args["active"])).toEqual([false, true]);
  });

  it("asks whether one that nobody talks about is still needed, and keeps it with a reason only", async () => {
    const keep = vi.fn<(args: Record<string, unknown>) => unknown>(() => ({
      data: null,
      invalidates: ["kpi"],
    }));
    const { user } = showApp("/definitions", { definition_keep: keep });
    expect(await screen.findByText(/in none of the 11 meetings of the last 12 weeks/)).toBeVisible();
    expect(screen.getByText(/The last meeting that talked about it was on 11 Aug 2026/)).toBeVisible();
    expect(screen.getByText(/“The customer asks for it”. Asked again on 29 Dec 2026/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Keep it…: Promise realism" }));
    await user.click(await screen.findByRole("button", { name: "Keep it" }));
    expect(await screen.findByText("Please say why.")).toBeVisible();
    expect(keep).not.toHaveBeenCalled();
    await user.type(screen.getByRole("textbox", { name: "Why it stays" }), "Sales promises by it");
    await user.click(screen.getByRole("button", { name: "Keep it" }));
    await waitFor(() => expect(keep).toHaveBeenCalledTimes(1));
    expect(keep.mock.calls[0]?.[0]).toEqual({ kpi: "promise-realism", reason: "Sales promises by it" });
    expect(await screen.findByText("Stays on the board: Promise realism")).toBeVisible();
  });

  it("offers the other answer too: off the board, with an undo", async () => {
    const show = vi.fn<(args: Record<string, unknown>) => unknown>(() => ({
      data: null,
      invalidates: ["kpi"],
    }));
    const { user } = showApp("/definitions", { definition_show: show });
    await user.click(await screen.findByRole("button", { name: "Take off the board: Promise realism" }));
    await waitFor(() => expect(show.mock.calls[0]?.[0]).toMatchObject({ active: false }));
    expect(await screen.findByRole("button", { name: "Undo" })).toBeVisible();
  });

  it("say why an eighth cannot come back", async () => {
    const { user } = showApp("/definitions", {
      definition_show: () => fields({ field: "active", words: "7 KPIs are on the board already: A and B." }),
    });
    await user.click(await screen.findByRole("button", { name: "Bring back to the board: Late backlog" }));
    expect(await screen.findByText(/7 KPIs are on the board already/)).toBeVisible();
  });
});

describe("the history of a definition", () => {
  it("says who, when, why, and what differs", async () => {
    showApp("/kpi/promise-kept?tab=definition");
    expect(await screen.findByText("Target: 90% → 95%")).toBeVisible();
    expect(screen.getByText("“Agreed in the meeting of week 22”")).toBeVisible();
    expect(screen.getByText("the first version")).toBeVisible();
  });
});
