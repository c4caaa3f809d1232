import { useEffect, useState, type RefObject } from "react";

/** The width of an element in pixels as it changes; `usual` until it is known. */
export function useWidth(element: RefObject<Element | null>, usual: number): number {
  const [width, setWidth] = useState(usual);
  useEffect(() => {
    const seen = element.current;
    if (!seen) return undefined;
    const measure = (): void => {
      const now = Math.round(seen.getBoundingClientRect().width);
      if (now > 0) setWidth(now);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(seen);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
