import type {
  ColumnReport,
  Field,
  FieldRead,
  FieldTable,
  Integration,
  LegTable,
  Milestone,
  Problem,
  RuleTable,
  SourceReport,
  StandardTable,
  Stream,
  WordCount,
} from "../../../api/bindings";
import { fieldKind, FIELDS, MILESTONES } from "./field";
import { type Chosen, fileName, groupTables, reads, suggestStream, tableKey } from "./source";

export const STEPS = ["files", "found", "fields", "route", "rules", "finish"] as const;
export type Step = (typeof STEPS)[number];

/** What the wizard edits. Everything a person did is in it, so that keeping it loses nothing. */
export interface Draft {
  version: 1;
  step: Step;
  /** An integration in force is changed; its short name stays. */
  existing: boolean;
  chosen: Chosen[];
  /** Tables that the person set aside. */
  unused: string[];
  /** That the rows come from files; a system stands in the integration's connection. */
  origin?: "files";
  /** What a system gives and was once mapped by suggestion: a person's choice is not made again. */
  suggested?: string[];
  integration: Integration;
  /** When it was kept, RFC 3339. */
  kept: string;
}

export function emptyDraft(kept: string): Draft {
  return {
    version: 1,
    step: "files",
    existing: false,
    chosen: [],
    unused: [],
    integration: {
      id: "",
      name: "",
      system: "",
      route: { promise: "delivered", promised_by: "", legs: [] },
      standard: [],
      stream: [],
      rules: {},
    },
    kept,
  };
}

/** A draft of an integration that exists already, in force or as TOML. */
export function draftOf(integration: Integration, existing: boolean, kept: string): Draft {
  const chosen: Chosen[] = [];
  for (const stream of integration.stream) {
    if (stream.folder) chosen.push({ path: stream.folder, watched: true });
    for (const path of stream.files ?? []) chosen.push({ path, watched: false });
  }
  const once = chosen.filter((one, index) => chosen.findIndex((other) => other.path === one.path) === index);
  return { ...emptyDraft(kept), step: "found", existing, chosen: once, integration };
}

/** Whether there is anything in it that would be missed. */
export function isBegun(draft: Draft): boolean {
  return (
    draft.chosen.length > 0 || draft.integration.stream.length > 0 || draft.integration.connection != null
  );
}

export function addChosen(draft: Draft, more: readonly Chosen[]): Draft {
  const fresh = more.filter((one) => !draft.chosen.some((known) => known.path === one.path));
  return { ...draft, chosen: [...draft.chosen, ...fresh] };
}

/** Takes a file or folder away, and with it what only it was read for. */
export function removeChosen(draft: Draft, path: string): Draft {
  const streams = draft.integration.stream
    .map((stream) => ({
      ...stream,
      files: (stream.files ?? []).filter((file) => file !== path),
      folder: stream.folder === path ? null : (stream.folder ?? null),
    }))
    .filter((stream) => stream.files.length > 0 || stream.folder !== null);
  return {
    ...draft,
    chosen: draft.chosen.filter((one) => one.path !== path),
    unused: draft.unused.filter((key) => !key.startsWith(path)),
    integration: { ...draft.integration, stream: streams },
  };
}

/**
 * Adds a stream for each table that no stream reads yet and that nobody set aside, and proposes the route from
 * the milestones that were found. What the person already decided stays.
 */
export function withReport(draft: Draft, report: SourceReport, departments: readonly string[]): Draft {
  const free = report.tables.filter(
    (table) =>
      !draft.unused.includes(tableKey(table)) &&
      !draft.integration.stream.some((stream) => reads(stream, table)),
  );
  if (free.length === 0) return draft;
  const streams = [...draft.integration.stream];
  for (const group of groupTables(free, draft.chosen)) {
    const stream = suggestStream(
      group,
      draft.chosen,
      streams.map((one) => one.name),
    );
    if (stream !== null) streams.push(stream);
  }
  const integration = { ...draft.integration, stream: streams };
  const begun = { ...draft, integration };
  return integration.route.legs.length === 0 && departments.length > 0
    ? proposeRoute(begun, departments)
    : begun;
}

