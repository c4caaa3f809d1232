import type { FieldError, Language, NewWorkspace } from "../../api/bindings";

/** Eight colours are told apart by everyone, not more. */
export const DEPARTMENTS_MAX = 8;

/** What the person typed so far. */
export interface Company {
  name: string;
  language: Language;
  zone: string;
  folder: string;
  departments: string[];
  /** Their names were changed: another language no longer replaces them. */
  named: boolean;
  myName: string;
  /** Place in `departments`. */
  myDepartment: number | null;
}

export const COMPANY_STEPS = ["company", "departments", "me"] as const;
export type CompanyStep = (typeof COMPANY_STEPS)[number];

export type CompanyFault =
  | "name"
  | "zone"
  | "folder"
  | "department"
  | "departmentTwice"
  | "departmentNone"
  | "myName";

/** What still stops the step, by the field that it is about. */
export function faultsOf(company: Company, step: CompanyStep): Partial<Record<keyof Company, CompanyFault>> {
  const faults: Partial<Record<keyof Company, CompanyFault>> = {};
  if (step === "company") {
    if (company.name.trim() === "") faults.name = "name";
    if (company.zone === "") faults.zone = "zone";
    if (company.folder === "") faults.folder = "folder";
  }
  if (step === "departments") {
    const names = company.departments.map((name) => name.trim().toLocaleLowerCase("en"));
    if (names.length === 0) faults.departments = "departmentNone";
    else if (names.includes("")) faults.departments = "department";
    else if (new Set(names).size < names.length) faults.departments = "departmentTwice";
  }
  if (step === "me" && company.myName.trim() === "") faults.myName = "myName";
  return faults;
}

/** What the core is asked for. */
export function asNew(company: Company): NewWorkspace {
  return {
    folder: company.folder,
    name: company.name.trim(),
    language: company.language,
    time_zone: company.zone,
    departments: company.departments.map((name) => name.trim()),
    my_name: company.myName.trim(),
    my_department: company.myDepartment,
  };
}

/** Takes a department away; who belonged to it belongs to none, the others keep theirs. */
export function withoutDepartment(company: Company, place: number): Company {
  const mine = company.myDepartment;
  return {
    ...company,
    named: true,
    departments: company.departments.toSpliced(place, 1),
    myDepartment: mine === null || mine === place ? null : mine > place ? mine - 1 : mine,
  };
}

/** The step whose field the core refused. */
export function stepOfField(refused: readonly FieldError[]): CompanyStep {
  const fields = refused.map((one) => one.field);
  if (fields.some((field) => ["folder", "name", "language", "time_zone"].includes(field))) return "company";
  if (fields.some((field) => field.startsWith("departments"))) return "departments";
  return "me";
}
