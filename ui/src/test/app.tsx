import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel, type UserEvent } from "@testing-library/user-event";
import { vi } from "vitest";

import { newQueryClient } from "../api/query";
import { Toasts } from "../components/Toasts";
import { install, type Handlers } from "../platform/fixture";
import { newRouter } from "../router";

/** The whole window at an address, with the fixture in place of the core. */
export function showApp(
  address: string,
  handlers: Handlers = {},
): { user: UserEvent; address: () => string; back: () => void } {
  // Rows of a virtual table are drawn where there is room for them; jsdom has no layout.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(400);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(900);
  install(handlers);
  const router = newRouter(createMemoryHistory({ initialEntries: [address] }));
  render(
    <QueryClientProvider client={newQueryClient()}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>,
  );
  return {
    // Style sheets are not loaded here: none could keep a pointer off, and looking for one takes a third of each click.
    user: userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never }),
    address: () => router.history.location.href,
    back: () => router.history.back(),
  };
}