/** Sets a stream's tables aside: nothing is read from them. */
export function setAside(draft: Draft, index: number, report: SourceReport): Draft {
  const stream = draft.integration.stream[index];
  if (stream === undefined) return draft;
  const keys = report.tables.filter((table) => reads(stream, table)).map(tableKey);
  return {
    ...draft,
    unused: [...draft.unused, ...keys],
    integration: { ...draft.integration, stream: draft.integration.stream.toSpliced(index, 1) },
  };
}

/** Takes tables in again; the next look at the report gives them a stream. */
export function takeIn(draft: Draft, keys: readonly string[]): Draft {
  return { ...draft, unused: draft.unused.filter((key) => !keys.includes(key)) };
}

export function changeStream(draft: Draft, index: number, change: Partial<Stream>): Draft {
  const stream = draft.integration.stream.map((one, at) => (at === index ? { ...one, ...change } : one));
  return { ...draft, integration: { ...draft.integration, stream } };
}

/** A field's source in its long form. */
export function readOf(table: FieldTable | undefined): FieldRead | null {
  if (table === undefined) return null;
  return typeof table === "string" ? { column: table } : table;
}

/** The short form where nothing but the column is said: that is how a person would write the TOML. */
export function tableOf(read: FieldRead): FieldTable {
  const plain =
    read.column !== null &&
    read.column !== undefined &&
    (read.constant ?? null) === null &&
    (read.formats ?? []).length === 0 &&
    (read.decimal ?? null) === null &&
    (read.empty_words ?? []).length === 0 &&
    Object.keys(read.values ?? {}).length === 0;
  if (plain) return read.column as string;
  const table: FieldRead = {};
  if (read.column != null) table.column = read.column;
  if (read.constant != null) table.constant = read.constant;
  if (read.formats?.length) table.formats = read.formats;
  if (read.decimal != null) table.decimal = read.decimal;
  if (read.empty_words?.length) table.empty_words = read.empty_words;
  if (Object.keys(read.values ?? {}).length > 0) table.values = read.values as Record<string, string>;
  return table;
}

/** Maps a field to something, or (with `null`) to nothing. */
export function setField(draft: Draft, index: number, field: Field, read: FieldRead | null): Draft {
  const stream = draft.integration.stream[index];
  if (stream === undefined) return draft;
  const fields = { ...stream.fields };
  if (read === null) delete fields[field];
  else fields[field] = tableOf(read);
  return changeStream(draft, index, { fields });
}

/** Another column for a field. How the old column was read says nothing about the new one. */
export function setColumn(draft: Draft, index: number, field: Field, column: string): Draft {
  return setField(draft, index, field, { column });
}

/** What a column leaves open for the field that is read from it. */
export interface Question {
  kind: "date" | "number" | "words" | "values";
  /** It must be answered before the rows can be read. */
  open: boolean;
}

export function questionsOf(
  field: Field,
  read: FieldRead | null,
  column: ColumnReport | undefined,
): Question[] {
  if (read === null || column === undefined) return [];
  const kind = fieldKind(field);
  const questions: Question[] = [];
  if (kind === "date" && column.date_choices.length > 0) {
    questions.push({ kind: "date", open: (read.formats ?? []).length === 0 });
  }
  if (kind === "number" && column.mark_unknown) {
    questions.push({ kind: "number", open: (read.decimal ?? null) === null });
  }
  if ((kind === "date" || kind === "number") && wordsAmong(kind, column).length > 0) {
    questions.push({ kind: "words", open: false });
  }
  if (kind === "code") {
    const open = column.values.some((value) => read.values?.[value.word] === undefined);
    questions.push({ kind: "values", open });
  }
  return questions;
}

