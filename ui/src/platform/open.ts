import { openUrl, revealItemInDir } from "@tauri-apps/plugin-opener";

/** Opens an address in the person's own browser or mail program. */
export async function openOutside(address: string): Promise<void> {
  await openUrl(address);
}

/** Shows a file in the system's file manager. */
export async function showInFolder(path: string): Promise<void> {
  await revealItemInDir(path);
}
