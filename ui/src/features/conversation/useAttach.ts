import { type ClipboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Attachment, commands } from "../../api/bindings";
import { asPlazaError } from "../../api/errors";
import { call } from "../../api/query";
import { toast } from "../../components";
import { reportError } from "../../components/toast";
import { useFormat } from "../../i18n/format";
import { pickFiles } from "../../platform/dialog";

/** Files that hang on one message at most. */
const ATTACHMENTS_MAX = 10;

/** Largest file that is attached, bytes. */
const ATTACHMENT_BYTES_MAX = 20_000_000;

/** Bytes handed to `String.fromCharCode` at once: more would not fit on the stack. */
const CHUNK_BYTES = 0x80_00;

/** The bytes of a file as base64. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    text += String.fromCodePoint(...bytes.subarray(at, at + CHUNK_BYTES));
  }
  return btoa(text);
}

/** How files come to hang on a message. */
export interface Attach {
  pending: boolean;
  pick: () => Promise<void>;
  /** Takes pictures out of what is pasted; text stays text. */
  paste: (event: ClipboardEvent) => void;
}

/** Files are kept as they are attached; the message only names them. */
export function useAttach(count: number, add: (attached: readonly Attachment[]) => void): Attach {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const [pending, setPending] = useState(false);
  const keep = async (each: readonly (() => Promise<Attachment>)[]): Promise<void> => {
    const room = Math.max(ATTACHMENTS_MAX - count, 0);
    if (each.length > room) toast(t("attachment.tooMany", { most: ATTACHMENTS_MAX }), { tone: "bad" });
    setPending(true);
    for (const one of each.slice(0, room)) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one after the other: what was kept stays where the next fails
        add([await one()]);
      } catch (thrown) {
        reportError(asPlazaError(thrown));
      }
    }
    setPending(false);
  };
  return {
    pending,
    pick: async () => {
      const files = await pickFiles(t("attachment.pick"));
      if (files.length === 0) return;
      await keep(files.map((file) => async () => (await call(commands.attachmentKeep(file))).data));
    },
    paste: (event) => {
      const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
      if (pictures.length === 0) return;
      event.preventDefault();
      const small = pictures.filter((file) => file.size <= ATTACHMENT_BYTES_MAX);
      for (const file of pictures) {
        if (file.size > ATTACHMENT_BYTES_MAX) {
          toast(t("attachment.tooLarge", { name: file.name, most: format.bytes(ATTACHMENT_BYTES_MAX) }), {
            tone: "bad",
          });
        }
      }
      void keep(
        small.map((file) => async () => {
          const name = file.name || `${t("attachment.pasted")}.${file.type.split("/")[1] ?? "png"}`;
          return (await call(commands.attachmentPaste(name, file.type, await base64Of(file)))).data;
        }),
      );
    },
  };
}
