import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { clearMocks } from "@tauri-apps/api/mocks";
import { cleanup, configure, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { NewWorkspace } from "../../api/bindings";
import { newQueryClient } from "../../api/query";
import { install, refuse } from "../../platform/fixture";
import { changed, read, workspace } from "../../platform/fixture/common";
import { newRouter } from "../../router";

const made = vi.fn<(draft: NewWorkspace) => void>();

// Nothing here is hidden on purpose, and asking for the style of every element takes most of the time.
configure({ defaultHidden: true });

beforeEach(() => {
  made.mockReset();
  install({
    start_read: () =>
      read(
        {
          workspace: null,
          recent: [
            { name: "Aqua Werke", folder: "/gone", exists: false },
            { name: "Nordvand", folder: "/newer", exists: true },
          ],
          suggested_folder: "/data/ana/Plaza",
          version: "0.1.0",
        },
        "workspace",
      ),
    workspace_open: () => refuse({ code: "newer_schema", message: "ledger version 9", detail: null }),
    workspace_create: ({ draft }) => {
      made(draft as NewWorkspace);
      return changed({ workspace, recovery_code: "KWTR-7Q2M" }, "workspace");
    },
  });
});

afterEach(() => {
  // The page lets go of its events before the window that carries them is taken away.
  cleanup();
  clearMocks();
});

function open(): ReturnType<typeof userEvent.setup> {
  const router = newRouter(createMemoryHistory({ initialEntries: ["/start"] }));
  render(
    <QueryClientProvider client={newQueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return userEvent.setup({ delay: null, pointerEventsCheck: 0 });
}

describe("first start", () => {
  it("says which workspaces are missing and which are newer than the program", async () => {
    const user = open();
    expect(await screen.findByRole("button", { name: "Open Aqua Werke" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Open Nordvand" }));
    expect(await screen.findByText("This workspace is newer than this Plaza")).toBeInTheDocument();
  });

  it("makes my own company and shows the recovery code until it is written down", async () => {
    const user = open();
    await user.click(await screen.findByRole("button", { name: "Set up my company" }));
    await user.click(await screen.findByRole("button", { name: "Next" }));
    expect(await screen.findByText("Give the company a name.")).toBeInTheDocument();
    await user.type(screen.getByRole("textbox", { name: "Company name" }), "Nordvand");
    await user.click(screen.getByRole("button", { name: "Next" }));
    await user.click(await screen.findByRole("button", { name: "Remove Production" }));
    await user.click(screen.getByRole("button", { name: "Next" }));
    await user.type(await screen.findByRole("textbox", { name: "Your name" }), "Ana");
    await user.click(screen.getByRole("button", { name: "Make the workspace" }));

    expect(await screen.findByText("KWTR-7Q2M")).toBeInTheDocument();
    expect(made).toHaveBeenCalledWith(
      expect.objectContaining({
        name: "Nordvand",
        my_name: "Ana",
        departments: ["Sales", "Logistics", "Finance"],
      }),
    );
    expect(screen.getByRole("button", { name: "Go to the board" })).toBeDisabled();
    await user.click(screen.getByRole("checkbox", { name: "I have written it down" }));
    expect(screen.getByRole("button", { name: "Go to the board" })).toBeEnabled();
  });
});
