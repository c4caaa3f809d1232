import { useEffect, useState } from "react";

const SECOND_MS = 1_000;

/**
 * Seconds that have passed since the core was asked, ticking once a second; 0 while the clock stands still. The core
 * counts; this only fills the time until it is asked again.
 */
export function useSeconds(since: number, isStanding: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (isStanding) return undefined;
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [isStanding]);
  return isStanding ? 0 : Math.max(0, Math.floor((now - since) / SECOND_MS));
}
