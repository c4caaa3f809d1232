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
  ["/meeting", "Who facilitates in turn"],
  ["/meeting/2026-W47", "What waits"],
  ["/meeting/2026-W47/run", "On-time delivery: eight weeks below the old average"],
  ["/meeting/2026-W47/minutes", "How it was"],
  ["/meeting/promises?whose=all", "Decisions"],
  ["/meeting/digest", "What waits"],
  ["/meeting/insights", "Who needs what of whom"],
  ["/rotations", "Rotations"],
  ["/rotations/r1", "In their shoes"],
  ["/rotations/learned", "What people learned"],
] as const;

it.each(PAGES)(
  "%s has nothing that axe minds",
  async (address, heading) => {
    showApp(address);
    await screen.findAllByRole("heading", { name: heading });
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
