import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { needs } from "../../platform/fixture/promise";
import { showApp } from "../../test/app";

const AT = "/meeting/promises?whose=all";

function noted(): { asked: unknown[]; answer: (args: Record<string, unknown>) => unknown } {
  const asked: unknown[] = [];
  return {
    asked,
    answer: (args) => {
      asked.push(args);
      return changed(null, "meeting");
    },
  };
}

describe("the board of promises", () => {
  it("shows one's own first; the address says whose", async () => {
    const { user, address } = showApp("/meeting/promises");
    expect(await screen.findByText("Book the second carrier for Tuesdays")).toBeVisible();
    expect(screen.queryByText("Send the new lot sizes to sales")).toBeNull();
    // Chloé is of logistics, which is asked in one need.
    expect(screen.getByText("Tell us by noon what does not leave today")).toBeVisible();
    expect(screen.queryByText("No promise under ten days for lots over 400")).toBeNull();
    await user.click(screen.getByRole("radio", { name: "All" }));
    expect(await screen.findByText("Send the new lot sizes to sales")).toBeVisible();
    expect(address()).toBe("/meeting/promises?whose=all");
  });

  it("says who has promised too much, and what is overdue and was moved", async () => {
    showApp(AT);
    expect(
      await screen.findByText(/Bernd Vogel has 5 open commitments. People keep about three/),
    ).toBeVisible();
    expect(screen.getByText("Moved once, from 6 Nov: The furnace was down")).toBeVisible();
    expect(screen.getByText("overdue")).toBeVisible();
  });

  it("keeps a commitment with one press, and takes that back", async () => {
    const answer = noted();
    const { user } = showApp(AT, { commitment_answer: answer.answer });
    await user.click(await screen.findByRole("button", { name: "Kept: Send the new lot sizes to sales" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() =>
      expect(answer.asked).toEqual([
        { commitment: "c1", answer: { answer: "kept" } },
        { commitment: "c1", answer: { answer: "open" } },
      ]),
    );
  });

  it("wants to know why something was not kept, and until when it is moved", async () => {
    const answer = noted();
    const { user } = showApp(AT, { commitment_answer: answer.answer });
    await user.click(
      await screen.findByRole("button", { name: "Not kept: Send the new lot sizes to sales" }),
    );
    let dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Say so" }));
    expect(answer.asked).toEqual([]);
    await user.type(within(dialog).getByRole("textbox"), "I was ill");
    await user.click(within(dialog).getByRole("button", { name: "Say so" }));
    await waitFor(() =>
      expect(answer.asked).toEqual([
        { commitment: "c1", answer: { answer: "not_kept", reason: "I was ill" } },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: "Move: Book the second carrier for Tuesdays" }));
    dialog = await screen.findByRole("dialog", { name: "Move the commitment" });
    await user.click(within(dialog).getByRole("button", { name: "Move it" }));
    expect(within(dialog).getByText("This is needed")).toBeVisible();
    await user.type(within(dialog).getByRole("textbox", { name: "Reason" }), "The carrier is full");
    await user.click(within(dialog).getByRole("button", { name: "Move it" }));
    await waitFor(() =>
      expect(answer.asked[1]).toEqual({
        commitment: "c2",
        answer: { answer: "moved", to: "2026-11-24", reason: "The carrier is full" },
      }),
    );
  });

  it("answers a need: accepted, declined, something else", async () => {
    const answer = noted();
    const { user } = showApp(AT, { need_answer: answer.answer });
    const text = "Tell us by noon what does not leave today";
    await user.click(await screen.findByRole("button", { name: `Accept: ${text}` }));
    await user.click(screen.getByRole("button", { name: `Decline: ${text}` }));
    let dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox"), "No list before two");
    await user.click(within(dialog).getByRole("button", { name: "Decline" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: `Offer something else: ${text}` }));
    dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox", { name: "What instead" }), "By two");
    await user.click(within(dialog).getByRole("button", { name: "Offer it" }));
    await waitFor(() =>
      expect(answer.asked).toEqual([
        { need: "d1", answer: { answer: "accepted" } },
        { need: "d1", answer: { answer: "declined", reason: "No list before two" } },
        { need: "d1", answer: { answer: "countered", text: "By two", by: "2026-11-25" } },
      ]),
    );
  });

  it("asks of an accepted need whether it was met", async () => {
    const answer = noted();
    const accepted = needs.map((need) =>
      Object.assign({}, need, { answer: { answer: "accepted" as const } }),
    );
    const { user } = showApp(AT, {
      promise_list: () => read({ commitments: [], needs: accepted, decisions: [], crowded: [] }, "meeting"),
      need_answer: answer.answer,
    });
    await user.click(await screen.findByRole("button", { name: /^Met: Tell us by noon/ }));
    await waitFor(() => expect(answer.asked).toEqual([{ need: "d1", answer: { answer: "met" } }]));
  });

  it("opens a need again that was declined or met", async () => {
    const answer = noted();
    const over = needs.map((need) =>
      Object.assign({}, need, { is_open: false, answer: { answer: "met" as const } }),
    );
    const { user } = showApp(AT, {
      promise_list: () => read({ commitments: [], needs: over, decisions: [], crowded: [] }, "meeting"),
      need_answer: answer.answer,
    });
    const shut = await screen.findByText(/answered$/);
    await user.click(shut);
    await user.click(await screen.findByRole("button", { name: /^Open again: Tell us by noon/ }));
    await waitFor(() => expect(answer.asked).toEqual([{ need: "d1", answer: { answer: "open" } }]));
  });

  it("shows what was expected of a decision and what came of it, in words", async () => {
    showApp(AT);
    expect(await screen.findByText("Order to cash falls by 3 days by week 46")).toBeVisible();
    expect(screen.getByText("Partly.")).toBeVisible();
    expect(screen.getByText(/It fell by 1.5 days/)).toBeVisible();
    expect(screen.getByText("Plaza looks for the effect when its week has come.")).toBeVisible();
  });

  it("marks the promise that a reminder leads to, and no other", async () => {
    showApp(`${AT}&of=c1`);
    const row = (await screen.findByText("Send the new lot sizes to sales")).closest("li");
    expect(row).toHaveAttribute("aria-current", "true");
    const other = screen.getByText("Book the second carrier for Tuesdays").closest("li");
    expect(other).not.toHaveAttribute("aria-current");
  });

  it("keeps what is over out of the way until somebody looks", async () => {
    const { user } = showApp(AT);
    await screen.findByText("Send the new lot sizes to sales");
    expect(screen.queryByText("Call the five customers who wait longest")).toBeNull();
    const [filed] = screen.getAllByRole("button", { name: "1 answered" });
    if (filed) await user.click(filed);
    expect(screen.getByText("Call the five customers who wait longest")).toBeVisible();
  });

  it("teaches where promises come from, and says what went wrong", async () => {
    showApp(AT, {
      promise_list: () => read({ commitments: [], needs: [], decisions: [], crowded: [] }, "meeting"),
    });
    expect(await screen.findByText("Nothing was promised yet")).toBeVisible();
  });

  it("says what went wrong", async () => {
    showApp(AT, { promise_list: () => refuse({ code: "storage", message: "disk I/O error", detail: null }) });
    expect(await screen.findByText("disk I/O error")).toBeVisible();
  });
});
