import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { changed, read } from "../../platform/fixture/common";
import { held } from "../../platform/fixture/checkpoint";
import { refuse } from "../../platform/fixture";
import { showApp } from "../../test/app";

const AT = "/integrations/erp-orders?tab=checkpoint";

describe("the checkpoint of an integration", () => {
  it("teaches what it is for where there is none, and asks for everything that it needs", async () => {
    const kept: unknown[] = [];
    const { user } = showApp(AT, {
      checkpoint_read: () => read({ settings: null, held: null, acts: [] }, "integration"),
      checkpoint_set: (asked) => {
        kept.push(asked);
        return changed(null, "integration");
      },
    });
    expect(await screen.findByText("Everything is published as it comes")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Set the checkpoint…" }));
    const dialog = await screen.findByRole("dialog", { name: "The checkpoint" });
    await user.click(within(dialog).getByRole("button", { name: "Keep" }));
    expect(within(dialog).getAllByText("This is needed")).toHaveLength(2);
    expect(kept).toHaveLength(0);
  });

  it("says what went wrong when it cannot be read", async () => {
    showApp(AT, {
      checkpoint_read: () => refuse({ code: "storage", message: "disk I/O error", detail: null }),
    });
    expect(await screen.findByText(/disk I\/O error/)).toBeVisible();
  });

  it("shows what a batch would change and publishes the weeks that were chosen", async () => {
    const decided: unknown[] = [];
    const { user } = showApp(AT, {
      batch_decide: (asked) => {
        decided.push(asked);
        return changed(null, "integration");
      },
    });
    expect(await screen.findByText("91.2%")).toBeVisible();
    expect(screen.getByText("too far")).toBeVisible();
    const part = screen.getByRole("button", { name: /chosen weeks…/ });
    expect(part).toBeDisabled();
    await user.click(screen.getByRole("checkbox", { name: "Choose On-time delivery, 2026-W46" }));
    await user.click(screen.getByRole("button", { name: "Publish the chosen week…" }));
    const dialog = await screen.findByRole("dialog", { name: "Publish the chosen weeks" });
    await user.click(within(dialog).getByRole("button", { name: "Publish" }));
    expect(decided).toHaveLength(0);
    await user.type(within(dialog).getByRole("textbox"), "Seen with logistics");
    await user.click(within(dialog).getByRole("button", { name: "Publish" }));
    await waitFor(() =>
      expect(decided).toEqual([
        {
          id: "erp-orders",
          decision: { what: "release_weeks", weeks: [["promise-kept", "2026-W46"]] },
          reason: "Seen with logistics",
        },
      ]),
    );
  });

  it("says why somebody may not decide and offers no button", async () => {
    const why = "This is the approver’s decision.";
    showApp(AT, {
      checkpoint_read: () =>
        read({ ...held, held: held.held && { ...held.held, why_not: why } }, "integration"),
    });
    expect(await screen.findByText(why)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Publish all…" })).toBeNull();
  });
});
