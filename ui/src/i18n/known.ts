/** The word as a key of the catalogue's table, or `null` for a word that the core learned after the catalogue. */
export function known<T extends object>(table: T, word: string): (keyof T & string) | null {
  return Object.hasOwn(table, word) ? (word as keyof T & string) : null;
}
