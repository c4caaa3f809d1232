import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
import { changed } from "../../platform/fixture/common";
import { work } from "../../platform/fixture/integration";
import { showApp } from "../../test/app";

const AT = "/integrations/erp-orders?tab=connection";

describe("the connection of an integration", () => {
  it("says where the system is and whether it answers", async () => {
    const { user } = showApp(AT);
    expect(await screen.findByText("erp.example.com:5432/erp")).toBeVisible();
    expect(screen.getByText("plaza_reader")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Does it answer?" }));
    expect(await screen.findByText("It answers: PostgreSQL 15.18")).toBeVisible();
    expect(screen.getByText(/this user may write/)).toBeVisible();
  });

  it("says in words why it does not answer, and keeps the page", async () => {
    const words =
      "ERP: nothing answers at erp.example.com:5432; the system may be down, or a firewall in between";
    const { user } = showApp(AT, {
      connection_check: () => refuse({ code: "system", message: words, detail: null }),
    });
    await user.click(await screen.findByRole("button", { name: "Does it answer?" }));
    expect(await screen.findByText(new RegExp("nothing answers at"))).toBeVisible();
    expect(screen.getByText("erp.example.com:5432/erp")).toBeVisible();
  });

  it("takes a secret without showing it, and says when no keyring has it", async () => {
    let kept: unknown;
    const { user } = showApp(AT, {
      secret_keep: (given) => {
        kept = given;
        return { data: true, invalidates: ["integration"] };
      },
    });
    await user.click(await screen.findByRole("button", { name: "Enter: Password" }));
    const dialog = await screen.findByRole("dialog");
    const field = within(dialog).getByLabelText("Password");
    expect(field).toHaveAttribute("type", "password");
    expect(within(dialog).getByRole("button", { name: "Keep" })).toBeDisabled();
    await user.type(field, "gr3en");
    await user.click(within(dialog).getByRole("button", { name: "Keep" }));
    expect(await screen.findByText(/No keyring answers on this computer/)).toBeVisible();
    expect(kept).toEqual({ id: "erp-orders", slot: "password", text: "gr3en" });
  });
});

describe("reading days again", () => {
  it("asks for them from the first to the last", async () => {
    let asked: unknown;
    const { user } = showApp(AT, {
      integration_read_again: (given) => {
        asked = given;
        return changed(work("pull", "erp-orders", [["asking", 900]]), "run");
      },
    });
    const action = await screen.findByRole("button", { name: "Read these days again" });
    expect(action).toBeDisabled();
    for (const name of ["From", "To"]) {
      const group = screen.getByRole("group", { name });
      const [first] = within(group).getAllByRole("spinbutton");
      if (!first) throw new Error("a day has parts");
      // oxlint-disable-next-line no-await-in-loop -- one field after the other
      await user.click(first);
      // oxlint-disable-next-line no-await-in-loop -- one field after the other
      await user.keyboard("03162026");
    }
    await user.click(action);
    expect(await screen.findByText("Reading again has begun.")).toBeVisible();
    expect(asked).toMatchObject({ id: "erp-orders", from: "2026-03-16", to: "2026-03-16" });
  });
});

describe("the trail of a run", () => {
  it("says what was asked and what came back", async () => {
    const { user } = showApp("/integrations/erp-orders?tab=runs");
    const [details] = await screen.findAllByRole("button", { name: /^Details of the run/ });
    if (!details) throw new Error("there are runs");
    await user.click(details);
    expect(await screen.findByText("What was asked: 1 question")).toBeVisible();
    expect(screen.getByText(/COPY \(SELECT/)).toBeVisible();
    expect(screen.getByText("Answered")).toBeVisible();
  });
});
