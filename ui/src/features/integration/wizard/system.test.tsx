import { screen, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import type { Integration } from "../../../api/bindings";
import { refuse } from "../../../platform/fixture";
import { changed, workspace } from "../../../platform/fixture/common";
import { work } from "../../../platform/fixture/integration";
import { showApp } from "../../../test/app";
import { emptyDraft } from "./draft";
import { keptDraft } from "./keep";
import { addStream, chooseOrigin, setCursor, withExcerpts } from "./system";

const AT = "/integrations/new";
const SLOW = 60_000;

async function toPostgres(user: UserEvent): Promise<void> {
  await user.click(await screen.findByText("PostgreSQL"));
  await user.type(await screen.findByLabelText("Server"), "erp.example.com");
  await user.type(screen.getByLabelText("Database"), "erp");
  await user.type(screen.getByLabelText("User"), "kpi");
}

describe("the wizard for systems", () => {
  it(
    "leads from the connection to fields, and keeps the secret in the keyring only",
    async () => {
      const secrets = vi.fn<(given: Record<string, unknown>) => void>();
      const saved = vi.fn<(draft: Integration) => void>();
      const { user } = showApp(AT, {
        offer_secret_keep: (given) => {
          secrets({ slot: given["slot"], text: given["text"] });
          return changed(false);
        },
        integration_save: ({ draft }) => {
          saved(draft as Integration);
          return changed("erp", "integration");
        },
      });
      await toPostgres(user);
      const field = await screen.findByLabelText("Password");
      expect(field).toHaveAttribute("type", "password");
      await user.type(field, "gr3en-hat");
      await user.click(screen.getByRole("button", { name: "Test the connection" }));
      expect(await screen.findByText("It answers: PostgreSQL 15.18", {}, { timeout: 8_000 })).toBeVisible();
      expect(secrets).toHaveBeenCalledWith({ slot: "password", text: "gr3en-hat" });
      expect(field).toHaveValue("");

      await user.click(screen.getByText("Next: What is read"));
      await user.type(await screen.findByLabelText("Search", {}, { timeout: 8_000 }), "order_l");
      expect(await screen.findByText("1 found")).toBeVisible();
      await user.click(screen.getByRole("button", { name: "Read it: public.order_lines" }));
      expect(await screen.findByRole("group", { name: /first rows of/ }, { timeout: 8_000 })).toBeVisible();
      expect(screen.getByText("SO-4720")).toBeInTheDocument();

      await user.click(screen.getByText("Next: Fields"));
      expect(
        await screen.findByText("Only the columns chosen here are asked for.", { exact: false }),
      ).toBeVisible();
      await vi.waitFor(() => expect(keptDraft(workspace.folder)?.step).toBe("fields"), { timeout: 4_000 });
      const draft = keptDraft(workspace.folder);
      expect(draft?.integration.stream[0]).toMatchObject({
        name: "order-lines",
        from: { name: "public.order_lines" },
        fields: { order: "order_no" },
      });
      expect(JSON.stringify({ ...localStorage })).not.toContain("gr3en-hat");
    },
    SLOW,
  );

  it(
    "says in words why the system does not answer, and can be stopped",
    async () => {
      const stopped = vi.fn<() => void>();
      const { user } = showApp(AT, {
        offer_ask: () => changed(work("ask", null, [["asking", 100_000]])),
        job_cancel: () => {
          stopped();
          return changed(null);
        },
      });
      await toPostgres(user);
      await user.click(screen.getByRole("button", { name: "Test the connection" }));
      const main = screen.getByRole("main");
      await user.click(await within(main).findByRole("button", { name: /^Cancel/ }, { timeout: 8_000 }));
      await vi.waitFor(() => expect(stopped).toHaveBeenCalled());
    },
    SLOW,
  );

  it(
    "shows a refusal beside the button",
    async () => {
      const words = "postgres: nothing answers at erp.example.com:5432";
      const { user } = showApp(AT, {
        offer_ask: () => refuse({ code: "system", message: words, detail: null }),
      });
      await toPostgres(user);
      await user.click(screen.getByRole("button", { name: "Test the connection" }));
      expect(await screen.findByText(words)).toBeVisible();
    },
    SLOW,
  );

  it(
    "takes the whole preset of a known system in one press",
    async () => {
      const { user } = showApp(AT);
      await user.click(await screen.findByText("Tryton"));
      await user.click(screen.getByText("Next: What is read"));
      await user.click(await screen.findByRole("button", { name: "Take what orders need" }));
      await vi.waitFor(() => expect(keptDraft(workspace.folder)?.integration.stream).toHaveLength(2), {
        timeout: 4_000,
      });
      const draft = keptDraft(workspace.folder);
      expect(draft?.integration.system).toBe("Tryton");
      expect(draft?.integration.stream[0]?.delivery).toBe("increment");
      expect(draft?.integration.route.legs.map((leg) => leg.to)).toEqual(["delivered"]);
    },
    SLOW,
  );

  it("marks what was not tested against a server", async () => {
    showApp(AT);
    expect(await screen.findAllByText("not tested against a server")).toHaveLength(2);
  });
});

describe("a draft of a system", () => {
  const draft = chooseOrigin(emptyDraft("2026-01-01T00:00:00Z"), "sqlite");

  it("asks only for news with a cursor, and for everything without", () => {
    const read = setCursor(addStream(draft, { name: "orders" }), 0, "updated_at", ["id"]);
    expect(read.integration.stream[0]).toMatchObject({
      delivery: "increment",
      from: { name: "orders", cursor: "updated_at", key: "id" },
    });
    const whole = setCursor(read, 0, null, ["id"]);
    expect(whole.integration.stream[0]?.delivery).toBe("snapshot");
    expect(whole.integration.stream[0]?.from).toEqual({ name: "orders" });
  });

  it("gives each stream a name of its own and suggests fields once", () => {
    const two = addStream(addStream(draft, { name: "public.orders" }), { name: "old.orders" });
    expect(two.integration.stream.map((stream) => stream.name)).toEqual(["orders", "orders-2"]);
    const table = {
      path: "public.orders",
      sheet: null,
      format: "",
      rows: 1,
      rows_exact: true,
      columns: [],
      notes: [],
      damaged: [],
      suggestion: { name: "orders", delivery: "snapshot" as const, fields: { order: "no", ordered: "day" } },
    };
    const excerpt = { stream: "orders", table, rows: [] };
    const suggested = withExcerpts(two, [excerpt], []);
    expect(suggested.integration.stream[0]?.fields).toEqual({ order: "no", ordered: "day" });
    const [first, second] = suggested.integration.stream;
    if (!first || !second) throw new Error("there are two");
    const emptied = {
      ...suggested,
      integration: { ...suggested.integration, stream: [{ ...first, fields: {} }, second] },
    };
    expect(withExcerpts(emptied, [excerpt], [])).toBe(emptied);
  });
});
