import type { DepartmentRule, RotationProgram, VisitPair } from "../../api/bindings";

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

/** Whether a department may visit another one. */
export function allows(program: RotationProgram, pair: VisitPair): boolean {
  return program.pairs.some((one) => one.home === pair.home && one.host === pair.host);
}

/** The program with a pair allowed, or not. What has to happen has to be allowed. */
export function withPair(program: RotationProgram, pair: VisitPair, allowed: boolean): RotationProgram {
  const isPair = (one: VisitPair): boolean => one.home === pair.home && one.host === pair.host;
  const others = program.pairs.filter((one) => !isPair(one));
  return {
    ...program,
    pairs: allowed ? [...others, pair] : others,
    must: allowed ? program.must : program.must.filter((one) => !isPair(one)),
  };
}

/** What a department gives, as far as it is said. */
export function ruleOf(rules: readonly DepartmentRule[], department: string): DepartmentRule {
  const known = rules.find((rule) => rule.department === department);
  return known ?? { department, capacity: PLACES, cover: PLACES, peaks: [], contact: null, bring: "" };
}

/** The program with another rule of a department. */
export function withRule(program: RotationProgram, rule: DepartmentRule): RotationProgram {
  const others = program.departments.filter((one) => one.department !== rule.department);
  return { ...program, departments: [...others, rule] };
}
