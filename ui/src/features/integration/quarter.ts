/** `2026-Q4` in its parts. */
export function quarterParts(quarter: string): { quarter: string; year: string } {
  const [year = "", number = ""] = quarter.split("-Q");
  return { quarter: number, year };
}
