import { pickSave } from "./dialog";
import { call } from "../api/query";
import { commands } from "../api/bindings";

/** Lets a person say where a text is kept and writes it there; the path, or `null` when they left the dialog. */
export async function saveText(
  title: string,
  suggested: string,
  kind: string,
  text: string,
): Promise<string | null> {
  const ending = suggested.split(".").at(-1) ?? "txt";
  const file = await pickSave(title, suggested, [{ name: kind, extensions: [ending] }]);
  if (file === null) return null;
  await call(commands.textSave(file, text));
  return file;
}
