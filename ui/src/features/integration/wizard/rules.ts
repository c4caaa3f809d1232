import type { SchemaPolicy, Severity } from "../../../api/bindings";

/** The rules that a person may loosen or tighten, with what is built in. Those without which a row could not be
 * counted at all are not among them. */
export const RULES = [
  { rule: "required", builtIn: "quarantine" },
  { rule: "type", builtIn: "quarantine" },
  { rule: "date-plausibility", builtIn: "quarantine" },
  { rule: "range", builtIn: "quarantine" },
  { rule: "negative-quantity", builtIn: "quarantine" },
  { rule: "quantity-order", builtIn: "warn" },
  { rule: "milestone-order", builtIn: "warn" },
  { rule: "unknown-status", builtIn: "quarantine" },
  { rule: "unknown-reason", builtIn: "warn" },
  { rule: "unique-key", builtIn: "quarantine" },
  { rule: "duplicate", builtIn: "warn" },
  { rule: "row-count", builtIn: "warn" },
  { rule: "null-share", builtIn: "warn" },
  { rule: "repeated-dates", builtIn: "warn" },
  { rule: "schema-change", builtIn: "warn" },
  { rule: "stale-data", builtIn: "warn" },
] as const satisfies readonly { rule: string; builtIn: Severity }[];

/** These speak of a whole file: no single row could wait for them. */
const OF_FILES: readonly string[] = [
  "row-count",
  "null-share",
  "repeated-dates",
  "schema-change",
  "stale-data",
];

export function severities(rule: string): readonly Severity[] {
  return OF_FILES.includes(rule) ? ["warn", "off"] : ["quarantine", "warn", "off"];
}

/** Built-in limits where the integration says nothing. */
export const LIMITS = {
  ahead_days: 1095,
  longest_days: 1095,
  row_count_percent: 30,
  null_share_points: 10,
  stale_hours: 72,
} as const;

/** How a column may change against the last file, what may happen then, and what is built in. A new column is not read
 * until it is mapped, so there is no value to drop. */
export const CHANGES = [
  { change: "new", builtIn: "accept", choices: ["accept", "stop", "drop-row"] },
  { change: "missing", builtIn: "stop", choices: ["stop", "accept", "drop-row", "drop-value"] },
  { change: "retyped", builtIn: "stop", choices: ["stop", "accept", "drop-row", "drop-value"] },
] as const satisfies readonly {
  change: string;
  builtIn: SchemaPolicy;
  choices: readonly SchemaPolicy[];
}[];
