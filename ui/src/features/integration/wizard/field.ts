import type { Field, Milestone } from "../../../api/bindings";

/** How a field's cells are read; mirrors the domain's `FieldKind`, so that the right question is asked. */
export type FieldKind = "text" | "date" | "number" | "code";

export const FIELD_GROUPS = [
  { group: "identity", fields: ["order", "line", "row_key", "changed_at"] },
  { group: "customer", fields: ["requested", "promised", "agreed", "date_changed_by"] },
  {
    group: "milestone",
    fields: ["ordered", "confirmed", "produced", "shipped", "delivered", "invoiced", "paid"],
  },
  {
    group: "due",
    fields: ["confirmed_due", "produced_due", "shipped_due", "delivered_due", "invoiced_due", "paid_due"],
  },
  {
    group: "quantity",
    fields: [
      "ordered_quantity",
      "produced_quantity",
      "shipped_quantity",
      "delivered_quantity",
      "returned_quantity",
      "cancelled_quantity",
      "value",
      "currency",
    ],
  },
  {
    group: "exception",
    fields: [
      "status",
      "cancelled_on",
      "returned_on",
      "return_reason",
      "credited_on",
      "credit_reason",
      "disputed_on",
      "dispute_reason",
    ],
  },
  { group: "text", fields: ["customer", "product", "product_group"] },
] as const satisfies readonly { group: string; fields: readonly Field[] }[];

/** All fields in the order in which the wizard and the integration's page show them. */
export const FIELDS: readonly Field[] = FIELD_GROUPS.flatMap((group): readonly Field[] => group.fields);

export const MILESTONES: readonly Milestone[] = [
  "ordered",
  "confirmed",
  "produced",
  "shipped",
  "delivered",
  "invoiced",
  "paid",
];

const CODES: readonly Field[] = [
  "status",
  "return_reason",
  "credit_reason",
  "dispute_reason",
  "date_changed_by",
];
const TEXTS: readonly Field[] = [
  "order",
  "line",
  "row_key",
  "customer",
  "product",
  "product_group",
  "currency",
];

export function fieldKind(field: Field): FieldKind {
  if (CODES.includes(field)) return "code";
  if (TEXTS.includes(field)) return "text";
  if (field.endsWith("_quantity") || field === "value") return "number";
  return "date";
}

export function isField(word: string): word is Field {
  return (FIELDS as readonly string[]).includes(word);
}

/** The meanings that a value of a code field can be given, besides departments. */
export function meanings(field: Field): { words: readonly Meaning[]; departments: boolean } {
  switch (field) {
    case "status":
      return { words: ["open", "closed", "cancelled"], departments: false };
    case "date_changed_by":
      return { words: ["us", "customer"], departments: false };
    case "credit_reason":
      return { words: ["wrong_invoice", "unnamed"], departments: true };
    default:
      return { words: ["unnamed"], departments: true };
  }
}

export type Meaning = "open" | "closed" | "cancelled" | "us" | "customer" | "wrong_invoice" | "unnamed";
