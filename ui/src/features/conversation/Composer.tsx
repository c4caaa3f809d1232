import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Icon } from "../../components";
import { useFormat } from "../../i18n/format";
import { commandKey } from "../../platform/runtime";
import { Fault } from "../workspace/FaultWords";
import styles from "./Composer.module.css";
import { type Draft, keepDraft, readDraft } from "./draft";
import { toWritten } from "./mention";
import { MentionField, useMentionables } from "./MentionField";
import { useAttach } from "./useAttach";

/** How long a person pauses before what they write is kept, milliseconds. */
const KEEP_MS = 400;

/** What was written while the rest was being sent. */
function after(now: Draft, sent: Draft): Draft {
  return {
    text: now.text.startsWith(sent.text) ? now.text.slice(sent.text.length).trimStart() : now.text,
    attachments: now.attachments.filter((file) => !sent.attachments.includes(file)),
  };
}

/** The draft of a conversation: at once in this component, a moment later on this computer. */
function useDraft(thread: string): [Draft, (change: (draft: Draft) => Draft) => void] {
  const [draft, setDraft] = useState(() => readDraft(thread));
  const newest = useRef(draft);
  useEffect(() => {
    if (newest.current === draft) return undefined;
    newest.current = draft;
    const timer = setTimeout(() => keepDraft(thread, draft), KEEP_MS);
    return () => clearTimeout(timer);
  }, [thread, draft]);
  // Whoever goes to another page in that moment loses nothing.
  useEffect(() => () => keepDraft(thread, newest.current), [thread]);
  return [draft, setDraft];
}

/** Where an answer is written. Give it the conversation's id as its key. */
export function Composer({ thread, closed }: { thread: string; closed: boolean }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const known = useMentionables();
  const write = useAct(commands.messageWrite, { inline: true });
  const [draft, setDraft] = useDraft(thread);
  const attach = useAttach(draft.attachments.length, (attached) =>
    setDraft((before) => ({ ...before, attachments: [...before.attachments, ...attached] })),
  );
  const { text, attachments } = draft;
  const empty = text.trim() === "" && attachments.length === 0;
  const send = async (): Promise<void> => {
    if (empty || write.pending || attach.pending) return;
    const sent = await write.run(thread, toWritten(text, known), [...attachments]);
    if (sent !== undefined) setDraft((now) => after(now, draft));
  };
  return (
    <form
      className={styles.composer}
      aria-label={t("write.label")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {closed ? <p className={styles.quiet}>{t("write.closed")}</p> : null}
      {write.error ? (
        <>
          <Fault error={write.error} />
          <p className={styles.quiet}>{t("write.kept")}</p>
        </>
      ) : null}
      <MentionField
        label={t("write.label")}
        placeholder={t("write.placeholder")}
        value={text}
        onChange={(next) => setDraft((before) => ({ ...before, text: next }))}
        onSend={() => void send()}
        onPaste={attach.paste}
      />
      {attachments.length > 0 ? (
        <ul className={styles.files} aria-label={t("attachment.list")}>
          {attachments.map((file, place) => (
            // The same file may hang on a message twice.
            // oxlint-disable-next-line no-array-index-key
            <li key={`${file.hash} ${place}`} className={styles.file}>
              <Icon name="file" />
              <span className={styles.fileName}>{file.name}</span>
              <span className={styles.quiet}>{format.bytes(file.bytes)}</span>
              <Button
                look="quiet"
                icon
                aria-label={t("attachment.remove", { name: file.name })}
                onPress={() =>
                  setDraft((before) => ({
                    ...before,
                    attachments: before.attachments.filter((_, other) => other !== place),
                  }))
                }
              >
                <Icon name="close" size={12} />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div className={styles.tools}>
        <Button look="quiet" isDisabled={attach.pending} onPress={() => void attach.pick()}>
          <Icon name="clip" />
          {attach.pending ? t("attachment.keeping") : t("attachment.add")}
        </Button>
        <span className={styles.quiet}>{t("write.hint", { key: commandKey() })}</span>
        <Button type="submit" look="primary" isDisabled={empty || attach.pending} isPending={write.pending}>
          {t("write.send")}
        </Button>
      </div>
    </form>
  );
}
