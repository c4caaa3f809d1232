import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { hand } from "../../platform/fixture/truth";
import { showApp } from "../../test/app";

const AT = "/integrations/erp-orders?tab=hand";

describe("entering by hand", () => {
  it("says what went wrong when it cannot be read", async () => {
    showApp(AT, { hand_read: () => refuse({ code: "storage", message: "disk I/O error", detail: null }) });
    expect(await screen.findByText(/disk I\/O error/)).toBeVisible();
  });

  it("says what it is for where nothing was entered and the charter is silent", async () => {
    const empty = { ...hand, fallback: "", entries: [], lines: [], differs: 0, silent: 0, agrees: 0 };
    showApp(AT, { hand_read: () => read(empty, "integration") });
    expect(await screen.findByText("Nothing was entered by hand yet.")).toBeVisible();
    expect(screen.getByText(/does not say yet how people carry on/)).toBeVisible();
  });

  it("asks for the order and for what happened, and shows what the core refuses beside the field", async () => {
    const entered: unknown[] = [];
    const { user } = showApp(AT, {
      hand_enter: (one) => {
        entered.push(one);
        return entered.length === 1
          ? refuse({
              code: "invalid",
              message: "rows.0.delivered_quantity: “x” is no number; write it as 12.5",
              fields: [{ field: "rows.0.delivered_quantity", words: "“x” is no number; write it as 12.5" }],
            })
          : changed({ read: 1, counted: 1, quarantined: 0 }, "integration");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Enter a row…" }));
    const dialog = await screen.findByRole("dialog", { name: "What happened by hand" });
    await user.click(within(dialog).getByRole("button", { name: "Enter" }));
    expect(within(dialog).getByText("Which order is it?")).toBeVisible();
    await user.type(within(dialog).getByRole("textbox", { name: "Order number" }), "SO-1");
    await user.click(within(dialog).getByRole("button", { name: "Enter" }));
    expect(within(dialog).getByText(/fill in at least one field/)).toBeVisible();
    expect(entered).toHaveLength(0);
    await user.type(within(dialog).getByRole("textbox", { name: "Quantity delivered" }), "x");
    await user.click(within(dialog).getByRole("button", { name: "Enter" }));
    expect(await within(dialog).findByText(/is no number/)).toBeVisible();
    await user.clear(within(dialog).getByRole("textbox", { name: "Quantity delivered" }));
    await user.type(within(dialog).getByRole("textbox", { name: "Quantity delivered" }), "5");
    await user.click(within(dialog).getByRole("button", { name: "Enter" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(entered[1]).toEqual({
      id: "erp-orders",
      cells: [
        { field: "order", text: "SO-1" },
        { field: "delivered_quantity", text: "5" },
      ],
      note: "",
    });
  });

  it("lets the owner keep an entry against the system, with a reason", async () => {
    const kept: unknown[] = [];
    const { user } = showApp(AT, {
      hand_keep: (one) => {
        kept.push(one);
        return changed(null, "integration");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Keep the entry…" }));
    const dialog = await screen.findByRole("dialog", { name: "Keep what was entered" });
    await user.type(within(dialog).getByRole("textbox"), "The driver’s note says so");
    await user.click(within(dialog).getByRole("button", { name: "Keep the entry…" }));
    await waitFor(() =>
      expect(kept).toEqual([
        {
          id: "erp-orders",
          order: "SO-4711",
          line: "10",
          field: "delivered",
          kept: true,
          reason: "The driver’s note says so",
        },
      ]),
    );
  });
});
