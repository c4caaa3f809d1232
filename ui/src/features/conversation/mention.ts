import type { DepartmentView, PersonView } from "../../api/bindings";

/** Somebody who can be mentioned. */
export interface Mentionable {
  kind: "person" | "department";
  id: string;
  /** What stands behind the `@` while it is written; no two are the same. */
  label: string;
  /** Beside the name: the person's department. */
  detail: string | null;
}

/** What would end the name too early in what is sent. */
const BRACKETS = /[[\]()]/g;

/** People who are here, then departments, each under a name of their own. */
export function mentionables(
  people: readonly PersonView[],
  departments: readonly DepartmentView[],
): Mentionable[] {
  const found: Mentionable[] = [];
  const taken = new Set<string>();
  const add = (kind: Mentionable["kind"], id: string, name: string, detail: string | null): void => {
    const plain = name.replaceAll(BRACKETS, "").trim();
    const named = taken.has(plain) && detail ? `${plain}, ${detail}` : plain;
    let label = named;
    for (let count = 2; taken.has(label); count += 1) label = `${named} ${count}`;
    taken.add(label);
    found.push({ kind, id, label, detail });
  };
  for (const person of people) {
    if (person.left !== null) continue;
    const department = departments.find((each) => each.id === person.department);
    add("person", person.id, person.name, department?.name ?? null);
  }
  for (const department of departments) add("department", department.id, department.name, null);
  return found.filter((each) => each.label !== "");
}

const WRITTEN = /\[@([^\]]+)\]\((person|department):([^)\s]+)\)/g;

/** What is kept, as a person reads it while writing: `@Name` in place of `[@Name](person:ID)`. */
export function toShown(text: string, known: readonly Mentionable[]): string {
  return text.replaceAll(WRITTEN, (whole, _name: string, kind: string, id: string) => {
    const found = known.find((each) => each.kind === kind && each.id === id);
    return found ? `@${found.label}` : whole;
  });
}

/** Whether a name ends here: no letter or digit goes on. */
const GOES_ON = /^[\p{L}\p{N}]/u;

/** What a person wrote, as it is kept: every `@Name` of somebody known becomes a mention. */
export function toWritten(text: string, known: readonly Mentionable[]): string {
  const longest = known.toSorted((one, other) => other.label.length - one.label.length);
  let written = "";
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf("@", at);
    if (next < 0) break;
    written += text.slice(at, next);
    const rest = text.slice(next + 1);
    const starts = next === 0 || !/[\p{L}\p{N}[]/u.test(text.charAt(next - 1));
    const found = starts
      ? longest.find((each) => rest.startsWith(each.label) && !GOES_ON.test(rest.slice(each.label.length)))
      : undefined;
    if (found) {
      written += `[@${found.label}](${found.kind}:${found.id})`;
      at = next + 1 + found.label.length;
    } else {
      written += "@";
      at = next + 1;
    }
  }
  return written + text.slice(at);
}

/** Letters behind `@` up to which somebody is looked for. */
const QUERY_MAX = 40;

/** The mention that is being typed before the caret: where its `@` stands and what follows. */
export function typedMention(text: string, caret: number): { from: number; query: string } | null {
  const before = text.slice(Math.max(caret - QUERY_MAX - 1, 0), caret);
  const found = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*(?: [\p{L}\p{N}\p{M}'’.-]*)?|)$/u.exec(
    before,
  );
  if (!found) return null;
  const query = found[1] ?? "";
  return { from: caret - query.length - 1, query };
}
