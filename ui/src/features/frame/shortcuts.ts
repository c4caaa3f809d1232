import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

import { changeTextSize } from "./textSize";

/** Whether a key press belongs to a text that is being written. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role='textbox']") !== null;
}

/** Whether single letters mean something else where they are pressed: in a text, a dialog, a menu. */
export function isListening(target: EventTarget | null): boolean {
  if (isWriting(target)) return true;
  return (
    target instanceof HTMLElement &&
    target.closest("[role='dialog'], [role='alertdialog'], [role='menu'], [role='listbox']") !== null
  );
}

/** The keys that work anywhere. `record` is what `W` does; nothing where no win can be recorded. */
export function useShortcuts(open: (what: "palette" | "keys") => void, record: (() => void) | null): void {
  const { history } = useRouter();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = event.ctrlKey || event.metaKey;
      if (command && !event.altKey && event.key.toLowerCase() === "k") open("palette");
      else if (command && (event.key === "+" || event.key === "=")) changeTextSize(1);
      else if (command && event.key === "-") changeTextSize(-1);
      else if (command && event.key === "0") changeTextSize(0);
      else if (event.altKey && !command && event.key === "ArrowLeft") history.back();
      else if (event.altKey && !command && event.key === "ArrowRight") history.forward();
      else if (event.key === "?" && !command && !event.altKey && !isWriting(event.target)) open("keys");
      else if (
        record !== null &&
        event.key.toLowerCase() === "w" &&
        !command &&
        !event.altKey &&
        !event.repeat &&
        !isListening(event.target)
      )
        record();
      else return;
      event.preventDefault();
    };
    // The mouse's own back and forward buttons.
    const onMouseUp = (event: MouseEvent): void => {
      if (event.button === 3) history.back();
      else if (event.button === 4) history.forward();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("mouseup", onMouseUp);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("mouseup", onMouseUp);
    };
  }, [history, open, record]);
}
