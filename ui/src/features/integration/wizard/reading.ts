/** A day (ISO) in the reader's words: “3 April 2026”. */
export function dayWords(day: string, locale: string): string {
  const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return long.format(new Date(`${day}T00:00:00Z`));
}

/** A cell as a number under a decimal mark; `null` where it cannot be read so. */
export function readNumber(text: string, mark: "." | ","): number | null {
  const group = mark === "." ? "," : ".";
  const plain = text
    .replace(/[\s\u00a0\u202f'’]/g, "")
    .replaceAll(group, "")
    .replace(mark, ".")
    .replace(/[^\d.+-]/g, "");
  const number = Number(plain);
  return plain === "" || Number.isNaN(number) ? null : number;
}
