import { useEffect } from "react";

/** The mark of the moment when the board was first on the screen; `cargo xtask bench` reads it. */
const MARK = "board";

/** Notes, once in the window's life, that the board is on the screen. */
export function useFirstPaint(): void {
  useEffect(() => {
    if (performance.getEntriesByName(MARK).length > 0) return;
    // The frame after next begins when the first one with the board in it has been painted.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(MARK)));
  }, []);
}
