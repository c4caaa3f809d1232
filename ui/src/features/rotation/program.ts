import type { DepartmentRule, PersonView, RotationProgram, VisitPair } from "../../api/bindings";

/** Visitors at once, and people at home, where nothing else is said. */
const PLACES = 1;

/** The program that a form begins with: everybody visits everybody for a week, once in half a year. */
export function newProgram(departments: readonly string[], first: string): RotationProgram {
  return {
    rotation: "",
    name: "",
    purpose: "",
    question: "",
    first,
    weeks: 26,
    length: { unit: "weeks", count: 1 },
    period_weeks: 13,
    due: 1,
    most: 2,
    pair_target: 1,
    pairs: everyPair(departments),
    departments: departments.map((department) => ruleOf([], department)),
    closed: [],
    must: [],
    wishes: [],
    buddies: [],
    stays_home: [],
  };
}

/** Each of these departments visits each other one. */
export function everyPair(departments: readonly string[]): VisitPair[] {
  return departments.flatMap((home) =>
    departments.filter((host) => host !== home).map((host) => ({ home, host })),
  );
}

/** Whether a department does not visit another one, may, or has to. */
export type Allowed = "no" | "may" | "must";

/** How it is with a pair. */
export function allowedOf(program: RotationProgram, pair: VisitPair): Allowed {
  const isPair = (one: VisitPair): boolean => one.home === pair.home && one.host === pair.host;
  if (program.must.some((one) => isPair(one) && one.person === null)) return "must";
  return program.pairs.some(isPair) ? "may" : "no";
}

/** The program with another word on a pair. What has to happen has to be allowed. */
export function withPair(program: RotationProgram, pair: VisitPair, allowed: Allowed): RotationProgram {
  const isPair = (one: VisitPair): boolean => one.home === pair.home && one.host === pair.host;
  const pairs = program.pairs.filter((one) => !isPair(one));
  // What one person has to visit stays as long as the pair may happen at all.
  const must = program.must.filter((one) => !isPair(one) || (one.person !== null && allowed !== "no"));
  return {
    ...program,
    pairs: allowed === "no" ? pairs : [...pairs, pair],
    must: allowed === "must" ? [...must, { ...pair, person: null, least: 1 }] : must,
  };
}

/** What a department gives, as far as it is said. */
export function ruleOf(rules: readonly DepartmentRule[], department: string): DepartmentRule {
  const known = rules.find((rule) => rule.department === department);
  return (
    known ?? {
      department,
      capacity: PLACES,
      capacity_in: [],
      cover: PLACES,
      peaks: [],
      contact: null,
      bring: "",
    }
  );
}

/** The program with another rule of a department. */
export function withRule(program: RotationProgram, rule: DepartmentRule): RotationProgram {
  const others = program.departments.filter((one) => one.department !== rule.department);
  return { ...program, departments: [...others, rule] };
}

/** The list with another entry at a place. */
export function changedAt<T>(list: readonly T[], place: number, next: T): T[] {
  return list.map((one, nth) => (nth === place ? next : one));
}

/** The list without the entry at a place. */
export function withoutAt<T>(list: readonly T[], place: number): T[] {
  return list.filter((_, nth) => nth !== place);
}

/** The department that a person belongs to. */
export function homeOf(people: readonly PersonView[], person: string | undefined): string | null {
  return people.find((one) => one.id === person)?.department ?? null;
}
