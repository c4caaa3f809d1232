import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { refuse } from "../../platform/fixture";
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
