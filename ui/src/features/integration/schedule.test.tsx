import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { showApp } from "../../test/app";

const at = (id: string): string => `/integrations/${id}?tab=schedule`;

describe("the schedule of an integration", () => {
  it("teaches where nobody has chosen one, and takes the proposal with its costs", async () => {
    let chosen: unknown;
    const { user } = showApp(at("returns"), {
      schedule_choose: (given) => {
        chosen = given;
        return { data: null, invalidates: ["integration"] };
      },
    });
    expect(await screen.findByText(/Nobody has chosen when/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Choose a schedule…" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText(/better seldom and looked at/)).toBeVisible();
    expect(within(dialog).getByLabelText("Time")).toHaveValue("06:00");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Schedule saved.")).toBeVisible();
    expect(chosen).toEqual({
      language: "en",
      id: "returns",
      choice: {
        cadence: { kind: "daily", minutes: null, time: "06:00", weekday: null },
        delay: "little",
        error: "little",
        warn_hours: 48,
        late_hours: 96,
      },
    });
  });

  it("shows what is refused at its field and keeps the dialogue", async () => {
    const words = "Numbers are late only after they were worth a look: choose a longer time here.";
    const { user } = showApp(at("erp-orders"), {
      schedule_choose: () =>
        refuse({ code: "invalid", message: `late: ${words}`, fields: [{ field: "late", words }] }),
    });
    await user.click(await screen.findByRole("button", { name: "Change…" }));
    const dialog = await screen.findByRole("dialog");
    const save = within(dialog).getByRole("button", { name: "Save" });
    await user.click(save);
    expect(await within(dialog).findByText(words)).toBeVisible();
    expect(within(dialog).getByLabelText("late")).toBeInvalid();
  });

  it("says what an open circuit means, and lets a person try now", async () => {
    let pulled: unknown;
    const { user } = showApp(at("spares"), {
      integration_pull: (given) => {
        pulled = given;
        return refuse({ code: "conflict", message: "Not in this test.", detail: null });
      },
    });
    expect(await screen.findByText(/leaves Spreadsheet in peace until 15:30/)).toBeVisible();
    expect(screen.getByText(/failed with code 500/)).toBeVisible();
    expect(screen.getByText("18 hours old")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try now: Spare parts desk" }));
    expect(pulled).toEqual({ language: "en", id: "spares" });
  });

  it("says on the list what is late and left in peace", async () => {
    showApp("/integrations");
    const row = (await screen.findByRole("link", { name: "Spare parts desk" })).closest("tr");
    if (!row) throw new Error("it stands in a row");
    expect(within(row).getByText("Late")).toBeVisible();
    expect(within(row).getByText(/Left in peace until/)).toBeVisible();
  });

  it("says why the page of it cannot be read", async () => {
    showApp(at("erp-orders"), {
      schedule_read: () => refuse({ code: "storage", message: "The disk is full.", detail: null }),
    });
    expect(await screen.findByText("The disk is full.")).toBeVisible();
  });
});
