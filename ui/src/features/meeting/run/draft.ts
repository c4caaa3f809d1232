import { useCallback, useState } from "react";

import type { CommitmentView, DecisionView, MeetingNote, NeedView } from "../../../api/bindings";

/** What can be captured. */
export type Kind = "decision" | "need" | "commitment" | "note";

/** How a need is answered on the spot. */
export type Answer = "open" | "accepted" | "declined" | "countered";

/** What is being typed; every kind uses the fields that it has. */
export interface Draft {
  kind: Kind;
  /** What is corrected; nothing for something new. */
  id: string | null;
  /** Under which item. */
  item: string | null;
  /** A note that goes into the parking lot. */
  isParked: boolean;
  text: string;
  /** Who sees to it, or who promises. */
  person: string | null;
  /** A decision's expected effect. */
  kpi: string | null;
  department: string | null;
  size: number | null;
  week: string | null;
  /** A need's departments. */
  from: string | null;
  to: string | null;
  /** By when. */
  day: string | null;
  answer: Answer;
  /** Why it was declined, or what is offered instead. */
  words: string;
  /** By when the offer would be done. */
  offered: string | null;
}

const BLANK: Omit<Draft, "kind" | "item"> = {
  id: null,
  isParked: false,
  text: "",
  person: null,
  kpi: null,
  department: null,
  size: null,
  week: null,
  from: null,
  to: null,
  day: null,
  answer: "open",
  words: "",
  offered: null,
};

/** An empty form of a kind, under an item. */
export function blank(kind: Kind, item: string | null): Draft {
  return { ...BLANK, kind, item };
}

/** A decision, to be put into other words. */
export function fromDecision(decision: DecisionView): Draft {
  const { expected } = decision;
  return {
    ...blank("decision", decision.item),
    id: decision.decision,
    text: decision.text,
    person: decision.owner,
    kpi: expected?.kpi ?? null,
    department: expected?.department ?? null,
    size: expected?.size ?? null,
    week: expected?.by ?? null,
  };
}

/** A need, to be put into other words. */
export function fromNeed(need: NeedView): Draft {
  const { from, to, text, by } = need;
  return { ...blank("need", need.item), id: need.need, text, from, to, day: by };
}

/** A commitment, to be put into other words. */
export function fromCommitment(commitment: CommitmentView): Draft {
  const { item, commitment: id, text, who, due } = commitment;
  return { ...blank("commitment", item), id, text, person: who, day: due };
}

/** A note, to be put into other words. */
export function fromNote(note: MeetingNote): Draft {
  return { ...blank("note", note.item), id: note.note, text: note.text, isParked: note.item === null };
}

const KINDS: readonly Kind[] = ["decision", "need", "commitment", "note"];

function place(meeting: string): string {
  return `plaza.meeting.draft.${meeting}`;
}

function kept(meeting: string): Draft | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place(meeting)) ?? "null");
    if (typeof found !== "object" || found === null || !("kind" in found)) return null;
    const draft = found as Draft;
    return KINDS.includes(draft.kind) ? { ...blank(draft.kind, draft.item ?? null), ...draft } : null;
  } catch {
    // Half a text that a crash left behind is no text.
    return null;
  }
}

/** What is being typed in a meeting. It outlives the window: a crash, a closed lid, a wrong key lose nothing. */
export function useDraft(meeting: string): [Draft | null, (next: Draft | null) => void] {
  const [draft, setDraft] = useState<Draft | null>(() => kept(meeting));
  const set = useCallback(
    (next: Draft | null) => {
      setDraft(next);
      if (next === null) localStorage.removeItem(place(meeting));
      else localStorage.setItem(place(meeting), JSON.stringify(next));
    },
    [meeting],
  );
  return [draft, set];
}
