import type { Draft } from "./draft";

const KEY = "plaza.integration-draft";

/** The draft is kept under the workspace's folder: another workspace has its own. */
function keyOf(workspace: string): string {
  return `${KEY} ${workspace}`;
}

export function keepDraft(workspace: string, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(workspace), JSON.stringify(draft));
    return true;
  } catch {
    // A full or forbidden store must not stop the work: the page then does not claim that the draft is kept.
    return false;
  }
}

export function keptDraft(workspace: string): Draft | null {
  try {
    const text = localStorage.getItem(keyOf(workspace));
    if (text === null) return null;
    const draft = JSON.parse(text) as Partial<Draft> | null;
    // A draft of another shape is of another version of the program; it is left where it is.
    if (draft?.version !== 1 || !Array.isArray(draft.chosen) || draft.integration === undefined) return null;
    return draft as Draft;
  } catch {
    return null;
  }
}

export function dropDraft(workspace: string): void {
  try {
    localStorage.removeItem(keyOf(workspace));
  } catch {
    // Nothing was kept where nothing can be removed.
  }
}