/** What stands in a column without being a date, or a number. */
export function wordsAmong(kind: "date" | "number", column: ColumnReport): readonly WordCount[] {
  return kind === "date" ? column.date_words : column.number_words;
}

/** Whether numbers of the column may be days as a spreadsheet counts them. */
export function isSerial(column: ColumnReport): boolean {
  return column.date_choices.some((choice) => choice.formats.some((format) => format.startsWith("excel-")));
}

/** The same column is the same question: an answer holds for every field of the kind that is read from it. */
export function answerColumn(
  draft: Draft,
  index: number,
  column: string,
  kind: "date" | "number",
  answer: Partial<FieldRead>,
): Draft {
  const stream = draft.integration.stream[index];
  if (stream === undefined) return draft;
  let next = draft;
  for (const field of FIELDS) {
    const read = readOf(stream.fields[field]);
    if (read?.column === column && fieldKind(field) === kind) {
      next = setField(next, index, field, { ...read, ...answer });
    }
  }
  return next;
}

/** The milestones that some stream has a column for, in their usual order. */
export function mappedMilestones(integration: Integration): Milestone[] {
  return MILESTONES.filter((milestone) =>
    integration.stream.some((stream) => stream.fields[milestone] !== undefined),
  );
}

const USUAL_OWNERS: Record<Exclude<Milestone, "ordered">, readonly string[]> = {
  confirmed: ["sales", "vertrieb", "verkauf", "ventas"],
  produced: ["production", "produktion", "fertigung", "produccion", "manufacturing"],
  shipped: ["logistics", "logistik", "versand", "logistica", "warehouse"],
  delivered: ["logistics", "logistik", "versand", "logistica", "warehouse"],
  invoiced: ["finance", "finanzen", "buchhaltung", "finanzas", "accounting"],
  paid: ["finance", "finanzen", "buchhaltung", "finanzas", "accounting"],
};

/** Who usually owns the leg, where the company has a department of that name; else nobody is assumed. */
export function usualOwner(milestone: Milestone, departments: readonly string[]): string {
  if (milestone === "ordered") return "";
  return USUAL_OWNERS[milestone].find((name) => departments.includes(name)) ?? "";
}

/** A route from the milestones that are mapped. */
export function proposeRoute(draft: Draft, departments: readonly string[]): Draft {
  const legs: LegTable[] = mappedMilestones(draft.integration)
    .filter((milestone) => milestone !== "ordered")
    .map((to) => ({ to, department: usualOwner(to, departments) }));
  const route = {
    ...draft.integration.route,
    promised_by: draft.integration.route.promised_by || usualOwner("confirmed", departments),
    promise: legs.some((leg) => leg.to === "delivered")
      ? ("delivered" as const)
      : (legs.findLast((leg) => leg.to === "shipped")?.to ?? "delivered"),
    legs,
  };
  return { ...draft, integration: { ...draft.integration, route } };
}

/** Lets an order pass a milestone, in its usual place, or not. */
export function passMilestone(
  draft: Draft,
  milestone: Milestone,
  passes: boolean,
  departments: readonly string[],
): Draft {
  const { legs } = draft.integration.route;
  if (!passes) {
    const left = legs.filter((leg) => leg.to !== milestone);
    return setRoute(draft, { legs: left });
  }
  if (legs.some((leg) => leg.to === milestone)) return draft;
  const leg = { to: milestone, department: usualOwner(milestone, departments) };
  const place = legs.findIndex((one) => MILESTONES.indexOf(one.to) > MILESTONES.indexOf(milestone));
  return setRoute(draft, { legs: place < 0 ? [...legs, leg] : legs.toSpliced(place, 0, leg) });
}

export function moveLeg(draft: Draft, from: number, to: number): Draft {
  const { legs } = draft.integration.route;
  const leg = legs[from];
  if (leg === undefined || to < 0 || to >= legs.length) return draft;
  return setRoute(draft, { legs: legs.toSpliced(from, 1).toSpliced(to, 0, leg) });
}

