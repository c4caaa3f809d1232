import { createContext, type RefCallback, use, useCallback, useEffect } from "react";

import { type FlagTarget, useFlags } from "../flag/target";

/** Something on a page that a person can point at: a week, a part, an order line, a record, a run. */
export interface Thing {
  /** What it is called: “On-time delivery, W46”. */
  name: string;
  /** What a flag asks about. */
  flag?: FlagTarget;
  /** What is copied. */
  value?: string;
  /** Where it opens, an address of the window. */
  address?: string;
}

/** A place in the window, pixels from its left upper corner. */
export interface Place {
  x: number;
  y: number;
}

/** What pages and elements tell about themselves, and how the menu of one is offered. */
export interface Things {
  /** An element says what it stands for. */
  stands: (element: Element, thing: Thing) => void;
  /** A page says what it shows; answers how to take that back. */
  shows: (thing: Thing) => () => void;
  /** Offers the menu of something at a place. */
  offer: (thing: Thing, place: Place) => void;
  /** What has the focus, or else what the page shows. */
  selected: () => Thing | undefined;
}

const nothing = (): undefined => undefined;

/** Where the frame hands it out. */
export const ThingContext = createContext<Things>({
  stands: nothing,
  shows: () => nothing,
  offer: nothing,
  selected: nothing,
});

/** What elements stand for. */
export function useThings(): Things {
  return use(ThingContext);
}

/** Lets an element say what it stands for: to `F`, to its menu, to the palette. */
export function useStand(): (element: Element | null, thing: Thing) => void {
  const { stands } = useThings();
  const flags = useFlags();
  return useCallback(
    (element, thing) => {
      if (element === null) return;
      stands(element, thing);
      if (thing.flag) flags.stands(element, thing.flag);
    },
    [stands, flags],
  );
}

/** The same for one element of a component. */
export function useThingRef(thing: Thing | null): RefCallback<Element> {
  const stand = useStand();
  const key = JSON.stringify(thing);
  return useCallback(
    (element: Element | null) => {
      const stood = JSON.parse(key) as Thing | null;
      if (stood !== null) stand(element, stood);
    },
    [stand, key],
  );
}

/** Says what the page shows: to `F` and the palette, where nothing on it has the focus. */
export function useThing(thing: Thing | null): void {
  const { shows } = useThings();
  const flags = useFlags();
  const key = JSON.stringify(thing);
  useEffect(() => {
    const shown = JSON.parse(key) as Thing | null;
    if (shown === null) return undefined;
    const ends = [shows(shown), ...(shown.flag ? [flags.shows(shown.flag)] : [])];
    return () => {
      for (const end of ends) end();
    };
  }, [shows, flags, key]);
}
