import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import type { ThreadQuery, ThreadView } from "../../api/bindings";
import { refuse, type Handler } from "../../platform/fixture";
import { changed, read } from "../../platform/fixture/common";
import { dispute, line, list, message, said, span, thread } from "../../platform/fixture/thread";
import { matter } from "../../platform/fixture/truth";
import { showApp } from "../../test/app";

const opened = vi.hoisted(() => vi.fn<(address: string) => Promise<void>>());
vi.mock("../../platform/open", () => ({ openOutside: opened, showInFolder: vi.fn<() => void>() }));

/** An act of the core that is listened to. */
function heard(answer: unknown = null): ReturnType<typeof vi.fn<Handler>> {
  return vi.fn<Handler>(() => changed(answer, "thread"));
}

function reading(rest: Partial<ThreadView>): Handler {
  return () => read({ ...thread, ...rest }, "thread");
}

describe("the list of conversations", () => {
  it("says how many wait, what is unread, and shows other lists at addresses of their own", async () => {
    const { user, address } = showApp("/conversations");
    const rows = await screen.findByRole("list", { name: "Conversations in this list" });
    expect(within(rows).getAllByRole("listitem")).toHaveLength(2);
    expect(
      within(rows).getByRole("link", { name: /^2 new On-time delivery, W46 1 hour ago Why did/ }),
    ).toBeVisible();
    // One more is a matter that an integration needs a person for.
    expect(screen.getByRole("radio", { name: /Waiting for me\s*3/ })).toBeChecked();
    const room = screen.getByRole("link", { name: /Conversations/ });
    expect(room).toHaveTextContent("3 wait for you");
    await user.click(screen.getByRole("radio", { name: /All open/ }));
    await waitFor(() => expect(address()).toBe("/conversations?inbox=open"));
    expect(await screen.findByText(/unanswered for 4 days/)).toBeVisible();
  });

  it("shows what the systems need of a person above them, for whom, since when, and leads to its place", async () => {
    const rows = [
      matter("a1"),
      matter("a2", { kind: "batch_held", subject: "", address: "/integrations/erp-orders?tab=checkpoint" }),
      matter("a3", { kind: "debt", subject: "", person: "Ana Ruiz", is_mine: false }),
      matter("a4", { kind: "data_late", subject: "", person: null, is_mine: false, is_department: false }),
      matter("a5", { kind: "quarantine", subject: "", person: null, is_mine: false, is_department: false }),
    ];
    const { user, address } = showApp("/conversations", {
      attention_list: () => read({ mine: 2, department: 3, all: 5, rows }, "integration"),
    });
    const mine = await screen.findByRole("region", { name: "2 matters wait for you" });
    expect(within(mine).getAllByRole("listitem")).toHaveLength(2);
    expect(within(mine).getAllByText(/^you are asked · began/)).toHaveLength(2);
    expect(screen.getByRole("link", { name: /Conversations/ })).toHaveTextContent("4 wait for you");
    await user.click(screen.getByRole("radio", { name: /My department/ }));
    const department = await screen.findByRole("region", { name: "3 matters wait for a person" });
    expect(within(department).getByText(/^asked: Ana Ruiz/)).toBeVisible();
    await user.click(screen.getByRole("radio", { name: /All open/ }));
    const all = await screen.findByRole("region", { name: "5 matters wait for a person" });
    expect(within(all).getAllByRole("listitem")).toHaveLength(3);
    await user.click(within(all).getByRole("button", { name: "Show 2 more" }));
    expect(within(all).getAllByText(/^nobody answers for it/)).toHaveLength(2);
    await user.click(screen.getByRole("radio", { name: "Closed" }));
    await waitFor(() => expect(screen.queryByRole("region", { name: /matters wait/ })).toBeNull());
    await user.click(screen.getByRole("radio", { name: /Waiting for me/ }));
    await user.click(await screen.findByRole("link", { name: "ERP orders: a batch waits for a decision" }));
    await waitFor(() => expect(address()).toBe("/integrations/erp-orders?tab=checkpoint"));
  });

  it("does not say that nothing waits where a matter does, and says where none could be read", async () => {
    const none: Handler = () =>
      read({
        total: 0,
        rows: [],
        counts: { mine: 0, department: 0, open: 4, circling: 0, meeting: 0 },
      });
    const { user } = showApp("/conversations", { thread_list: none });
    expect(await screen.findByText("No conversation waits here")).toBeVisible();
    expect(screen.queryByText("Nothing waits for you")).toBeNull();
    await user.click(screen.getByRole("radio", { name: /Going in circles/ }));
    expect(await screen.findByText("Nobody goes in circles")).toBeVisible();
  });

  it("says that matters could not be read, beside the conversations that could", async () => {
    showApp("/conversations", {
      attention_list: () => refuse({ code: "storage", message: "disk I/O error", detail: null }),
    });
    expect(await screen.findByText(/What waits for a person could not be read/)).toBeVisible();
    expect(await screen.findByRole("list", { name: "Conversations in this list" })).toBeVisible();
  });

  it("draws only what is in sight of ten thousand, in slices", async () => {
    const asked: ThreadQuery[] = [];
    showApp("/conversations?inbox=open", {
      thread_list: ({ query }) => {
        const wish = query as ThreadQuery;
        asked.push(wish);
        const rows = Array.from({ length: wish.limit }, (_, place) => line(wish.offset + place));
        return read({ ...list(wish), total: 10_000, rows }, "thread");
      },
    });
    const rows = await screen.findByRole("list", { name: "Conversations in this list" });
    const drawn = within(rows).getAllByRole("listitem");
    expect(drawn.length).toBeLessThan(40);
    expect(drawn[0]).toHaveAttribute("aria-setsize", "10000");
    expect(asked).toContainEqual({ inbox: "open", offset: 0, limit: 200 });
  });

  it("is walked with j and k, opened with Enter, and kept beside the conversation", async () => {
    const { user, address } = showApp("/conversations?inbox=open");
    await screen.findByRole("list", { name: "Conversations in this list" });
    await user.keyboard("j");
    expect(screen.getByRole("link", { name: /^2 new.*Why did the pumps/ })).toHaveFocus();
    await user.keyboard("jj");
    expect(screen.getByRole("link", { name: /typing error/ })).toHaveFocus();
    await user.keyboard("k");
    await waitFor(() => expect(screen.getByRole("link", { name: /^2 new.*shipping days/ })).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(address()).toBe("/conversations/t2?inbox=open"));
    expect(await screen.findByRole("heading", { name: "Were the shipping days really ours?" })).toBeVisible();
    expect(screen.getByRole("link", { name: /shipping days/, current: "page" })).toBeVisible();
  });

  it("teaches where nobody has flagged anything", async () => {
    showApp("/conversations", {
      thread_list: () =>
        read({
          total: 0,
          rows: [],
          counts: { mine: 0, department: 0, open: 0, circling: 0, meeting: 0, closed: 0 },
        }),
    });
    expect(await screen.findByText(/Press F on any number that looks odd. The people/)).toBeVisible();
    expect(screen.getByRole("heading", { name: "No flags yet" })).toBeVisible();
  });

  it("says what went wrong where it cannot be read", async () => {
    showApp("/conversations", {
      thread_list: () => refuse({ code: "storage", message: "disk I/O error", detail: null }),
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("disk I/O error");
  });

  it("finds what was said, marks the words, and opens it", async () => {
    const search = vi.fn<Handler>(() =>
      read({
        has_more: true,
        texts: [
          {
            noun: "message",
            address: "/conversations/t1",
            about: "On-time delivery, W46",
            at: "2026-11-17T09:01:00Z",
            excerpt: [
              { text: "<b>The</b> ", is_found: false },
              { text: "test bench", is_found: true },
            ],
          },
        ],
      }),
    );
    const { user, address } = showApp("/conversations", { text_search: search });
    await user.type(await screen.findByRole("searchbox", { name: "Search what was said" }), "test bench");
    const found = await screen.findByRole("link", { name: /On-time delivery, W46/ });
    expect(within(found).getByText("test bench").tagName).toBe("MARK");
    expect(within(found).getByText(/<b>The<\/b>/)).toBeVisible();
    expect(search.mock.lastCall?.[0]).toMatchObject({ question: "test bench" });
    expect(screen.getByText("Only the latest 1 are here; more words narrow it.")).toBeVisible();
    await user.click(found);
    await waitFor(() => expect(address()).toBe("/conversations/t1"));
  });
});

describe("a conversation", () => {
  it("shows what was seen beside what it is now, and who is asked and why", async () => {
    showApp("/conversations/t1");
    expect(await screen.findByText(/Seen 87.4 %, now 86.5 %/)).toBeVisible();
    const cells = (name: string): (string | null)[] =>
      within(screen.getByRole("rowheader", { name }).closest("tr") as HTMLElement)
        .getAllByRole("cell")
        .map((cell) => cell.textContent);
    expect(cells("Value")).toEqual(["87.4%", "86.5%"]);
    expect(cells("Definition, version")).toEqual(["2", "same"]);
    expect(cells("Limits")).toEqual(["84.9 to 95.3", ""]);
    expect(screen.getByText("decides about this number")).toBeVisible();
    expect(screen.getByRole("link", { name: "On-time delivery, W46" })).toHaveAttribute(
      "href",
      "/kpi/promise-kept?week=2026-W46",
    );
  });

  it("shows hostile text as text, and a link's target before it is opened", async () => {
    const body = [
      {
        kind: "paragraph" as const,
        depth: 0,
        ordinal: null,
        spans: [
          span("<img src=x onerror=alert(1)> "),
          span("your bank", { link: "https://evil.example/login" }),
        ],
      },
    ];
    const { user } = showApp("/conversations/t1", {
      thread_read: reading({
        entries: [{ entry: "message", ...message("m1", said("p2", "2026-11-17T09:01:00Z"), { body }) }],
      }),
    });
    expect(await screen.findByText(/<img src=x onerror/)).toBeVisible();
    expect(document.querySelector("img")).toBeNull();
    await user.click(screen.getByRole("button", { name: "your bank" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("https://evil.example/login")).toBeVisible();
    expect(opened).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("button", { name: "Open it" }));
    expect(opened).toHaveBeenCalledExactlyOnceWith("https://evil.example/login");
  });

  it("counts as read once it was shown, once", async () => {
    const mark = heard();
    showApp("/conversations/t1", { thread_mark: mark });
    await waitFor(() => expect(mark).toHaveBeenCalledWith({ thread: "t1", isRead: true }));
    expect(mark).toHaveBeenCalledTimes(1);
  });

  it("mentions with @ by keyboard and sends with Ctrl and Enter", async () => {
    const write = heard("m9");
    const { user } = showApp("/conversations/t1", { message_write: write });
    const field = await screen.findByRole("textbox", { name: "Message" });
    await user.type(field, "Ask @ber");
    expect(await screen.findByRole("option", { name: /Bernd Vogel/, selected: true })).toBeVisible();
    await user.keyboard("{Enter}");
    expect(field).toHaveValue("Ask @Bernd Vogel ");
    await user.type(field, "and @");
    await user.keyboard("{ArrowUp}{Tab}");
    expect(field).toHaveFocus();
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() =>
      expect(write).toHaveBeenCalledWith({
        thread: "t1",
        text: "Ask [@Bernd Vogel](person:p2) and [@Sales](department:sales) ",
        attachments: [],
      }),
    );
    await waitFor(() => expect(field).toHaveValue(""));
  });

  it("keeps what was written when it is refused, and when the page is left", async () => {
    const { user, address } = showApp("/conversations/t7", {
      message_write: () => refuse({ code: "invalid", message: "Too long by 4 000 characters.", fields: [] }),
    });
    const field = await screen.findByRole("textbox", { name: "Message" });
    await user.type(field, "a long story");
    await user.click(screen.getByRole("button", { name: "Send" }));
    expect(await screen.findByText("Too long by 4 000 characters.")).toBeVisible();
    expect(field).toHaveValue("a long story");
    await user.click(screen.getByRole("link", { name: "Integrations" }));
    await waitFor(() => expect(address()).toBe("/integrations"));
    await screen.findByRole("heading", { name: "Integrations" });
    expect(localStorage.getItem("plaza.draft.t7") ?? "").toContain("a long story");
    await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
    expect(await screen.findByRole("textbox", { name: "Message" })).toHaveValue("a long story");
  });

  it("attaches a pasted picture and sends it", async () => {
    const write = heard("m9");
    const paste = vi.fn<Handler>(({ name, mime }) => changed({ hash: "d".repeat(64), name, mime, bytes: 3 }));
    const { user } = showApp("/conversations/t8", { message_write: write, attachment_paste: paste });
    const field = await screen.findByRole("textbox", { name: "Message" });
    const file = new File([new Uint8Array([1, 2, 255])], "shot.png", { type: "image/png" });
    fireEvent.paste(field, { clipboardData: { files: [file] } });
    expect(await screen.findByText("shot.png")).toBeVisible();
    expect(paste).toHaveBeenCalledWith({ name: "shot.png", mime: "image/png", base64: "AQL/" });
    await user.click(screen.getByRole("button", { name: "Send" }));
    await waitFor(() => expect(write).toHaveBeenCalledTimes(1));
    expect(write.mock.calls[0]?.[0]).toMatchObject({ text: "", attachments: [{ name: "shot.png" }] });
  });

  it("changes an own message as it was written, and takes it back with a way to undo", async () => {
    const change = heard();
    const remove = heard();
    const write = heard("m9");
    const { user } = showApp("/conversations/t1", {
      message_change: change,
      message_delete: remove,
      message_write: write,
    });
    const more = await screen.findByRole("button", { name: "More about the message of Chloé Martin" });
    expect(screen.queryByRole("button", { name: "More about the message of Bernd Vogel" })).toBeNull();
    await user.click(more);
    await user.click(await screen.findByRole("menuitem", { name: "Change" }));
    const field = await screen.findByRole("textbox", { name: "Change the message" });
    expect(field).toHaveValue("Two lots can go ahead tomorrow, @Bernd Vogel.");
    await user.type(field, " Today!");
    await user.click(screen.getByRole("button", { name: "Save the change" }));
    await waitFor(() =>
      expect(change).toHaveBeenCalledWith({
        thread: "t1",
        message: "m2",
        text: "Two lots can go ahead tomorrow, [@Bernd Vogel](person:p2). Today!",
      }),
    );
    await user.click(await screen.findByRole("button", { name: "More about the message of Chloé Martin" }));
    await user.click(await screen.findByRole("menuitem", { name: "Take back" }));
    await waitFor(() => expect(remove).toHaveBeenCalledWith({ thread: "t1", message: "m2" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(write).toHaveBeenCalledTimes(1));
    expect(write.mock.calls[0]?.[0]).toMatchObject({
      text: "Two lots can go ahead tomorrow, [@Bernd Vogel](person:p2).",
    });
  });

  it("reacts with one word, and takes that back", async () => {
    const react = heard();
    const { user } = showApp("/conversations/t1", {
      thread_react: react,
      thread_read: reading({ reactions: [{ reaction: "looking", people: ["Chloé Martin"], is_mine: true }] }),
    });
    await user.click(
      await screen.findByRole("button", { name: "Looking into it 1: Chloé Martin", pressed: true }),
    );
    expect(react).toHaveBeenLastCalledWith({
      thread: "t1",
      message: null,
      reaction: "looking",
      isOn: false,
    });
    await user.click(screen.getByRole("button", { name: "React to the message of Bernd Vogel" }));
    await user.click(await screen.findByRole("menuitem", { name: "Agree" }));
    expect(react).toHaveBeenLastCalledWith({ thread: "t1", message: "m1", reaction: "agree", isOn: true });
  });

  it("proposes to talk where people go in circles, and to whom", async () => {
    const propose = heard();
    const { user } = showApp("/conversations/t1", { talk_propose: propose });
    const banner = (await screen.findByText(/7 messages since you last met/)).closest(
      "[role='note']",
    ) as HTMLElement;
    await user.click(within(banner).getByRole("button", { name: "Can we talk?" }));
    const dialog = await screen.findByRole("dialog", { name: "Can we talk?" });
    await user.click(within(dialog).getByRole("checkbox", { name: "Ana Ruiz" }));
    await user.click(within(dialog).getByRole("checkbox", { name: "Bernd Vogel" }));
    await user.click(within(dialog).getByRole("button", { name: "Propose it" }));
    expect(within(dialog).getByRole("alert")).toHaveTextContent("Choose at least one person.");
    expect(propose).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("checkbox", { name: "Bernd Vogel" }));
    await user.click(within(dialog).getByRole("button", { name: "Propose it" }));
    await waitFor(() =>
      expect(propose).toHaveBeenCalledWith({ thread: "t1", way: "call", people: ["p2"], words: "" }),
    );
  });

  it("notes that people met, with what came of it", async () => {
    const met = heard();
    const { user } = showApp("/conversations/t1", { thread_met: met });
    await user.click(await screen.findByRole("button", { name: "We met" }));
    const dialog = await screen.findByRole("dialog", { name: "We met" });
    await user.click(within(dialog).getByRole("button", { name: "Note it" }));
    expect(met).not.toHaveBeenCalled();
    await user.type(within(dialog).getByRole("textbox"), "Two lots go first");
    await user.click(within(dialog).getByRole("button", { name: "Note it" }));
    await waitFor(() =>
      expect(met).toHaveBeenCalledWith({
        thread: "t1",
        way: "call",
        people: ["p1", "p2"],
        words: "Two lots go first",
      }),
    );
  });

  it("says so where it is not there", async () => {
    showApp("/conversations/gone");
    expect(await screen.findByText("This conversation is not here.")).toBeVisible();
  });
});

describe("closing", () => {
  it("asks for the cause of a real change", async () => {
    const close = heard();
    const { user } = showApp("/conversations/t1", { thread_close: close });
    await user.click(await screen.findByRole("button", { name: "Close…" }));
    const dialog = await screen.findByRole("dialog", { name: "How does it end?" });
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(within(dialog).getByText("Please choose what it was.")).toBeVisible();
    await user.click(within(dialog).getByRole("radio", { name: /Real change/ }));
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(within(dialog).getByText("Please name the cause.")).toBeVisible();
    expect(close).not.toHaveBeenCalled();
    await user.type(within(dialog).getByRole("textbox", { name: "The cause" }), "New carrier");
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    await waitFor(() =>
      expect(close).toHaveBeenCalledWith({
        thread: "t1",
        form: { outcome: { outcome: "real_change", cause: "New carrier" }, words: "", shares: [] },
      }),
    );
  });

  it("takes an overridden split only where it is whole and has a reason", async () => {
    const close = heard();
    const { user } = showApp("/conversations/t2", { thread_close: close });
    await user.click(await screen.findByRole("button", { name: "Close…" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("radio", { name: /The split was overridden/ }));
    const share = within(dialog).getByRole("textbox", { name: "Production" });
    await user.clear(share);
    await user.type(share, "50");
    await user.tab();
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(within(dialog).getByText(/now they are 64.3%/)).toBeVisible();
    const finance = within(dialog).getByRole("textbox", { name: "Finance" });
    await user.type(finance, "35.7");
    await user.tab();
    await user.type(
      within(dialog).getByRole("textbox", { name: "Why the milestones do not tell it all" }),
      "Blocked invoice",
    );
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(close).toHaveBeenCalledTimes(1));
    expect(close.mock.calls[0]?.[0]).toEqual({
      thread: "t2",
      form: {
        outcome: { outcome: "split_overridden" },
        words: "Blocked invoice",
        shares: [
          { department: "production", percent: 50 },
          { department: "logistics", percent: 14.3 },
          { department: "finance", percent: 35.7 },
        ],
      },
    });
  });

  it("offers shares only to departments that the order passes, and wants a reason where the split stays", async () => {
    const close = heard();
    const { split } = dispute;
    const offered = ["sales", "production", "logistics"];
    const { user } = showApp("/conversations/t2", {
      thread_close: close,
      thread_read: () => ({ data: { ...dispute, split: split && { ...split, offered } }, provides: [] }),
    });
    await user.click(await screen.findByRole("button", { name: "Close…" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("radio", { name: /The split was overridden/ }));
    expect(within(dialog).getByRole("textbox", { name: "Sales" })).toBeVisible();
    expect(within(dialog).queryByRole("textbox", { name: "Finance" })).toBeNull();
    await user.click(within(dialog).getByRole("radio", { name: /The split stays/ }));
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(within(dialog).getByText("Please say why.")).toBeVisible();
    expect(close).not.toHaveBeenCalled();
    await user.type(within(dialog).getByRole("textbox", { name: "Why the milestones are right" }), "Right");
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(close).toHaveBeenCalledTimes(1));
  });

  it("shows whoever may not change a split no form, and says who may", async () => {
    const { split } = dispute;
    const mine = { ...dispute, split: split && { ...split, may_decide: false }, outcomes: ["split_stays"] };
    const { user } = showApp("/conversations/t2", { thread_read: () => ({ data: mine, provides: [] }) });
    await user.click(await screen.findByRole("button", { name: "Close…" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("Only Bea Sand may change the split.")).toBeVisible();
    expect(within(dialog).queryByRole("radio", { name: /overridden/ })).toBeNull();
  });

  it("lets nobody else take an agreed split back", async () => {
    const { split } = dispute;
    const agreed = { overridden: split?.measured ?? [], is_own: true, may_decide: false };
    const mine = { ...dispute, split: split && { ...split, ...agreed }, outcomes: [] };
    const { user } = showApp("/conversations/t2", { thread_read: () => ({ data: mine, provides: [] }) });
    await user.click(await screen.findByRole("button", { name: "Close…" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("button", { name: "Close" })).toBeDisabled();
  });

  it("lets no data error of an order end without its correction", async () => {
    const close = heard();
    const { user } = showApp("/conversations/t2", { thread_close: close });
    await user.click(await screen.findByRole("button", { name: "Close…" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("radio", { name: /Data error/ }));
    await user.type(within(dialog).getByRole("textbox"), "Typing error");
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(within(dialog).getByRole("alert")).toHaveTextContent("No correction has been asked for yet.");
    expect(close).not.toHaveBeenCalled();
  });

  it("opens it again only with a reason", async () => {
    const reopen = heard();
    const { user } = showApp("/conversations/t1", {
      thread_reopen: reopen,
      thread_read: reading({
        outcome: {
          outcome: { outcome: "normal_variation" },
          words: "Nothing to see",
          said: said("p1", "2026-11-18T09:00:00Z"),
          correction: null,
        },
      }),
    });
    await user.click(await screen.findByRole("button", { name: "Open again…" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox"), "It happened again");
    await user.click(within(dialog).getByRole("button", { name: "Open again" }));
    await waitFor(() => expect(reopen).toHaveBeenCalledWith({ thread: "t1", reason: "It happened again" }));
    expect(screen.queryByText(/messages since you last met/)).toBeNull();
  });
});
