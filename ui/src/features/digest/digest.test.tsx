import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { digest } from "../../platform/fixture/digest";
import { showApp } from "../../test/app";

describe("the digest", () => {
  it("tells each number, what changed, and what waits for whom", async () => {
    const { user, address } = showApp("/meeting/digest");
    expect(await screen.findByText("86.5 %")).toBeVisible();
    expect(screen.getByText("target 95 %")).toBeVisible();
    expect(screen.getByRole("heading", { name: "Bernd Vogel" })).toBeVisible();
    expect(screen.getByRole("heading", { name: "For nobody in particular" })).toBeVisible();
    await user.click(screen.getByRole("link", { name: /Week 44 of on-time delivery/ }));
    await waitFor(() => expect(address()).toBe("/kpi/promise-kept?week=2026-W44"));
  });

  it("is fine with a quiet week", async () => {
    showApp("/meeting/digest", {
      digest_read: () => read({ ...digest, changed: [], waiting: [] }, "meeting"),
    });
    expect(await screen.findByText("Nothing changed. That is fine.")).toBeVisible();
    expect(screen.getByText("Nothing waits for anybody.")).toBeVisible();
  });

  it("teaches what will stand here before there are numbers", async () => {
    showApp("/meeting/digest", {
      digest_read: () => read({ ...digest, kpis: [], changed: [], waiting: [] }, "meeting"),
    });
    expect(await screen.findByText("There is nothing to tell yet")).toBeVisible();
  });

  it("exports itself, and says what went wrong", async () => {
    const asked: unknown[] = [];
    const { user } = showApp("/meeting/digest", {
      digest_export: (args) => {
        asked.push(args);
        return changed(null);
      },
      "plugin:dialog|save": () => "/papers/digest.pdf",
    });
    await user.click(await screen.findByRole("button", { name: "Export…" }));
    await waitFor(() => expect(asked).toEqual([{ language: "en", path: "/papers/digest.pdf" }]));
  });

  it("says what went wrong", async () => {
    showApp("/meeting/digest", {
      digest_read: () => refuse({ code: "storage", message: "disk I/O error", detail: null }),
    });
    expect(await screen.findByText("disk I/O error")).toBeVisible();
  });
});
