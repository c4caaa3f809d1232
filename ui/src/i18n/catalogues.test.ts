import { describe, expect, it } from "vitest";

import { LANGUAGES, nearestLanguage } from ".";
import { formatFor } from "./format";
import { en } from "./resources";

const files = import.meta.glob<Record<string, unknown>>("./*/*.json", { eager: true, import: "default" });

/** Every text of a catalogue by its key. */
function texts(node: unknown, path = ""): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  return Object.entries(node as object).flatMap(([key, child]) =>
    texts(child, path ? `${path}.${key}` : key),
  );
}

const PLURAL = /_(zero|one|two|few|many|other)$/;

function keys(texted: unknown): string[] {
  return [...new Set(texts(texted).map(([key]) => key.replace(PLURAL, "_#")))].toSorted();
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "").toSorted();
}

function catalogue(language: string, feature: string): Record<string, unknown> {
  return files[`./${language}/${feature}.json`] ?? {};
}

describe.each(Object.keys(en))("%s", (feature) => {
  const english = new Map(texts(catalogue("en", feature)));

  it.each(["de", "es"])("has the same texts in %s", (language) => {
    expect(keys(catalogue(language, feature))).toEqual(keys(catalogue("en", feature)));
  });

  it.each(["de", "es"])("has the same placeholders in %s", (language) => {
    for (const [key, text] of texts(catalogue(language, feature))) {
      const own = english.get(key) ?? english.get(key.replace(PLURAL, "_other")) ?? "";
      expect(placeholders(text), `${language} ${feature}.${key}`).toEqual(placeholders(own));
    }
  });

  it.each(LANGUAGES.map((language) => language.code))("has every plural that %s needs", (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const all = texts(catalogue(language, feature)).map(([key]) => key);
    for (const key of all.filter((each) => each.endsWith("_other"))) {
      for (const category of needed) expect(all).toContain(key.replace(/other$/, category));
    }
  });

  it.each(LANGUAGES.map((language) => language.code))("leaves no text empty in %s", (language) => {
    for (const [key, text] of texts(catalogue(language, feature))) expect(text.trim(), key).not.toBe("");
  });
});

it("every catalogue is known to the types", () => {
  const found = Object.keys(files).flatMap((path) => /^\.\/en\/([\w-]+)\.json$/.exec(path)?.[1] ?? []);
  expect(found.toSorted()).toEqual(Object.keys(en).toSorted());
});

it.each([
  [["C"], "en"],
  [[], "en"],
  [["fr-FR", "de-AT"], "de"],
  [["es-419"], "es"],
])("of the system's %s, %s is nearest", (wanted, language) => {
  expect(nearestLanguage(wanted)).toBe(language);
});

describe("formatting", () => {
  it("writes numbers and dates in the reader's way, a date without a zone", () => {
    expect(formatFor("en").day("2026-03-01")).toBe("1 Mar 2026");
    expect(formatFor("de").number(1234.5)).toBe("1.234,5");
    expect(formatFor("en").signed(-3)).toBe("−3");
    expect(formatFor("en").value(86.94, "percent")).toBe("86.9");
    expect(formatFor("en").value(151.2, "days")).toBe("151");
    expect(formatFor("de").value(39.98, "days")).toBe("40,0");
    expect(formatFor("en").value(0.2033, "days")).toBe("0.20");
    expect(formatFor("en").value(69, "days")).toBe("69");
    expect(formatFor("en").number(null)).toBe("–");
  });

  it("writes money in its currency, and any word for a currency as a number", () => {
    expect(formatFor("en").money(12.5, "EUR")).toBe("€12.50");
    expect(formatFor("en").money(12.5, "doubloons")).toBe("12.5");
  });

  it("tells an age", () => {
    const now = Date.parse("2026-11-18T12:00:00Z");
    expect(formatFor("en").ago("2026-11-18T09:59:00Z", now)).toBe("2 hours ago");
    expect(formatFor("de").ago("2026-11-16T12:00:00Z", now)).toBe("vorgestern");
    expect(formatFor("en").ago(null, now)).toBe("–");
  });
});
