import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Exhibit, MessageView, ThreadEntry, ThreadView } from "../../../api/bindings";
import { Chart } from "../../../charts/Chart";
import { Button, toast } from "../../../components";
import { useFormat } from "../../../i18n/format";
import { CardNames } from "../../win/CardView";
import { Room } from "../../win/Room";
import { Suggested } from "../../win/Suggested";
import styles from "./Run.module.css";

/** Messages that are shown: the room talks, it does not read along. */
const LAST_MESSAGES = 3;

/** What is on the screen while an item is talked about. */
export function ExhibitView({ exhibit, showCard }: { exhibit: Exhibit; showCard: () => void }): ReactNode {
  const { t } = useTranslation("win");
  const { chart, sentence, thread, facts, win, suggestion } = exhibit;
  return (
    <div className={styles.exhibit}>
      {win === null ? null : (
        <>
          <p className={styles.why}>{win.about}</p>
          {win.story === "" ? null : <p className={styles.sentence}>{win.story}</p>}
          <CardNames card={win} />
          <div>
            <Button look="primary" onPress={showCard}>
              {t("card.show")} <kbd>W</kbd>
            </Button>
          </div>
          <Room win={win.win} />
        </>
      )}
      {suggestion === null ? null : (
        <Suggested bare one={suggestion} recorded={() => toast(t("suggestion.recorded"))} />
      )}
      {sentence === null ? null : <p className={styles.sentence}>{sentence}</p>}
      {chart === null ? null : <Chart chart={chart} corner />}
      {facts.length === 0 ? null : (
        <dl className={styles.facts}>
          {facts.map(([name, text]) => (
            <Fragment key={`${name} ${text}`}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      {thread === null ? null : <Thread thread={thread} />}
    </div>
  );
}

function isMessage(entry: ThreadEntry): entry is { entry: "message" } & MessageView {
  return entry.entry === "message" && !entry.is_deleted;
}

/** What a message says, as plain text. */
function plainText(message: MessageView): string {
  return message.body.map((block) => block.spans.map((span) => span.text).join("")).join("\n");
}

/** A thread to look at, not to write in: the question, what was seen, the last words. */
function Thread({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const messages = thread.entries.filter(isMessage);
  const last = messages.slice(-LAST_MESSAGES);
  const earlier = messages.length - last.length;
  return (
    <section className={styles.thread} aria-label={t("thread.title")}>
      <p className={styles.question}>{thread.question}</p>
      <p className={styles.marks}>
        {t("thread.opened", { about: thread.about, name: thread.opened.name ?? "–" })}
      </p>
      {thread.seen.sentence === null ? null : <p>{thread.seen.sentence}</p>}
      {earlier > 0 ? <p className={styles.marks}>{t("thread.earlier", { count: earlier })}</p> : null}
      {last.length === 0 ? <p className={styles.marks}>{t("thread.silent")}</p> : null}
      <ol className={styles.messages}>
        {last.map((message) => (
          <li key={message.message}>
            <span className={styles.marks}>
              {message.said.name ?? "–"} · {format.moment(message.said.at)}
            </span>
            <p className={styles.lines}>{plainText(message)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
