import { screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { expect, it } from "vitest";

import { showApp } from "./app";

const PAGES = [
  ["/", "On-time delivery"],
  ["/kpi/promise-kept", "Orders that missed"],
  ["/kpi/promise-kept?tab=signals", "Phases"],
  ["/kpi/promise-kept?tab=definition", "All versions"],
  ["/definitions", "On the board"],
  ["/definitions/promise-kept", "How it is counted"],
  ["/order/4711/1?record=r1", "Raw records"],
  ["/conversations", "Conversations"],
  ["/conversations/t1?inbox=open", "Why did the pumps for Aqua Werke leave a week late?"],
  ["/conversations/t2", "Were the shipping days really ours?"],
  ["/integrations/spares?tab=schedule", "Circuit"],
] as const;

it.each(PAGES)(
  "%s has nothing that axe minds",
  async (address, heading) => {
    showApp(address);
    await screen.findByRole("heading", { name: heading });
    await waitFor(() => expect(document.querySelector("[aria-busy]")).toBeNull());
    // jsdom paints nothing: contrast is looked at in the real window.
    const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
    expect(
      found.violations.map(
        (fault) => `${fault.id}: ${fault.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
      ),
    ).toEqual([]);
  },
  60_000,
);
