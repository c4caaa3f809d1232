import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { drills } from "../../platform/fixture/drill";
import { showApp } from "../../test/app";

const AT = "/integrations/erp-orders?tab=drills";

const cut = {
  began: "2026-11-23T06:31:00.000Z",
  over: "2026-11-23T10:31:00.000Z",
  is_cut: true,
  by: "Ada Brandt",
  purpose: "Who notices first?",
  notes: [],
  record: null,
};

describe("the drills of an integration", () => {
  it("says what went wrong when they cannot be read", async () => {
    showApp(AT, { drill_read: () => refuse({ code: "storage", message: "disk I/O error", detail: null }) });
    expect(await screen.findByText(/disk I\/O error/)).toBeVisible();
  });

  it("teaches why to hold one, and asks for a fallback first", async () => {
    showApp(AT, {
      drill_read: () => read({ ...drills, held: [], fallback: "", owed_from: null }, "integration"),
    });
    expect(await screen.findByText("No drill yet")).toBeVisible();
    expect(screen.getByRole("button", { name: "Play an outage…" })).toBeDisabled();
    expect(screen.getByText(/Say it there first/)).toBeVisible();
  });

  it("says that one is owed, and what came of those before", async () => {
    showApp(AT, {
      drill_read: () => read({ ...drills, debt: "Twelve months without a drill." }, "integration"),
    });
    expect(await screen.findByText("Twelve months without a drill.")).toBeVisible();
    expect(screen.getByText("nothing lost, nothing doubled")).toBeVisible();
    expect(screen.getByText("Learned: Print the sheet.")).toBeVisible();
  });

  it("begins an outage for the hours that were chosen", async () => {
    const begun: unknown[] = [];
    const { user } = showApp(AT, {
      outage_begin: (asked) => {
        begun.push(asked);
        return changed(null, "integration");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Play an outage…" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Cut it" }));
    await waitFor(() => expect(begun).toEqual([{ id: "erp-orders", draft: { minutes: 240, purpose: "" } }]));
  });

  it("takes notes while it is cut, and closes no record before the first pull", async () => {
    const noted: unknown[] = [];
    const { user } = showApp(AT, {
      drill_read: () => read({ ...drills, outage: cut }, "integration"),
      outage_note: (asked) => {
        noted.push(asked);
        return changed(null, "integration");
      },
    });
    await user.type(await screen.findByRole("textbox", { name: "What did you notice?" }), "Old numbers");
    await user.click(screen.getByRole("button", { name: "Note it" }));
    await waitFor(() => expect(noted).toEqual([{ id: "erp-orders", words: "Old numbers" }]));
    expect(screen.queryByRole("button", { name: "Close the record…" })).toBeNull();
  });

  it("closes the record with who took part and what was learned", async () => {
    const closed: unknown[] = [];
    const { user } = showApp(AT, {
      drill_read: () =>
        read(
          { ...drills, outage: { ...cut, is_cut: false, record: ["It was cut for 4 hours."] } },
          "integration",
        ),
      outage_close: (asked) => {
        closed.push(asked);
        return changed(null, "integration");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Close the record…" }));
    const dialog = await screen.findByRole("dialog", { name: "Close the record" });
    await user.click(within(dialog).getByRole("button", { name: "Close the record" }));
    expect(within(dialog).getAllByText("This is needed")).toHaveLength(2);
    const [first] = await within(dialog).findAllByRole("checkbox");
    if (first) await user.click(first);
    await user.type(within(dialog).getByRole("textbox"), "Print the sheet");
    await user.click(within(dialog).getByRole("button", { name: "Close the record" }));
    await waitFor(() => expect(closed).toHaveLength(1));
  });
});
