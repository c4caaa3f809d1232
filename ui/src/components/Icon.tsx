import type { ReactNode } from "react";

const PATHS = {
  check: "M3 8.5 6.5 12 13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  chevron: "M5 6.5 8 9.5 11 6.5",
  right: "M6.5 4.5 10 8l-3.5 3.5",
  left: "M9.5 4.5 6 8l3.5 3.5",
  up: "M8 13V3.5M4 7.5l4-4 4 4",
  down: "M8 3v9.5M4 8.5l4 4 4-4",
  plus: "M8 3v10M3 8h10",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.8 10.8 14 14",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9",
  chart: "M2.5 12.5 6 8l3 2.5 4.5-6",
  export: "M8 2.5v7M5 6.5l3 3 3-3M3 11v2.5h10V11",
  flag: "M4 14V2.5M4 3h8l-2 3 2 3H4",
  more: "M3.2 8h.6M7.7 8h.6M12.2 8h.6",
  talk: "M2.5 3.5h11v7h-6l-3 2.5v-2.5h-2z",
  clip: "M12.5 7.5 7.6 12.4a2.9 2.9 0 0 1-4.1-4.1l5.2-5.2a1.9 1.9 0 0 1 2.7 2.7l-5 5a.9.9 0 0 1-1.3-1.3l4.5-4.5",
  pen: "M3 13l.7-2.8L10.5 3.4l2.1 2.1-6.8 6.8L3 13Z",
  ghost: "M4 13V7a4 4 0 0 1 8 0v6l-2-1.3L8 13l-2-1.3L4 13ZM6.5 7h.01M9.5 7h.01",
  warn: "M8 2.5 14 13H2L8 2.5ZM8 6.5v3M8 11.4v.01",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.5",
  file: "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
  folder: "M2.5 4h4l1.5 2h5.5v7h-11z",
  people:
    "M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM2 13c0-2.2 1.8-3.7 4-3.7s4 1.5 4 3.7M10.5 7.3a2 2 0 1 0-.6-3.9M11.2 9.5c1.7.2 2.8 1.6 2.8 3.5",
} as const;

/** The icons' names. */
export type IconName = keyof typeof PATHS;

/** A line icon; decoration beside words, unless a label is given. */
export function Icon({
  name,
  label,
  size = 16,
}: {
  name: IconName;
  label?: string;
  size?: number;
}): ReactNode {
  return (
    <svg
      width={`${size / 16}em`}
      height={`${size / 16}em`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
