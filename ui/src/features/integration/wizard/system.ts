import type {
  Connection,
  Excerpt,
  FromTable,
  OfferedField,
  SourceReport,
  Stream,
} from "../../../api/bindings";
import { changeStream, type Draft, emptyDraft, proposeRoute, slug } from "./draft";

/** The kinds of systems, those that most companies have first. */
export const KINDS = [
  "postgres",
  "mysql",
  "sql-server",
  "sqlite",
  "http",
  "odata",
  "tryton",
  "odoo",
  "singer",
] as const satisfies readonly Connection["kind"][];
export type Kind = (typeof KINDS)[number];

/** Built from documentation and never tried against a server; the core says the same of saved integrations. */
export const UNTESTED: readonly Kind[] = ["sql-server", "odoo"];

/** Kinds that take a query in place of a table's name. */
export const QUERIED: readonly Kind[] = ["postgres", "mysql", "sql-server", "sqlite"];

/** Kinds whose whole streams Plaza knows. */
export const PRESET: readonly Kind[] = ["tryton", "odoo"];

/** The overlap where nobody says otherwise, minutes; the core's. */
export const OVERLAP_MINUTES = 15;

/** A connection of a kind of which nothing is said yet. */
export function newConnection(kind: Kind): Connection {
  switch (kind) {
    case "postgres":
    case "mysql":
    case "sql-server":
      return { kind, host: "", database: "", user: "" };
    case "sqlite":
      return { kind, path: "" };
    case "http":
      return { kind, url: "" };
    case "odata":
      return { kind, url: "" };
    case "tryton":
      return { kind, url: "", database: "", user: "" };
    case "odoo":
      return { kind, url: "", database: "", user: "" };
    case "singer":
      return { kind, command: [""] };
  }
}

export function isSystem(draft: Draft): boolean {
  return draft.integration.connection != null;
}

/** Where the rows come from, as far as it was said: files or a system. */
export function originOf(draft: Draft): "files" | "system" | null {
  if (isSystem(draft)) return "system";
  return draft.origin === "files" || draft.chosen.length > 0 || draft.integration.stream.length > 0
    ? "files"
    : null;
}

export function chooseOrigin(draft: Draft, origin: "files" | Kind): Draft {
  const fresh = emptyDraft(draft.kept);
  if (origin === "files") return { ...fresh, origin };
  return { ...fresh, integration: { ...fresh.integration, connection: newConnection(origin) } };
}

export function setConnection(draft: Draft, connection: Connection): Draft {
  return { ...draft, integration: { ...draft.integration, connection } };
}

/** What a stream reads, by the system's own name, or its query. */
export function askedOf(stream: Stream): string | null {
  return stream.from ? (stream.from.name ?? stream.from.query ?? "") : null;
}

function freeName(wanted: string, draft: Draft): string {
  const taken = draft.integration.stream.map((stream) => stream.name);
  let name = wanted;
  for (let number = 2; taken.includes(name); number += 1) name = `${wanted}-${number}`;
  return name;
}

/** Reads one more table, entity set, model or path; whole each time until a cursor is chosen. */
export function addStream(draft: Draft, from: FromTable): Draft {
  const last = (from.name ?? "").split("?")[0]?.split(/[./]/).at(-1) ?? "";
  const name = freeName(slug(last) || "rows", draft);
  const stream: Stream = { name, from, delivery: "snapshot", fields: {} };
  return addStreams(draft, [stream]);
}

export function addStreams(draft: Draft, streams: readonly Stream[]): Draft {
  return {
    ...draft,
    integration: { ...draft.integration, stream: [...draft.integration.stream, ...streams] },
  };
}

export function removeStream(draft: Draft, index: number): Draft {
  const asked = draft.integration.stream[index] ? askedOf(draft.integration.stream[index]) : null;
  return {
    ...draft,
    suggested: (draft.suggested ?? []).filter((one) => one !== asked),
    integration: { ...draft.integration, stream: draft.integration.stream.toSpliced(index, 1) },
  };
}

/** With a cursor only what changed is asked for, and nothing follows from a row that is missing. */
export function setCursor(
  draft: Draft,
  index: number,
  cursor: string | null,
  keys: readonly string[],
): Draft {
  const from = draft.integration.stream[index]?.from;
  if (!from) return draft;
  if (cursor === null) {
    const { name, query, page_rows } = from;
    const whole: FromTable = {};
    if (name != null) whole.name = name;
    if (query != null) whole.query = query;
    if (page_rows != null) whole.page_rows = page_rows;
    return changeStream(draft, index, { delivery: "snapshot", from: whole });
  }
  const key = from.key ?? (keys.length === 1 ? keys[0] : null) ?? null;
  return changeStream(draft, index, { delivery: "increment", from: { ...from, cursor, key } });
}

/** The fields that may be a cursor, those that a person is likely to want first. */
export function cursorsFirst(fields: readonly OfferedField[]): OfferedField[] {
  const rank = (field: OfferedField): number => {
    const changes = /updat|chang|modif|write|aender|geaend|letzte/i.test(field.name) ? 0 : 1;
    const kinds = ["timestamp", "date", "integer"].indexOf(field.kind);
    return (kinds < 0 ? 3 : kinds) * 2 + changes;
  };
  return fields.toSorted((one, other) => rank(one) - rank(other));
}

/** What the first rows suggest for streams of which nobody has said anything yet, once; and a route from it. */
export function withExcerpts(
  draft: Draft,
  excerpts: readonly Excerpt[],
  departments: readonly string[],
): Draft {
  let next = draft;
  for (const { stream: name, table } of excerpts) {
    const index = next.integration.stream.findIndex((stream) => stream.name === name);
    const stream = next.integration.stream[index];
    const done = next.suggested ?? [];
    if (!stream || Object.keys(stream.fields).length > 0 || done.includes(table.path)) continue;
    next = changeStream(next, index, { fields: table.suggestion.fields });
    next = { ...next, suggested: [...done, table.path] };
  }
  if (next === draft) return draft;
  return withRoute(next, departments);
}

/** A route from the milestones that are mapped, where there is none yet. */
export function withRoute(draft: Draft, departments: readonly string[]): Draft {
  return draft.integration.route.legs.length === 0 && departments.length > 0
    ? proposeRoute(draft, departments)
    : draft;
}

/** The first rows as the steps about fields know files. */
export function reportOf(excerpts: readonly Excerpt[]): SourceReport {
  return { tables: excerpts.map((excerpt) => excerpt.table), refused: [] };
}
