import { createContext, use } from "react";

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
