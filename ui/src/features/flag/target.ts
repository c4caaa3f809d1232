import { createContext, type RefCallback, use, useCallback, useEffect } from "react";

import type { Anchor, ThreadCause } from "../../api/bindings";

/** What a person may ask about. */
export interface FlagTarget {
  anchor: Anchor;
  /** Why; a flag where absent. */
  cause?: ThreadCause;
}

/** What pages and elements tell about themselves, and how asking begins. */
export interface Flags {
  /** Begins to ask about something. */
  flag: (target: FlagTarget) => void;
  /** Begins to ask about what has the focus, or else about what the page shows. */
  flagSelected: () => void;
  /** A page says what it shows; answers how to take that back. */
  shows: (target: FlagTarget) => () => void;
  /** An element says what it stands for. */
  stands: (element: Element, target: FlagTarget) => void;
}

const nothing = (): void => undefined;

/** Where the frame hands it out. */
export const FlagContext = createContext<Flags>({
  flag: nothing,
  flagSelected: nothing,
  shows: () => nothing,
  stands: nothing,
});

/** How asking begins. */
export function useFlags(): Flags {
  return use(FlagContext);
}

/** Says what the page shows: `F` asks about that where nothing on it has the focus. */
export function useFlagTarget(target: FlagTarget | null): void {
  const { shows } = useFlags();
  const key = JSON.stringify(target);
  useEffect(() => {
    const shown = JSON.parse(key) as FlagTarget | null;
    return shown === null ? undefined : shows(shown);
  }, [shows, key]);
}

/** Says what an element stands for: `F` asks about that while the focus is in it. */
export function useFlagRef(target: FlagTarget | null): RefCallback<Element> {
  const { stands } = useFlags();
  const key = JSON.stringify(target);
  return useCallback(
    (element: Element | null) => {
      const stood = JSON.parse(key) as FlagTarget | null;
      if (element !== null && stood !== null) stands(element, stood);
    },
    [stands, key],
  );
}
