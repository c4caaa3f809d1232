import type { Draft } from "./draft";

const KEY = "plaza.integration-draft";

/** The draft is kept under the workspace's folder (another workspace has its own); a change to an integration in
 * force apart from the one new integration. */
function keyOf(workspace: string, existing: string | null): string {
  return existing === null ? `${KEY} ${workspace}` : `${KEY} ${workspace} ${existing}`;
}

function existingOf(draft: Draft): string | null {
  return draft.existing ? draft.integration.id : null;
}

export function keepDraft(workspace: string, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(workspace, existingOf(draft)), JSON.stringify(draft));
    return true;
  } catch {
    // A full or forbidden store must not stop the work: the page then does not claim that the draft is kept.
    return false;
  }
}

export function keptDraft(workspace: string, existing: string | null = null): Draft | null {
  try {
    const text = localStorage.getItem(keyOf(workspace, existing));
    if (text === null) return null;
    const draft = JSON.parse(text) as Partial<Draft> | null;
    // A draft of another shape is of another version of the program; it is left where it is.
    if (draft?.version !== 1 || !Array.isArray(draft.chosen) || draft.integration === undefined) return null;
    return draft as Draft;
  } catch {
    return null;
  }
}

export function dropDraft(workspace: string, existing: string | null = null): void {
  try {
    localStorage.removeItem(keyOf(workspace, existing));
  } catch {
    // Nothing was kept where nothing can be removed.
  }
}
