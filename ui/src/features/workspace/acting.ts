import { invoke } from "@tauri-apps/api/core";

import type { ApiError, Changed, WorkspaceView } from "../../api/bindings";
import type { Outcome } from "../../api/query";

/** For whom somebody else's computer is used: a person's id; nothing while its owner acts. */
export function actingFor(workspace: WorkspaceView & { acting_for?: string | null }): string | null {
  return workspace.acting_for ?? null;
}

/** Says for whom this computer acts from now on; nobody: its owner again. */
export async function chooseActing(person: string | null): Promise<Outcome<Changed<null>>> {
  try {
    return { status: "ok", data: await invoke<Changed<null>>("acting_choose", { person }) };
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    return { status: "error", error: refused as ApiError };
  }
}
