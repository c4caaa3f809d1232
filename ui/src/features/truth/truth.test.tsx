import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { truth } from "../../platform/fixture/truth";
import { showApp } from "../../test/app";

const AT = "/integrations/erp-orders?tab=truth";

describe("the truth map of an integration", () => {
  it("says what went wrong when it cannot be read", async () => {
    showApp(AT, { truth_read: () => refuse({ code: "storage", message: "disk I/O error", detail: null }) });
    expect(await screen.findByText(/disk I\/O error/)).toBeVisible();
  });

  it("says that one system speaks alone, and that nobody asked for a correction", async () => {
    const alone = {
      ...truth,
      systems: ["ERP"],
      disagreements: [],
      disagreed: 0,
      unknown_lines: 0,
      corrections: [],
    };
    showApp(AT, { truth_read: () => read(alone, "integration") });
    expect(await screen.findByText(/^Only ERP speaks of these orders/)).toBeVisible();
    expect(screen.getByText(/^Nobody has asked for a correction/)).toBeVisible();
  });

  it("changes whose word counts, and says what is missing", async () => {
    const kept: unknown[] = [];
    const { user } = showApp(AT, {
      truth_set: (asked) => {
        kept.push(asked);
        return changed(null, "integration");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Change Delivered…" }));
    const dialog = await screen.findByRole("dialog", { name: "Delivered: whose word counts" });
    await user.click(await within(dialog).findByRole("button", { name: "Keep" }));
    expect(within(dialog).getByText("This is needed")).toBeVisible();
    expect(kept).toHaveLength(0);
    await user.click(within(dialog).getByRole("button", { name: /Believed/ }));
    await user.click(await screen.findByRole("option", { name: "CRM" }));
    await user.click(within(dialog).getByRole("button", { name: /Answers for it/ }));
    const [person] = await screen.findAllByRole("option");
    if (person === undefined) throw new Error("nobody to choose");
    await user.click(person);
    await user.click(within(dialog).getByRole("button", { name: "Keep" }));
    await waitFor(() => expect(kept).toHaveLength(1));
    expect(kept[0]).toMatchObject({
      id: "erp-orders",
      truth: { field: "delivered", origin: "ERP", record: "CRM" },
    });
  });

  it("asks the owner for a correction of what does not count", async () => {
    const asked: unknown[] = [];
    const { user } = showApp(AT, {
      correction_ask: (one) => {
        asked.push(one);
        return changed("c9", "integration");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Ask for a correction…" }));
    const dialog = await screen.findByRole("dialog", { name: "Ask for a correction" });
    await user.click(within(dialog).getByRole("button", { name: "Ask" }));
    expect(asked).toHaveLength(0);
    await user.type(within(dialog).getByRole("textbox", { name: "What is wrong" }), "Moved by mistake");
    await user.click(within(dialog).getByRole("button", { name: "Ask" }));
    await waitFor(() =>
      expect(asked).toEqual([
        {
          id: "erp-orders",
          correction: {
            field: "promised",
            text: "Moved by mistake",
            wanted: "2026-11-06",
            records: ["r1-2-3"],
          },
        },
      ]),
    );
  });
});
