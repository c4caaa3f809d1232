/** A calendar day as three numbers; only for wording a question, never for arithmetic. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

const PIECE = /^(\d{1,4})/;

/**
 * What a cell would be under a numeric date format, so that the question can name both days in words.
 * `null` where the format has month names or the cell does not fit: the question then shows the formats.
 */
export function readDay(text: string, format: string): Day | null {
  let rest = text.trim();
  const found = { year: 0, month: 0, day: 0 };
  for (const token of format.match(/y+(?:\{\d+\})?|M+|d+|H+.*|h+.*|'[^']*'|./g) ?? []) {
    if (/^[Hh]/.test(token)) break;
    const part = token[0] === "y" ? "year" : token[0] === "M" ? "month" : token[0] === "d" ? "day" : null;
    if (part === null) {
      const literal = token.replaceAll("'", "");
      if (!rest.startsWith(literal)) return null;
      rest = rest.slice(literal.length);
      continue;
    }
    if (part === "month" && token.length > 2) return null;
    const width = part === "year" ? (token.startsWith("yyyy") ? 4 : 2) : 2;
    const digits = PIECE.exec(rest)?.[1]?.slice(0, width);
    if (digits === undefined) return null;
    const number = Number(digits);
    found[part] = part === "year" && width === 2 ? century(number, token) : number;
    rest = rest.slice(digits.length);
  }
  const plausible =
    found.month >= 1 && found.month <= 12 && found.day >= 1 && found.day <= 31 && found.year > 0;
  return plausible ? found : null;
}

/** The hundred years that a two-digit year falls into begin in 1970, or in the year given in braces. */
function century(number: number, token: string): number {
  const start = Number(/\{(\d+)\}/.exec(token)?.[1] ?? 1970);
  const year = start - (start % 100) + number;
  return year < start ? year + 100 : year;
}

/** The day in the reader's words: “3 April 2026”. */
export function dayWords(day: Day, locale: string): string {
  const date = new Date(Date.UTC(2000, day.month - 1, day.day));
  date.setUTCFullYear(day.year);
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(date);
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

/** The sample that shows the question best: one where day and month differ. */
export function tellingSample(samples: readonly string[], formats: readonly string[]): string | null {
  const [first, second] = formats;
  if (first === undefined || second === undefined) return samples[0] ?? null;
  const telling = samples.find((sample) => {
    const one = readDay(sample, first);
    const other = readDay(sample, second);
    return one !== null && other !== null && (one.day !== other.day || one.month !== other.month);
  });
  return telling ?? samples[0] ?? null;
}
