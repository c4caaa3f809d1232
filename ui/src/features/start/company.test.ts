import { describe, expect, it } from "vitest";

import { faultInWords, faultOf } from "../workspace/fault";
import { type Company, faultsOf, stepOfField, withoutDepartment } from "./company";
import { zoneChoices } from "./zones";

const company: Company = {
  name: "Aqua",
  language: "en",
  zone: "Europe/Berlin",
  folder: "/x",
  departments: ["Sales", "Production", "Finance"],
  named: false,
  myName: "Ana",
  myDepartment: 1,
};

describe("my own company", () => {
  it("needs a name, a zone and a folder before it goes on", () => {
    expect(faultsOf({ ...company, name: " ", folder: "" }, "company")).toEqual({
      name: "name",
      folder: "folder",
    });
    expect(faultsOf(company, "company")).toEqual({});
  });

  it("needs departments with different names", () => {
    const of = (departments: string[]) => faultsOf({ ...company, departments }, "departments").departments;
    expect([of([]), of(["A", " "]), of(["Sales", "sales "]), of(["A", "B"])]).toEqual([
      "departmentNone",
      "department",
      "departmentTwice",
      undefined,
    ]);
  });

  it("keeps me in my department when another is taken away", () => {
    expect(withoutDepartment(company, 0).myDepartment).toBe(0);
    expect(withoutDepartment(company, 1).myDepartment).toBeNull();
    expect(withoutDepartment(company, 2).myDepartment).toBe(1);
  });

  it("leads to the step whose field was refused", () => {
    const step = (field: string) => stepOfField([{ field, words: "" }]);
    expect([step("folder"), step("departments[2]"), step("my_name")]).toEqual([
      "company",
      "departments",
      "me",
    ]);
  });

  it("offers every zone, also one that the system does not list", () => {
    const zones = zoneChoices(["Mars/Olympus_Mons"]).map((zone) => zone.label);
    expect(zones).toContain("Mars / Olympus Mons");
    expect(zones).toContain("Europe / Berlin");
  });
});

describe("mishaps", () => {
  it.each([
    ["No such file or directory (os error 2)", "gone"],
    ["Permission denied (os error 13)", "folder"],
    [
      "The process cannot access the file because it is being used by another process. (os error 32)",
      "locked",
    ],
    ["No space left on device (os error 28)", "full"],
    ["There is not enough space on the disk. (os error 112)", "full"],
    ["something else", "other"],
  ])("“%s” is %s", (words, kind) => expect(faultInWords(words)).toBe(kind));

  it("are told by their code first", () => {
    expect(faultOf({ code: "newer_schema", message: "", detail: null })).toBe("newer");
    expect(faultOf({ code: "storage", message: "disk", detail: "os error 28" })).toBe("full");
    expect(faultOf({ code: "storage", message: "", detail: null })).toBe("storage");
    expect(faultOf({ code: "file", message: "not a workbook", detail: null })).toBe("file");
  });
});
