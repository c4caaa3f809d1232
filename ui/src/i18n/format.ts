import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Language, Unit } from "../api/bindings";

const LOCALES: Record<Language, string> = { en: "en-GB", de: "de-DE", es: "es-ES" };

/** Numbers and dates in the reader's way. Only formatting: whatever counts, the core has counted. */
export interface Format {
  language: Language;
  locale: string;
  /** A whole number. */
  count: (value: number) => string;
  /** A number with at most `digits` decimals. */
  number: (value: number | null, digits?: number) => string;
  /** A number that always shows its sign. */
  signed: (value: number | null, digits?: number) => string;
  /** A KPI's value without its unit: percentages with one decimal, days with those of `digitsOf`. */
  value: (value: number | null, unit: Unit) => string;
  /** Money in its currency. */
  money: (value: number | null, currency: string | null) => string;
  /** `2026-03-16` as “16 Mar 2026”. */
  day: (day: string | null) => string;
  /** `2026-03-16` as “16 Mar”. */
  dayShort: (day: string | null) => string;
  /** From a day to another, both included, as the language writes it: “16 – 20 Mar 2026”. One day is that day. */
  days: (from: string, until: string) => string;
  /** `2026-03-16` as “Monday, 16 March 2026”. */
  dayLong: (day: string | null) => string;
  /** A moment (RFC 3339) with its time. */
  moment: (moment: string | null) => string;
  /** A moment's distance from now: “2 hours ago”. */
  ago: (moment: string | null, now?: number) => string;
  /** Bytes. */
  bytes: (bytes: number | null) => string;
}

/** Shown where there is no value. */
export const NONE = "–";

function dateOf(day: string): Date {
  // A calendar date has no zone: noon UTC, shown in UTC, is that day everywhere.
  return new Date(`${day.slice(0, 10)}T12:00:00Z`);
}

/** The number and year of an ISO week `2026-W46`. */
export function weekParts(week: string): { week: number; year: string } {
  const [year = "", number = ""] = week.split("-W");
  return { week: Number(number), year };
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** A minus sign as a typesetter sets it. */
function minus(text: string): string {
  return text.replace("-", "\u2212");
}

/** Decimals of a KPI's value: one; days under one have two, a hundred days and more none; plain numbers up to three. */
export function digitsOf(value: number | null, unit: Unit): number {
  const size = Math.abs(value ?? 0);
  if (unit === "percent") return 1;
  if (unit === "number") return 3;
  if (size >= 100) return 0;
  return size < 1 ? 2 : 1;
}

/** The formatter of one language. */
export function formatFor(language: Language): Format {
  const locale = LOCALES[language];
  const write = (value: number | null, options: Intl.NumberFormatOptions): string =>
    value === null ? NONE : minus(new Intl.NumberFormat(locale, options).format(value));
  const number = (value: number | null, digits = 1): string =>
    write(value, { maximumFractionDigits: digits });
  const signed = (value: number | null, digits = 1): string =>
    write(value, { maximumFractionDigits: digits, signDisplay: "exceptZero" });
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    return (day: string | null): string => (day === null ? NONE : format.format(dateOf(day)));
  };
  const days = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    language,
    locale,
    count: (value) => number(value, 0),
    number,
    signed,
    value: (value, unit) => {
      if (value === null) return NONE;
      const digits = digitsOf(value, unit);
      return new Intl.NumberFormat(locale, {
        maximumFractionDigits: digits,
        // 39.98 days are 40.0, 40 late days are 40: the digits say how exact it is.
        minimumFractionDigits: unit === "number" || (unit === "days" && Number.isInteger(value)) ? 0 : digits,
      }).format(value);
    },
    money: (value, currency) => {
      if (value === null) return NONE;
      if (currency === null || !/^[A-Z]{3}$/.test(currency)) return number(value, 2);
      return new Intl.NumberFormat(locale, { style: "currency", currency }).format(value);
    },
    day: dates({ day: "numeric", month: "short", year: "numeric" }),
    dayShort: dates({ day: "numeric", month: "short" }),
    days: (from, until) => days.formatRange(dateOf(from), dateOf(until)),
    dayLong: dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    moment: (moment) => (moment === null ? NONE : moments.format(new Date(moment))),
    ago: (moment, now = Date.now()) => {
      if (moment === null) return NONE;
      const past = now - new Date(moment).getTime();
      for (const [unit, size] of STEPS) {
        if (past >= size) return relative.format(-Math.floor(past / size), unit);
      }
      return relative.format(0, "minute");
    },
    bytes: (bytes) => {
      if (bytes === null) return NONE;
      const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
      let place = 0;
      let size = bytes;
      while (size >= 1000 && place < units.length - 1) {
        size /= 1000;
        place += 1;
      }
      return new Intl.NumberFormat(locale, {
        style: "unit",
        unit: units[place] ?? "byte",
        unitDisplay: place === 0 ? "long" : "short",
        maximumFractionDigits: place === 0 ? 0 : 1,
      }).format(size);
    },
  };
}

/** The reader's language as the core knows it. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  const code = i18n.language;
  return code === "de" || code === "es" ? code : "en";
}

/** The formatter of the reader's language. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatFor(language), [language]);
}
