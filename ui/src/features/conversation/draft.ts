import type { Attachment } from "../../api/bindings";

/** What is written but not sent yet. */
export interface Draft {
  text: string;
  attachments: readonly Attachment[];
}

const EMPTY: Draft = { text: "", attachments: [] };
const KEPT = "plaza.draft.";

const drafts = new Map<string, Draft>();

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" &&
    value !== null &&
    "text" in value &&
    typeof value.text === "string" &&
    "attachments" in value &&
    Array.isArray(value.attachments)
  );
}

/** What was written in a conversation and not sent; this computer keeps it. */
export function readDraft(thread: string): Draft {
  const known = drafts.get(thread);
  if (known) return known;
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT + thread) ?? "null");
    return isDraft(kept) ? kept : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** Keeps what is written. What is too long for the computer's own store stays as long as the window is open. */
export function keepDraft(thread: string, draft: Draft): void {
  if (draft.text === "" && draft.attachments.length === 0) {
    drafts.delete(thread);
    localStorage.removeItem(KEPT + thread);
    return;
  }
  drafts.set(thread, draft);
  try {
    localStorage.setItem(KEPT + thread, JSON.stringify(draft));
  } catch {
    // An older draft must not come back in place of this one.
    localStorage.removeItem(KEPT + thread);
  }
}
