import type { PlazaError } from "../api/errors";

/** A short message at the foot of the window. */
export interface Message {
  id: number;
  words: string;
  tone: "plain" | "bad";
  /** Takes back what was done. */
  undo?: () => void;
}

type Heard = (messages: readonly Message[]) => void;

let messages: readonly Message[] = [];
let nextId = 1;
const listeners = new Set<Heard>();

function set(next: readonly Message[]): void {
  messages = next;
  for (const heard of listeners) heard(messages);
}

/** At most this many at once: older ones make room. */
const MESSAGES_MAX = 3;

/** Says something; with `undo`, offers to take it back. */
export function toast(words: string, options: { undo?: () => void; tone?: Message["tone"] } = {}): void {
  const message: Message = { id: nextId, words, tone: options.tone ?? "plain" };
  if (options.undo) message.undo = options.undo;
  nextId += 1;
  set([...messages.slice(1 - MESSAGES_MAX), message]);
}

/** Says that something was refused. */
export function reportError(error: PlazaError): void {
  toast(error.message, { tone: "bad" });
}

/** Takes a message away. */
export function dismiss(id: number): void {
  set(messages.filter((message) => message.id !== id));
}

/** For the region that shows them. */
export function subscribe(heard: Heard): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

/** What is to be shown now. */
export function current(): readonly Message[] {
  return messages;
}
