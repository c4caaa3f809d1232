import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { ReminderForm } from "../../api/bindings";
import { refuse } from "../../platform/fixture";
import { reminders } from "../../platform/fixture/reminder";
import { showApp } from "../../test/app";

const PAGE = "/workspace/reminders";

describe("the page of reminders", () => {
  it("shows each refused time beside its field and keeps what was typed", async () => {
    const { user } = showApp(PAGE, {
      reminder_set: () =>
        refuse({
          code: "invalid",
          message: "The quiet hours end when they begin.",
          fields: [{ field: "to", words: "The quiet hours end when they begin." }],
        }),
    });
    const to = await screen.findByRole("textbox", { name: "To" });
    await user.clear(to);
    await user.type(to, "18:00");
    await user.click(screen.getByRole("button", { name: "Save times" }));
    expect(await screen.findByText("The quiet hours end when they begin.")).toBeVisible();
    expect(to).toBeInvalid();
    expect(to).toHaveValue("18:00");
  });

  it("says that nobody is reminded where nobody has said whose computer it is", async () => {
    showApp(PAGE, { reminder_read: () => ({ data: reminders({ person: null }), provides: [] }) });
    expect(await screen.findByText(/so it reminds nobody/)).toBeVisible();
    expect(within(screen.getByRole("main")).getByRole("link", { name: "People" })).toBeVisible();
  });

  it("says that nothing is shown while somebody acts for another", async () => {
    showApp(PAGE, { reminder_read: () => ({ data: reminders({ acting_for: "Bea" }), provides: [] }) });
    expect(await screen.findByText(/Somebody acts here for Bea/)).toBeVisible();
  });

  it("says that a desktop shows no notifications, and why a trial failed", async () => {
    const { user } = showApp(PAGE, {
      reminder_service: () => ({ data: null, provides: [] }),
      reminder_try: () => refuse({ code: "system", message: "Not shown.", detail: null }),
    });
    expect(await screen.findByText(/nothing that shows notifications/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try one now" }));
    expect(await screen.findByText(/Not shown/)).toBeVisible();
  });

  it("keeps each switch at once", async () => {
    const kept: ReminderForm[] = [];
    const set = vi.fn<(args: Record<string, unknown>) => unknown>(({ form }) => {
      kept.push(form as ReminderForm);
      return { data: null, invalidates: [] };
    });
    const { user } = showApp(PAGE, { reminder_set: set });
    await user.click(await screen.findByRole("checkbox", { name: /An integration needs me/ }));
    await waitFor(() => expect(kept[0]?.kinds).toEqual(["meeting", "commitment", "thread", "need"]));
    await user.click(screen.getByRole("switch", { name: "Without details" }));
    await waitFor(() => expect(kept[1]?.without_details).toBe(true));
    await user.click(screen.getByRole("button", { name: "Try one now" }));
    expect(await screen.findByText("The desktop was asked to show one.")).toBeVisible();
  });

  it("says that nothing reminds where every kind is off", async () => {
    const page = reminders();
    showApp(PAGE, {
      reminder_read: () => ({ data: { ...page, form: { ...page.form, kinds: [] } }, provides: [] }),
    });
    expect(await screen.findByText(/this computer reminds of nothing/)).toBeVisible();
  });
});
