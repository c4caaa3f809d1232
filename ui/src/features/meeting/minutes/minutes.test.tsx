import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../../platform/fixture";
import { changed, read } from "../../../platform/fixture/common";
import { minutesOf } from "../../../platform/fixture/meeting";
import { showApp } from "../../../test/app";

const AT = "/meeting/2026-W47/minutes";

describe("the minutes", () => {
  it("read as a page: who was there, each item with its chart, what came of it, how it was", async () => {
    showApp(AT);
    expect(await screen.findByText("A short meeting about large lots.")).toBeVisible();
    expect(screen.getByText("Ana Ruiz, Bernd Vogel")).toBeVisible();
    const item = screen.getByRole("region", { name: /On-time delivery/ });
    expect(within(item).getByText("Nine weeks below the old average, since week 38.")).toBeVisible();
    expect(within(item).getByText("Large lots block the second furnace.")).toBeVisible();
    expect(within(item).getByText("Split lots over 400 pieces")).toBeVisible();
    expect(within(item).getByText(/On-time delivery rises by 3 points by week 52/)).toBeVisible();
    expect(within(item).getByText("Lots over 400 wait for the second furnace.")).toBeVisible();
    expect(screen.getByText("Do we need Saturday shifts?")).toBeVisible();
    expect(screen.getByText("8 of 10 on average")).toBeVisible();
    expect(screen.getByText("8 · Short and honest.")).toBeVisible();
  });

  it("loses nothing that was captured under no item", async () => {
    const found = minutesOf("en");
    const decisions = found.run.decisions.map((decision) => Object.assign({}, decision, { item: null }));
    showApp(AT, {
      minutes_read: () => read({ ...found, run: { ...found.run, decisions } }, "meeting"),
    });
    const whole = await screen.findByRole("region", { name: "Beside the agenda" });
    expect(within(whole).getByText("Split lots over 400 pieces")).toBeVisible();
  });

  it("changes its own words where they stand", async () => {
    const asked: unknown[] = [];
    const { user } = showApp(AT, {
      minutes_edit: (args) => {
        asked.push(args);
        return changed(null, "meeting");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Edit: Words above all" }));
    const words = screen.getByRole("textbox", { name: "Words above all" });
    await user.clear(words);
    await user.type(words, "We talked about lots.");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await user.click(await screen.findByRole("button", { name: /Words about Closing round$/ }));
    await user.type(screen.getByRole("textbox", { name: "Words about Closing round" }), "Calm.");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(asked).toEqual([
        { meeting: "2026-W47", item: null, text: "We talked about lots." },
        { meeting: "2026-W47", item: "round", text: "Calm." },
      ]),
    );
  });

  it("keeps a text that the core refused", async () => {
    const { user } = showApp(AT, {
      minutes_edit: () => refuse({ code: "storage", message: "disk is full", detail: null }),
    });
    await user.click(await screen.findByRole("button", { name: "Edit: Words above all" }));
    await user.type(screen.getByRole("textbox", { name: "Words above all" }), " And shifts.");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("disk is full")).toBeVisible();
    expect(screen.getByRole("textbox", { name: "Words above all" })).toHaveValue(
      "A short meeting about large lots. And shifts.",
    );
  });

  it("sends a new version when something changed, and only then", async () => {
    const asked: unknown[] = [];
    const { user } = showApp(AT, {
      minutes_send: (args) => {
        asked.push(args);
        return changed(2, "meeting");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Send again" }));
    expect(await screen.findByText(/Version 2 is sent/)).toBeVisible();
    expect(asked).toEqual([{ language: "en", meeting: "2026-W47" }]);
  });

  it("has nothing to send while it is as it was sent", async () => {
    showApp(AT, { minutes_read: () => read({ ...minutesOf("en"), is_changed: false }, "meeting") });
    expect(await screen.findByRole("button", { name: "Send again" })).toBeDisabled();
    expect(screen.getByText(/As sent in version 1/)).toBeVisible();
  });

  it("exports by the ending that a person chose", async () => {
    const asked: unknown[] = [];
    const { user } = showApp(AT, {
      minutes_export: (args) => {
        asked.push(args);
        return changed(null);
      },
      "plugin:dialog|save": () => "/papers/minutes.html",
    });
    await user.click(await screen.findByRole("button", { name: "Export…" }));
    await waitFor(() =>
      expect(asked).toEqual([{ language: "en", meeting: "2026-W47", path: "/papers/minutes.html" }]),
    );
  });

  it("writes nothing when the file dialog is left", async () => {
    const asked: unknown[] = [];
    const { user } = showApp(AT, {
      minutes_export: (args) => asked.push(args),
      "plugin:dialog|save": () => null,
    });
    await user.click(await screen.findByRole("button", { name: "Export…" }));
    expect(asked).toEqual([]);
  });

  it("says that a meeting was not held", async () => {
    const found = minutesOf("en");
    showApp(AT, { minutes_read: () => read({ ...found, run: { ...found.run, began: null } }, "meeting") });
    expect(await screen.findByText("This meeting has not been held")).toBeVisible();
  });

  it("says what went wrong", async () => {
    showApp(AT, { minutes_read: () => refuse({ code: "storage", message: "disk I/O error", detail: null }) });
    expect(await screen.findByText("disk I/O error")).toBeVisible();
  });
});
