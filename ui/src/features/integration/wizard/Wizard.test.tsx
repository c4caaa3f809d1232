import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { clearMocks } from "@tauri-apps/api/mocks";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Integration } from "../../../api/bindings";
import { newQueryClient } from "../../../api/query";
import { install } from "../../../platform/fixture";
import { changed, workspace } from "../../../platform/fixture/common";
import { newRouter } from "../../../router";
import { keptDraft } from "./keep";

function open(address: string): ReturnType<typeof userEvent.setup> {
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <QueryClientProvider client={newQueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return userEvent.setup({ delay: null, pointerEventsCheck: 0 });
}

const saved = vi.fn<(draft: Integration) => void>();

beforeEach(() => {
  saved.mockReset();
  install({
    integration_save: ({ draft }) => {
      saved(draft as Integration);
      return changed("erp-orders", "integration");
    },
  });
});

afterEach(() => {
  // The page lets go of its events before the window that carries them is taken away.
  cleanup();
  clearMocks();
});

/** By its words: a page of forty fields makes the way by roles too long for a slow machine. */
async function press(user: ReturnType<typeof userEvent.setup>, words: string): Promise<void> {
  await user.click(await screen.findByText(words));
}

function button(words: string): HTMLElement | null {
  return screen.getByText(words).closest("button");
}

const QUESTION = "Is 03/04/2026 3 April 2026 or 4 March 2026?";

async function toFields(user: ReturnType<typeof userEvent.setup>): Promise<void> {
  await press(user, "Files");
  await press(user, "Choose files…");
  await press(user, "Next: What was found");
  expect(await screen.findByText(/CSV, semicolon, Windows-1252/)).toBeInTheDocument();
  await press(user, "Next: Fields");
  expect(await screen.findByText(QUESTION)).toBeInTheDocument();
}

describe("the wizard", () => {
  it("asks an ambiguous date with its example and saves nothing before it is answered", async () => {
    const user = open("/integrations/new");
    await toFields(user);
    expect(document.querySelectorAll('[role="radiogroup"] input[value*="yyyy"]')).toHaveLength(2);
    expect(document.querySelector('input[value*="yyyy"]:checked')).toBeNull();

    await press(user, "Preview");
    await screen.findByText("Save and pull");
    expect(button("Save and pull")).toBeDisabled();
    await press(user, "Fields →");
    await press(user, "3 April 2026 (dd/MM/yyyy)");
    await press(user, "Preview");
    await vi.waitFor(() => expect(button("Save and pull")).toBeEnabled(), { timeout: 8_000 });
    await press(user, "Save and pull");
    expect(await screen.findByText("Name the system.")).toBeInTheDocument();
    expect(saved).not.toHaveBeenCalled();

    await user.type(screen.getByLabelText("System"), "Northlight ERP");
    await press(user, "Save, pull later");
    await vi.waitFor(() => expect(saved).toHaveBeenCalledOnce(), { timeout: 8_000 });
    const [draft] = saved.mock.calls[0] ?? [];
    expect(draft).toMatchObject({ id: "orders", name: "Orders", system: "Northlight ERP" });
    expect(draft?.stream[0]?.fields.ordered).toEqual({ column: "Order date", formats: ["dd/MM/yyyy"] });
    expect(keptDraft(workspace.folder)).toBeNull();
  }, 120_000);

  it("keeps the draft when it is closed and offers it again", async () => {
    const user = open("/integrations/new");
    await toFields(user);
    await press(user, "Close");
    expect(await screen.findByText("A draft is waiting: Orders")).toBeInTheDocument();
    expect(keptDraft(workspace.folder)).toMatchObject({ step: "fields" });
    await press(user, "Continue the draft");
    expect(await screen.findByText(QUESTION)).toBeInTheDocument();
  }, 120_000);
});
