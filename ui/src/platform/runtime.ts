import { isTauri } from "@tauri-apps/api/core";

/** Whether the page stands in Plaza's window; a plain browser shows it with the fixture backend. */
export function inWindow(): boolean {
  return isTauri();
}

/** `⌘` on macOS, `Ctrl` elsewhere: what a person presses for shortcuts. */
export function commandKey(): string {
  return /mac/i.test(navigator.userAgent) ? "⌘" : "Ctrl";
}
