import { screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { refuse } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { showApp } from "../../test/app";

const save = vi.hoisted(() => vi.fn<() => Promise<string>>());
vi.mock("../../platform/dialog", () => ({ pickSave: save, pickFiles: vi.fn(), pickFolder: vi.fn() }));

const AT = "/integrations/erp-orders?tab=trail";

// Two hundred rows are many for a slow machine without a layout engine.
vi.setConfig({ testTimeout: 60_000 });

describe("the trail of an integration", () => {
  it("says what was asked, what came, what a rule decided, and who decided", async () => {
    showApp(AT);
    expect(await screen.findByText("10,003 entries")).toBeVisible();
    expect(screen.getByText("Released from quarantine")).toBeVisible();
    expect(screen.getByText("by Clara Winter")).toBeVisible();
    expect(screen.getByText("A cell is not what it should be")).toBeVisible();
    expect(screen.getByText("af1349b9f5f9")).toHaveAttribute("title", expect.stringMatching(/^af1349.{58}$/));
    expect(screen.getByText("the system failed with code 503")).toBeVisible();
  });

  it("is searched, and page by page to its end", async () => {
    const { user } = showApp(AT);
    await screen.findByText("10,003 entries");
    expect(screen.getByRole("button", { name: "Newer" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Older" }));
    expect(await screen.findByText("201 to 400 of 10,003")).toBeVisible();
    await user.click(screen.getByText("Only what did not work"));
    expect(await screen.findByText("1 entry")).toBeVisible();
    expect(screen.getAllByRole("row")).toHaveLength(2);
    await user.type(screen.getByRole("searchbox", { name: "Search" }), "nowhere");
    expect(await screen.findByText(/Nothing was found/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Export as CSV…" })).toBeDisabled();
  });

  it("is taken elsewhere with what is looked for", async () => {
    save.mockResolvedValue("/data/ana/trail.jsonl");
    const given = vi.fn<(what: unknown) => void>();
    const { user } = showApp(AT, {
      trail_export: (what) => {
        given(what);
        return changed(1);
      },
    });
    await screen.findByText("10,003 entries");
    await user.click(screen.getByText("Only what did not work"));
    await screen.findByText("1 entry");
    await user.click(screen.getByRole("button", { name: "Export as JSON lines…" }));
    expect(await screen.findByText("1 entry exported")).toBeVisible();
    expect(given).toHaveBeenCalledWith(
      expect.objectContaining({
        id: "erp-orders",
        form: "json_lines",
        file: "/data/ana/trail.jsonl",
        query: expect.objectContaining({ faults: true }) as unknown,
      }),
    );
  });

  it("says that nothing was asked yet, and what went wrong", async () => {
    showApp(AT, { trail_find: () => read({ total: 0, skip: 0, system: "ERP", entries: [] }, "run") });
    expect(await screen.findByText(/From the first pull on/)).toBeVisible();
  });

  it("offers another attempt where it cannot be read", async () => {
    showApp(AT, {
      trail_find: () => refuse({ code: "storage", message: "intake.db: broken", detail: null }),
    });
    expect(await screen.findByText("intake.db: broken")).toBeVisible();
  });
});

describe("the parts of an integration", () => {
  it("stand in three groups, each with its own, and the address stays", async () => {
    const { user, address } = showApp("/integrations/erp-orders?tab=schedule");
    const groups = await screen.findByRole("tablist", { name: "Parts of the integration" });
    expect(
      within(groups)
        .getAllByRole("tab")
        .map((tab) => tab.textContent),
    ).toEqual(["What for", "How it flows", "What came10,007"]);
    const flow = screen.getByRole("tablist", { name: "How it flows" });
    expect(within(flow).getByRole("tab", { name: "Schedule", selected: true })).toBeVisible();
    await user.click(within(groups).getByRole("tab", { name: /What came/ }));
    expect(address()).toBe("/integrations/erp-orders?tab=runs");
    const came = await screen.findByRole("tablist", { name: "What came" });
    await user.click(within(came).getByRole("tab", { name: "Trail" }));
    expect(address()).toBe("/integrations/erp-orders?tab=trail");
  });

  it("are reached with the arrow keys", async () => {
    const { user, address } = showApp("/integrations/erp-orders?tab=charter");
    const groups = await screen.findByRole("tablist", { name: "Parts of the integration" });
    within(groups).getByRole("tab", { name: "What for" }).focus();
    await user.keyboard("{ArrowRight}");
    expect(address()).toBe("/integrations/erp-orders?tab=connection");
    await user.tab();
    await user.keyboard("{ArrowRight}");
    expect(address()).toBe("/integrations/erp-orders?tab=fields");
  });
});
