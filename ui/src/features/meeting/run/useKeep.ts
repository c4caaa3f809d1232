import { commands, type CommitmentMadeView } from "../../../api/bindings";
import type { PlazaError } from "../../../api/errors";
import { useAct } from "../../../api/query";
import type { Draft } from "./draft";

/** Names of what still has to be said. */
export type Missing = "text" | "person" | "from" | "to" | "day" | "words" | "offered" | "size" | "week";

/** What a draft lacks before it can be kept. */
export function missingOf(draft: Draft): Missing[] {
  const missing: Missing[] = [];
  const need = (name: Missing, isThere: boolean): void => {
    if (!isThere) missing.push(name);
  };
  need("text", draft.text.trim() !== "");
  if (draft.kind === "commitment") {
    need("person", draft.person !== null);
    need("day", draft.day !== null);
  }
  if (draft.kind === "need") {
    need("from", draft.from !== null);
    need("to", draft.to !== null && draft.to !== draft.from);
    need("day", draft.day !== null);
    if (draft.answer === "declined" || draft.answer === "countered") need("words", draft.words.trim() !== "");
    if (draft.answer === "countered") need("offered", draft.offered !== null);
  }
  if (draft.kind === "decision" && draft.kpi !== null) {
    need("size", draft.size !== null && draft.size !== 0);
    need("week", draft.week !== null && /^\d{4}-W\d{2}$/.test(draft.week));
  }
  return missing;
}

interface Keep {
  /** Keeps it; what the core says of a commitment, `true` for anything else, `false` when it was refused. */
  run: (draft: Draft) => Promise<CommitmentMadeView | boolean>;
  pending: boolean;
  error: PlazaError | null;
}

/** Keeps what was captured by the command of its kind. */
export function useKeep(meeting: string): Keep {
  const decide = useAct(commands.decisionTake, { inline: true });
  const ask = useAct(commands.needAsk, { inline: true });
  const answer = useAct(commands.needAnswer);
  const make = useAct(commands.commitmentMake, { inline: true });
  const write = useAct(commands.noteWrite, { inline: true });
  const keepNeed = async (draft: Draft): Promise<boolean> => {
    const { id, item, from, to, day, words, offered } = draft;
    if (from === null || to === null || day === null) return false;
    const form = { need: id, meeting, item, from, to, text: draft.text.trim(), by: day };
    const need = await ask.run(form);
    if (need === undefined) return false;
    // The need is kept either way: what becomes of the answer is told beside it.
    const reason = words.trim();
    if (draft.answer === "accepted") await answer.run(need, { answer: "accepted" });
    if (draft.answer === "declined") await answer.run(need, { answer: "declined", reason });
    if (draft.answer === "countered" && offered !== null) {
      await answer.run(need, { answer: "countered", text: reason, by: offered });
    }
    return true;
  };
  const run = async (draft: Draft): Promise<CommitmentMadeView | boolean> => {
    const { id, item, person, day, kpi } = draft;
    const text = draft.text.trim();
    if (draft.kind === "note") {
      return (await write.run(meeting, draft.isParked ? null : item, id, text)) !== undefined;
    }
    if (draft.kind === "need") return keepNeed(draft);
    if (draft.kind === "commitment") {
      if (person === null || day === null) return false;
      const form = { commitment: id, meeting, item, need: null, who: person, text, due: day };
      return (await make.run(form)) ?? false;
    }
    const effect =
      kpi === null
        ? { kpi: null, department: null, size: null, by: null }
        : { kpi, department: draft.department, size: draft.size, by: draft.week };
    const kept = await decide.run({ decision: id, meeting, item, text, owner: person, ...effect });
    return kept !== undefined;
  };
  const all = [decide, ask, make, write];
  return {
    run,
    pending: all.some((act) => act.pending) || answer.pending,
    error: all.map((act) => act.error).find((error) => error !== null) ?? null,
  };
}
