import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { clearMocks } from "@tauri-apps/api/mocks";
import { cleanup, configure, render, screen, within } from "@testing-library/react";
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

// Nothing here is hidden on purpose, and asking for the style of every element takes most of the time.
configure({ defaultHidden: true });

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

async function toFields(user: ReturnType<typeof userEvent.setup>): Promise<void> {
  await user.click(await screen.findByRole("button", { name: "Choose files…" }));
  await user.click(await screen.findByRole("button", { name: "Next: What was found" }));
  expect(await screen.findByText(/CSV, semicolon, Windows-1252/)).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Next: Fields" }));
}

describe("the wizard", () => {
  it("asks an ambiguous date with its example and saves nothing before it is answered", async () => {
    const user = open("/integrations/new");
    await toFields(user);
    const question = await screen.findByRole("radiogroup", {
      name: "Is 03/04/2026 3 April 2026 or 4 March 2026?",
    });
    for (const choice of within(question).getAllByRole("radio")) expect(choice).not.toBeChecked();

    await user.click(screen.getByRole("button", { name: /^6?Preview$/ }));
    expect(await screen.findByRole("button", { name: "Save and pull" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: /Fields →/ }));

    await user.click(await screen.findByRole("radio", { name: /3 April 2026/ }));
    await user.click(screen.getByRole("button", { name: /^6?Preview$/ }));
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "Save and pull" })).toBeEnabled(), {
      timeout: 8_000,
    });
    await user.click(screen.getByRole("button", { name: "Save and pull" }));
    expect(await screen.findByText("Name the system.")).toBeInTheDocument();
    expect(saved).not.toHaveBeenCalled();

    await user.type(screen.getByRole("textbox", { name: "System" }), "Northlight ERP");
    await user.click(screen.getByRole("button", { name: "Save, pull later" }));
    await vi.waitFor(() => expect(saved).toHaveBeenCalledOnce());
    const [draft] = saved.mock.calls[0] ?? [];
    expect(draft).toMatchObject({ id: "orders", name: "Orders", system: "Northlight ERP" });
    expect(draft?.stream[0]?.fields.ordered).toEqual({ column: "Order date", formats: ["dd/MM/yyyy"] });
    expect(keptDraft(workspace.folder)).toBeNull();
  });

  it("keeps the draft when it is closed and offers it again", async () => {
    const user = open("/integrations/new");
    await toFields(user);
    await screen.findByRole("radiogroup", { name: /03\/04\/2026/ });
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(await screen.findByText("A draft is waiting: Orders")).toBeInTheDocument();
    expect(keptDraft(workspace.folder)).toMatchObject({ step: "fields" });
    await user.click(screen.getByRole("link", { name: "Continue the draft" }));
    expect(await screen.findByRole("radiogroup", { name: /03\/04\/2026/ })).toBeInTheDocument();
  });
});
