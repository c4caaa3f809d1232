import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MessageView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, classes, Icon, MenuButton, toast } from "../../components";
import { useFormat } from "../../i18n/format";
import { Fault } from "../workspace/FaultWords";
import { Attachments } from "./Attachments";
import { Body } from "./Body";
import styles from "./Entries.module.css";
import { toShown, toWritten } from "./mention";
import { MentionField, useMentionables } from "./MentionField";
import { Reactions } from "./Reactions";
import { useTalkWords } from "./words";

/** One message: who, when, what, and what can be done with it. */
export function Message({
  thread,
  message,
  isNew,
}: {
  thread: string;
  message: MessageView;
  isNew: boolean;
}): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const words = useTalkWords();
  const [editing, setEditing] = useState(false);
  const { said } = message;
  const name = words.by(said);
  const device = words.device(said);
  return (
    <article
      className={classes(styles.message, isNew && styles.fresh)}
      id={`message-${message.message}`}
      aria-label={`${name}, ${format.moment(said.at)}`}
    >
      <header className={styles.by}>
        <strong>{name}</strong>
        <span className={styles.quiet} title={format.moment(said.at)}>
          {format.ago(said.at)}
          {device ? ` · ${device}` : ""}
          {message.history.length > 0 && !message.is_deleted ? ` · ${t("message.changed")}` : ""}
        </span>
      </header>
      {message.is_deleted ? (
        <p className={styles.quiet}>{t("message.deleted")}</p>
      ) : editing ? (
        <Edit thread={thread} message={message} close={() => setEditing(false)} />
      ) : (
        <>
          <Body blocks={message.body} />
          <Attachments files={message.attachments} />
          <History message={message} />
          <div className={styles.acts}>
            <Reactions
              thread={thread}
              message={message.message}
              label={t("acts.reactTo", { name })}
              reactions={message.reactions}
            />
            {message.is_mine ? (
              <Own thread={thread} message={message} name={name} edit={() => setEditing(true)} />
            ) : null}
          </div>
        </>
      )}
    </article>
  );
}

/** What only the writer can do. */
function Own({
  thread,
  message,
  name,
  edit,
}: {
  thread: string;
  message: MessageView;
  name: string;
  edit: () => void;
}): ReactNode {
  const { t } = useTranslation("conversation");
  const takeBack = useAct(commands.messageDelete);
  const write = useAct(commands.messageWrite);
  const remove = async (): Promise<void> => {
    if ((await takeBack.run(thread, message.message)) === undefined) return;
    toast(t("message.takenBack"), {
      // What was taken back stays so in the ledger: undoing it says the same once more.
      undo: () => void write.run(thread, message.text, message.attachments),
    });
  };
  return (
    <MenuButton
      look="quiet"
      icon
      label={t("acts.moreOf", { name })}
      entries={[
        { id: "edit", label: t("acts.edit"), run: edit },
        { id: "delete", label: t("acts.delete"), run: () => void remove() },
      ]}
    >
      <Icon name="more" />
    </MenuButton>
  );
}

/** What a message said before it was changed. */
function History({ message }: { message: MessageView }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const known = useMentionables();
  if (message.history.length === 0) return null;
  return (
    <details className={styles.history}>
      <summary>{t("message.earlier")}</summary>
      <ul>
        {message.history.map((earlier) => (
          <li key={earlier.until}>
            <span className={styles.quiet}>
              {t("message.until", { moment: format.moment(earlier.until) })}
            </span>
            <p className={styles.earlier} dir="auto">
              {toShown(earlier.text, known)}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Edit({
  thread,
  message,
  close,
}: {
  thread: string;
  message: MessageView;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation();
  const known = useMentionables();
  const change = useAct(commands.messageChange, { inline: true });
  const [text, setText] = useState(() => toShown(message.text, known));
  const empty = text.trim() === "" && message.attachments.length === 0;
  const save = async (): Promise<void> => {
    if (empty || change.pending) return;
    const written = toWritten(text, known);
    if (written === message.text || (await change.run(thread, message.message, written)) !== undefined) {
      close();
    }
  };
  return (
    <div className={styles.edit}>
      {change.error ? <Fault error={change.error} /> : null}
      <MentionField
        label={t("message.edit")}
        value={text}
        onChange={setText}
        onSend={() => void save()}
        onLeave={close}
        autoFocus
      />
      <div className={styles.acts}>
        <Button onPress={close}>{common("cancel")}</Button>
        <Button look="primary" isDisabled={empty} isPending={change.pending} onPress={() => void save()}>
          {t("message.save")}
        </Button>
      </div>
    </div>
  );
}
