import { open, save } from "@tauri-apps/plugin-dialog";

/** A kind of file in a file dialog. */
export interface FileKind {
  /** In the reader's words. */
  name: string;
  /** Without the dot. */
  extensions: string[];
}

/** Lets a person choose files; empty when they leave the dialog. */
export async function pickFiles(title: string, kinds?: FileKind[], several = true): Promise<string[]> {
  const picked = await open({ title, multiple: several, ...(kinds ? { filters: kinds } : {}) });
  if (picked === null) return [];
  return Array.isArray(picked) ? picked : [picked];
}

/** Lets a person choose a folder. */
export async function pickFolder(title: string, start?: string): Promise<string | null> {
  const picked = await open({ title, directory: true, ...(start ? { defaultPath: start } : {}) });
  return Array.isArray(picked) ? (picked[0] ?? null) : picked;
}

/** Lets a person say where a file is written. */
export async function pickSave(title: string, suggested: string, kinds: FileKind[]): Promise<string | null> {
  return await save({ title, defaultPath: suggested, filters: kinds });
}
