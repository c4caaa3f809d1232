import type { SourceReport, Stream, TableReport } from "../../../api/bindings";

/** A file or folder that the person chose. */
export interface Chosen {
  path: string;
  /** A folder that is watched. */
  watched: boolean;
}

/** Tells one table of a report from the others: the file and, in a workbook, the sheet. */
export function tableKey(table: Pick<TableReport, "path" | "sheet">): string {
  return `${table.path}\u0000${table.sheet ?? ""}`;
}

/** The last part of a path, on every system. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== "") ?? path;
}

function inFolder(path: string, folder: string): boolean {
  return path.startsWith(folder) && /^[/\\]|^$/.test(path.slice(folder.replace(/[/\\]$/, "").length));
}

/** Whether a file name matches a pattern with `*` and `?`. */
export function matches(name: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(name);
}

/** Whether the table is among those that the stream reads. */
export function reads(stream: Stream, table: TableReport): boolean {
  if (stream.from) return table.path === (stream.from.name ?? stream.from.query);
  const sheet = stream.format?.sheet ?? null;
  if (table.sheet !== null && sheet !== null && sheet !== table.sheet) return false;
  if (stream.folder !== null && stream.folder !== undefined && inFolder(table.path, stream.folder)) {
    return matches(fileName(table.path), stream.pattern ?? "*.csv");
  }
  return (stream.files ?? []).some(
    (file) => file === table.path || (/[*?]/.test(file) && matches(fileName(table.path), fileName(file))),
  );
}

/** The tables of a stream, in the report's order. */
export function tablesOf(stream: Stream, report: SourceReport): TableReport[] {
  return report.tables.filter((table) => reads(stream, table));
}

function sameShape(one: TableReport, other: TableReport): boolean {
  return (
    one.columns.length === other.columns.length &&
    one.columns.every((column, index) => column.name === other.columns[index]?.name)
  );
}

/** The pattern that names have in common: `orders_*.csv`. */
export function commonPattern(names: readonly string[]): string {
  const [first] = names;
  if (first === undefined) return "*.csv";
  const dot = first.lastIndexOf(".");
  const ending = dot < 0 ? "" : first.slice(dot);
  if (names.length === 1) return `*${ending}`;
  let length = 0;
  while (length < first.length && names.every((name) => name[length] === first[length])) length += 1;
  // Digits at the end are the beginning of a date or number that the next file will not share.
  const stem = first.slice(0, length).replace(/\d[\d_.-]*$/, "");
  return names.every((name) => name.endsWith(ending)) ? `${stem}*${ending}` : `${stem}*`;
}

/** The file's name with the date in it in braces, where there is one: `orders_{yyyy-MM-dd}.csv`. */
export function guessPattern(name: string): string | null {
  const shapes: [RegExp, string][] = [
    [/(?:19|20)\d{2}-[01]\d-[0-3]\d/, "{yyyy-MM-dd}"],
    [/(?:19|20)\d{2}_[01]\d_[0-3]\d/, "{yyyy_MM_dd}"],
    [/(?:19|20)\d{2}[01]\d[0-3]\d/, "{yyyyMMdd}"],
    [/[0-3]\d\.[01]\d\.(?:19|20)\d{2}/, "{dd.MM.yyyy}"],
  ];
  for (const [shape, braces] of shapes) if (shape.test(name)) return name.replace(shape, braces);
  return null;
}

/** Tables of one shape and one origin are one stream; the first table stands for all. */
export function groupTables(tables: readonly TableReport[], chosen: readonly Chosen[]): TableReport[][] {
  const groups: TableReport[][] = [];
  for (const table of tables) {
    const origin = originOf(table, chosen);
    const group = groups.find(
      ([first]) =>
        first !== undefined &&
        sameShape(first, table) &&
        first.sheet === table.sheet &&
        first.path !== table.path &&
        originOf(first, chosen) === origin,
    );
    if (group) group.push(table);
    else groups.push([table]);
  }
  return groups;
}

function originOf(table: TableReport, chosen: readonly Chosen[]): string | null {
  return chosen.find((one) => one.watched && inFolder(table.path, one.path))?.path ?? null;
}

/** The stream that a group of tables of one shape suggests. */
export function suggestStream(
  group: readonly TableReport[],
  chosen: readonly Chosen[],
  taken: readonly string[],
): Stream | null {
  const [first] = group;
  if (first === undefined) return null;
  const folder = originOf(first, chosen);
  const names = group.map((table) => fileName(table.path));
  const { suggestion } = first;
  const stream: Stream = { ...suggestion, name: freeName(suggestion.name, taken) };
  if (folder === null) return { ...stream, files: group.map((table) => table.path), folder: null };
  return { ...stream, files: [], folder, pattern: suggestion.pattern ?? commonPattern(names) };
}

function freeName(wanted: string, taken: readonly string[]): string {
  const base = wanted === "" ? "orders" : wanted;
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
