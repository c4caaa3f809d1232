import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

import type { Language } from "../api/bindings";
import type { en } from "./resources";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof en;
  }
}

/** The languages that Plaza speaks, by their own names. */
export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: "en", name: "English" },
  { code: "de", name: "Deutsch" },
  { code: "es", name: "Español" },
];

const files = import.meta.glob<Record<string, unknown>>("./*/*.json", { eager: true, import: "default" });

function catalogues(): Record<string, Record<string, Record<string, unknown>>> {
  const all: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [path, catalogue] of Object.entries(files)) {
    const place = /^\.\/(\w+)\/([\w-]+)\.json$/.exec(path);
    const [, language, feature] = place ?? [];
    if (language && feature) (all[language] ??= {})[feature] = catalogue;
  }
  return all;
}

/** The language of Plaza that is nearest to what the system asks for. */
export function nearestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const code = tag.slice(0, 2).toLowerCase();
    const found = LANGUAGES.find((language) => language.code === code);
    if (found) return found.code;
  }
  return "en";
}

const KEPT = "plaza.language";

/** The language that this window spoke last: a start does not show another one first. */
export function lastLanguage(): Language | undefined {
  const kept = localStorage.getItem(KEPT);
  return LANGUAGES.find((language) => language.code === kept)?.code;
}

/** The catalogues, ready. All of them are in the program: changing the language waits for nothing. */
export function startI18n(language: Language): i18n {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    defaultNS: "common",
    resources: catalogues() as never,
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  document.documentElement.lang = language;
  i18next.on("languageChanged", (code) => {
    document.documentElement.lang = code;
    localStorage.setItem(KEPT, code);
  });
  return i18next;
}
