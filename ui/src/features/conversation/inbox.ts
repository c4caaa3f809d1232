import type { InboxKind } from "../../api/bindings";

/** The lists of conversations, in the order in which they are offered. */
export const INBOXES: readonly InboxKind[] = ["mine", "department", "open", "circling", "meeting", "closed"];

/** Whether an address names one of them. */
export function isInbox(word: unknown): word is InboxKind {
  return INBOXES.some((kind) => kind === word);
}
