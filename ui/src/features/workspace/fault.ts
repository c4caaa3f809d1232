import type { ApiError } from "../../api/bindings";

/** What a person can do something about, each in its own way. */
export type FaultKind =
  | "gone"
  | "folder"
  | "locked"
  | "full"
  | "newer"
  | "storage"
  | "file"
  | "question"
  | "conflict"
  | "invalid"
  | "other";

/**
 * The systems' own words and numbers for the same mishap. The core passes them on as they came; which of the
 * five it was decides what to advise.
 */
const SIGNS: readonly [FaultKind, RegExp][] = [
  [
    "full",
    /no space left|disk (?:is )?full|not enough space|os error (?:28|112)\b|database or disk is full/i,
  ],
  [
    "locked",
    /used by another process|sharing violation|lock violation|os error (?:32|33|26)\b|text file busy|is locked/i,
  ],
  [
    "folder",
    /permission denied|access is denied|not permitted|os error (?:1|5|13)\b|not a directory|unreadable/i,
  ],
  ["gone", /no such file|cannot find the (?:file|path)|os error (?:2|3)\b|does not exist|not found/i],
];

/** Which mishap the words of an error speak of. */
export function faultInWords(words: string): FaultKind {
  return SIGNS.find(([, sign]) => sign.test(words))?.[0] ?? "other";
}

/** Which mishap an answer of the core is. */
export function faultOf(error: ApiError): FaultKind {
  if (error.code === "newer_schema") return "newer";
  if (error.code === "invalid") return "invalid";
  if (error.code === "conflict") return "conflict";
  if (error.code === "question") return "question";
  // A mistake of Plaza's own is no mishap of the system's, whatever its words.
  if (error.code === "internal") return "other";
  const detail = "detail" in error ? (error.detail ?? "") : "";
  const kind = faultInWords(`${detail} ${error.message}`);
  if (kind !== "other") return kind;
  if (error.code === "file") return "file";
  if (error.code === "storage") return "storage";
  return "other";
}
