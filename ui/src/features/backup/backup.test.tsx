import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { clearMocks } from "@tauri-apps/api/mocks";
import { cleanup, configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Notice, VerifyView } from "../../api/bindings";
import { newQueryClient } from "../../api/query";
import { install, refuse } from "../../platform/fixture";
import { changed, read, workspace } from "../../platform/fixture/common";
import { newRouter } from "../../router";

// Nothing here is hidden on purpose, and asking for the style of every element takes most of the time.
configure({ defaultHidden: true });

const admitted = vi.fn<(code: string) => void>();
let notices: Notice[] = [];
let found: VerifyView | null = null;

beforeEach(() => {
  admitted.mockReset();
  notices = [];
  found = null;
  install({
    start_read: () =>
      read(
        { workspace: { ...workspace, notices }, recent: [], suggested_folder: "/data", version: "0.1.0" },
        "workspace",
      ),
    verify_read: () => read(found),
    notice_dismiss: ({ code }) => {
      notices = notices.filter((notice) => notice.code !== code);
      return changed(null, "workspace");
    },
    device_admit: ({ code }) => {
      admitted(String(code));
      if (code !== "GOOD")
        return refuse({ code: "invalid", message: "a character of the recovery code is wrong", fields: [] });
      notices = [];
      return changed(null, "workspace");
    },
  });
});

afterEach(() => {
  // The page lets go of its events before the window that carries them is taken away.
  cleanup();
  clearMocks();
});

function open(at: string): ReturnType<typeof userEvent.setup> {
  const router = newRouter(createMemoryHistory({ initialEntries: [at] }));
  render(
    <QueryClientProvider client={newQueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return userEvent.setup({ delay: null, pointerEventsCheck: 0 });
}

describe("backups", () => {
  it("names what does not hold", async () => {
    found = { sound: false, events: 12, faults: ["Event 7 of the ledger is not as it was signed."] };
    open("/workspace/backup");
    expect(await screen.findByText(/Event 7 of the ledger/)).toBeDefined();
    expect(screen.getByText(/Something does not hold/)).toBeDefined();
  });

  it("tells a failed daily backup in words, until it is read", async () => {
    notices = [{ code: "backup_failed", detail: "2026-11-23: no space left" }];
    const user = open("/workspace/backup");
    expect(await screen.findByText(/daily backup did not work \(2026-11-23: no space left\)/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Understood" }));
    await waitFor(() => expect(screen.queryByText(/daily backup did not work/)).toBeNull());
  });

  it("lets a restored workspace write by its recovery code, and says when the code is wrong", async () => {
    notices = [
      { code: "not_admitted", detail: "5a6b7c8d" },
      { code: "restored_copy", detail: "2026-11-20T06:00:00Z" },
    ];
    const user = open("/workspace/backup");
    expect(await screen.findByText(/restored from the backup of .*2026/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Enter the recovery code…" }));
    const field = await screen.findByLabelText("Recovery code");
    await user.type(field, "BAD");
    await user.click(screen.getByRole("button", { name: "Let it write" }));
    expect(await screen.findByText(/a character of the recovery code is wrong/)).toBeDefined();
    await user.clear(field);
    await user.type(field, "GOOD");
    await user.click(screen.getByRole("button", { name: "Let it write" }));
    await waitFor(() => expect(screen.queryByLabelText("Recovery code")).toBeNull());
    expect(admitted.mock.calls).toEqual([["BAD"], ["GOOD"]]);
  });
});
