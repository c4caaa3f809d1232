import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { refuse } from "../../platform/fixture";
import { charterPage } from "../../platform/fixture/charter";
import { showApp } from "../../test/app";

const AT = "/integrations/erp-orders?tab=charter";

type Said = (args: Record<string, unknown>) => unknown;

describe("the charter of an integration", () => {
  it("says that nothing pulls it by itself while there is none, and opens the form", async () => {
    const { user } = showApp("/integrations/returns?tab=charter");
    expect(await screen.findByText(/it is never pulled by itself/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Write the charter" }));
    expect(await screen.findByRole("textbox", { name: "Which problem does it solve?" })).toHaveValue("");
  });

  it("cannot be activated while something is missing, and says what", async () => {
    showApp(AT, {
      charter_read: () => ({
        data: { ...charterPage("en"), gaps: ["Its owner has left."] },
        provides: ["integration"],
      }),
    });
    expect(await screen.findByText("Its owner has left.")).toBeVisible();
    expect(screen.getByText(/once its charter is complete/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Activate…" })).toBeNull();
  });

  it("shows what is unstable below it, and activates only with a reason", async () => {
    const activate = vi.fn<Said>(() => ({ data: null, invalidates: ["integration"] }));
    const { user } = showApp(AT, { integration_activate: activate });
    await user.click(await screen.findByRole("button", { name: "Activate…" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText(/its data are 12 days old/)).toBeVisible();
    await user.click(within(dialog).getByRole("button", { name: "Activate" }));
    expect(activate).not.toHaveBeenCalled();
    expect(within(dialog).getByText(/Say why/)).toBeVisible();
    await user.type(within(dialog).getByRole("textbox"), "Monday cannot wait");
    await user.click(within(dialog).getByRole("button", { name: "Activate" }));
    await waitFor(() =>
      expect(activate).toHaveBeenCalledWith({ id: "erp-orders", reason: "Monday cannot wait" }),
    );
  });

  it("shows the problem of a field beside it and keeps what was typed", async () => {
    const { user } = showApp(AT, {
      charter_save: () =>
        refuse({
          code: "invalid",
          message: "target: the same",
          fields: [{ field: "target", words: "The target is the baseline: nothing would change." }],
        }),
    });
    await user.click(await screen.findByRole("button", { name: "Change the charter" }));
    const target = await screen.findByRole("textbox", { name: "How it shall be" });
    await user.clear(target);
    await user.type(target, "4.2");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText(/nothing would change/)).toBeVisible();
    expect(screen.getByRole("textbox", { name: "How it shall be" })).toHaveValue("4.2");
  });

  it("keeps older versions readable", async () => {
    const { user } = showApp(AT);
    await user.click(await screen.findByText(/^Version 1,/));
    expect(screen.getAllByText("not said yet").length).toBeGreaterThan(0);
  });

  it("enters a week's number", async () => {
    const enter = vi.fn<Said>(() => ({ data: null, invalidates: ["integration"] }));
    const { user } = showApp(AT, { measure_enter: enter });
    await user.type(await screen.findByRole("textbox", { name: "Number of that week" }), "2.5");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(enter).toHaveBeenCalledWith({ id: "erp-orders", week: "2026-W47", value: 2.5 }),
    );
  });

  it("says so when it cannot be read", async () => {
    showApp(AT, { charter_read: () => refuse({ code: "storage", message: "no disk", detail: null }) });
    expect(await screen.findByText("no disk")).toBeVisible();
  });

  it("asks nobody to decide who may not", async () => {
    showApp(AT, {
      charter_read: () => ({ data: { ...charterPage("en"), may_decide: false }, provides: [] }),
    });
    expect(await screen.findByText(/a facilitator can activate it/)).toBeVisible();
  });
});

describe("the audit of an integration", () => {
  const audit = "/integrations/erp-orders?tab=audit";

  it("shows evidence, debt and the trend by quarter", async () => {
    showApp(audit);
    expect(await screen.findByText("3 of 13 answers are not yes.")).toBeVisible();
    expect(screen.getByText(/this integration is in debt/)).toBeVisible();
    expect(screen.getByText("Dimitri Orlov owns it.")).toBeVisible();
    expect(screen.getByText("1 no, 3 in part · debt")).toBeVisible();
    expect(screen.getByText("not audited")).toBeVisible();
  });

  it("offers no kinder answer than a known no, and saves all answers at once", async () => {
    const save = vi.fn<Said>(() => ({ data: null, invalidates: ["integration"] }));
    const { user } = showApp(audit, { audit_save: save });
    await user.click(await screen.findByRole("button", { name: "Answer the audit" }));
    const items = await screen.findAllByRole("listitem");
    const known = items.find((item) => within(item).queryByText("It was last pulled 16 days ago."));
    if (!known) throw new Error("the question is there");
    expect(within(known).queryByRole("radio")).toBeNull();
    const truth = screen.getByRole("radiogroup", { name: /Where two systems disagree/ });
    await user.click(within(truth).getByRole("radio", { name: "In part" }));
    await user.click(screen.getByRole("button", { name: "Save the audit" }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
    expect(save.mock.calls[0]?.[0]).toMatchObject({
      id: "erp-orders",
      answers: [
        { question: "owner" },
        { question: "fresh", answer: null },
        { question: "truth", answer: "partial" },
      ],
    });
  });
});
