import { getCurrentWindow } from "@tauri-apps/api/window";

import { inWindow } from "./runtime";

/** Lets Plaza's window fill the screen, or gives the screen back. A plain browser is left as it is. */
export async function fillScreen(isFull: boolean): Promise<void> {
  if (!inWindow()) return;
  try {
    await getCurrentWindow().setFullscreen(isFull);
  } catch {
    // A window manager that knows no full screen shows the meeting in the window that there is.
  }
}
