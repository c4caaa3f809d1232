import { useEffect, useRef } from "react";

/** What a key does in a meeting that is run. */
export type RunKey =
  | "next"
  | "back"
  | "pause"
  | "extend"
  | "decision"
  | "need"
  | "commitment"
  | "note"
  | "understood"
  | "parked"
  | "next_time"
  | "attendance"
  | "round"
  | "agenda"
  | "card"
  | "full"
  | "leave";

const KEYS: Record<string, RunKey> = {
  ArrowRight: "next",
  PageDown: "next",
  ArrowLeft: "back",
  PageUp: "back",
  " ": "pause",
  "+": "extend",
  d: "decision",
  n: "need",
  c: "commitment",
  m: "note",
  u: "understood",
  p: "parked",
  l: "next_time",
  a: "attendance",
  r: "round",
  g: "agenda",
  w: "card",
  f: "full",
  Escape: "leave",
};

const TEXTS = "input, textarea, select, [contenteditable='true'], [role='textbox'], [role='spinbutton']";
/** Lists and sheets that lie above the page answer their keys themselves. */
const ABOVE = "[role='listbox'], [role='menu'], [role='grid'], [role='dialog']";

/** Whether a key belongs to what has the focus. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector("[role='dialog']") !== null) return true;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest(ABOVE) !== null) return true;
  if (target instanceof HTMLInputElement && (target.type === "radio" || target.type === "checkbox")) {
    // Letters mean nothing to a box or a choice; arrows and space do.
    return event.key === " " || event.key.startsWith("Arrow");
  }
  if (event.key === " " && target.closest("button, a, summary") !== null) return true;
  return target.closest(TEXTS) !== null;
}

/** Hears the keys of a meeting, wherever the focus is, unless something is being written. */
export function useRunKeys(act: (key: RunKey) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const key = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
      if (key === undefined || isTaken(event)) return;
      // Held down, a key would run through the agenda.
      event.preventDefault();
      if (!event.repeat) latest.current(key);
    };
    // On the document, which hears a key before the window does: here F fills the screen, elsewhere it flags.
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