export function setRoute(draft: Draft, change: Partial<Integration["route"]>): Draft {
  return {
    ...draft,
    integration: { ...draft.integration, route: { ...draft.integration.route, ...change } },
  };
}

function isDefault(standard: StandardTable): boolean {
  return !standard.product && !standard.product_group && !standard.valid_from;
}

/** The default standard: the one without product, group and date. */
export function defaultDays(integration: Integration): StandardTable["days"] {
  return (integration.standard ?? []).find(isDefault)?.days ?? {};
}

/** The entries for products, groups or from a day on, with their places in the table. */
export function specialStandards(integration: Integration): { at: number; standard: StandardTable }[] {
  const all = integration.standard ?? [];
  const first = all.findIndex(isDefault);
  return all.map((standard, at) => ({ at, standard })).filter(({ at }) => at !== first);
}

export function setDefaultDays(draft: Draft, milestone: Milestone, days: number | null): Draft {
  const all = [...(draft.integration.standard ?? [])];
  const at = all.findIndex(isDefault);
  const standard: StandardTable = { ...all[at], days: { ...all[at]?.days } };
  if (days === null) delete standard.days[milestone];
  else standard.days[milestone] = days;
  if (at < 0) all.unshift(standard);
  else all[at] = standard;
  return { ...draft, integration: { ...draft.integration, standard: all } };
}

export function setStandard(draft: Draft, at: number, standard: StandardTable | null): Draft {
  const all = draft.integration.standard ?? [];
  const next = standard === null ? all.toSpliced(at, 1) : all.toSpliced(at, 1, standard);
  return { ...draft, integration: { ...draft.integration, standard: next } };
}

export function addStandard(draft: Draft): Draft {
  const all = draft.integration.standard ?? [];
  const first = all.some(isDefault) ? all : [{ days: {} }, ...all];
  const standard = [...first, { product_group: "", days: {} }];
  return { ...draft, integration: { ...draft.integration, standard } };
}

export function setRules(draft: Draft, change: Partial<RuleTable>): Draft {
  const rules = { ...draft.integration.rules, ...change };
  return { ...draft, integration: { ...draft.integration, rules } };
}

/** The step of the wizard that a problem of the preview belongs to. */
export function stepOf(problem: Problem): Step {
  switch (problem.step) {
    case "files":
      return "files";
    case "found":
      return "found";
    case "fields":
    case "dates":
    case "values":
      return "fields";
    case "route":
      return "route";
    case "rules":
      return "rules";
    default:
      return "finish";
  }
}

/** A short name made of what a person typed; the person sees it and may change it. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
}

export function isSlug(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 40;
}

/** What to call the integration when nobody has said so: the first file's name without its ending. */
export function nameFrom(draft: Draft): string {
  const [first] = draft.chosen;
  const [stream] = draft.integration.stream;
  if (first === undefined && stream?.from) {
    const words = `${draft.integration.system} ${stream.name}`.trim().replaceAll(/[_-]+/g, " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  if (first === undefined) return "";
  const plain = fileName(first.path)
    .replace(/\.[^.]+$/, "")
    .replaceAll(/\d{2,4}[-_.]?\d{2}[-_.]?\d{2,4}/g, "")
    .replaceAll(/[_-]+/g, " ")
    .trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** The draft as the core wants it: without the entries that a person has left empty, under the name that the last
 * step proposes where nobody has given one. */
export function wholeOf(draft: Draft): Integration {
  const { integration } = draft;
  const all = integration.standard ?? [];
  const first = all.findIndex(isDefault);
  const name = integration.name === "" ? nameFrom(draft) : integration.name;
  return {
    ...integration,
    name,
    id: integration.id === "" ? slug(name) : integration.id,
    standard: all.filter((one, at) => at === first || !isDefault(one)),
  };
}
