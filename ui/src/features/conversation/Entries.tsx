import { Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ThreadEntry, ThreadView } from "../../api/bindings";
import { useFormat } from "../../i18n/format";
import styles from "./Entries.module.css";
import { Message } from "./Message";
import { useTalkWords } from "./words";

type SystemEntry = Exclude<ThreadEntry, { entry: "message" }>;

/** What was new when the page was opened stays marked while it is read, though it counts as read by then. */
function useFresh(thread: ThreadView): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const found = thread.entries.flatMap((entry) =>
    entry.entry === "message" && entry.is_new && !entry.is_mine && !fresh.has(entry.message)
      ? [entry.message]
      : [],
  );
  if (found.length > 0) setFresh(new Set([...fresh, ...found]));
  return fresh;
}

/** Everything that was said, and what happened meanwhile. Give it the conversation's id as its key. */
export function Entries({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  const fresh = useFresh(thread);
  const separator = useRef<HTMLParagraphElement>(null);
  const first = thread.entries.findIndex((entry) => entry.entry === "message" && fresh.has(entry.message));
  const scrolled = useRef(false);
  useEffect(() => {
    // The way to what is new, once: whoever reads then scrolls themselves.
    if (scrolled.current || first < 1) return;
    scrolled.current = true;
    separator.current?.scrollIntoView({ block: "center" });
  }, [first]);
  return (
    <section className={styles.entries} aria-label={t("thread.entries")}>
      {thread.entries.length === 0 ? <p className={styles.quiet}>{t("thread.quiet")}</p> : null}
      {thread.entries.map((entry, place) =>
        entry.entry === "message" ? (
          <Fragment key={entry.message}>
            {place === first ? (
              <p ref={separator} className={styles.new}>
                {t("thread.new")}
              </p>
            ) : null}
            <Message thread={thread.thread} message={entry} isNew={fresh.has(entry.message)} />
          </Fragment>
        ) : (
          <System key={`${entry.entry} ${momentOf(entry)}`} entry={entry} />
        ),
      )}
    </section>
  );
}

function momentOf(entry: SystemEntry): string {
  return entry.entry === "restated" ? entry.at : entry.said.at;
}

/** What happened beside the messages, quietly. */
function System({ entry }: { entry: SystemEntry }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const words = useTalkWords();
  const at = momentOf(entry);
  const [line, said] = useSystemWords(entry);
  const device = entry.entry === "restated" ? null : words.device(entry.said);
  return (
    <div className={styles.system}>
      <p>
        {line}{" "}
        <span className={styles.quiet} title={format.moment(at)}>
          {format.ago(at)}
          {device ? ` · ${device}` : ""}
        </span>
      </p>
      {entry.entry === "talk" || entry.entry === "met" ? (
        entry.with.length > 0 ? (
          <p className={styles.quiet}>{t("entry.with", { names: words.names(entry.with) })}</p>
        ) : null
      ) : null}
      {said ? (
        <p className={styles.said} dir="auto">
          {said}
        </p>
      ) : null}
    </div>
  );
}

/** What an entry says, and what the person said with it. */
function useSystemWords(entry: SystemEntry): [string, string] {
  const { t } = useTranslation("conversation");
  const words = useTalkWords();
  switch (entry.entry) {
    case "talk":
      return [t(`entry.talk.${entry.way}`, { name: words.by(entry.said) }), entry.words];
    case "met":
      return [t(`entry.met.${entry.way}`, { name: words.by(entry.said) }), entry.words];
    case "closed":
      return [
        t("entry.closed", {
          name: words.by(entry.said),
          outcome: words.outcome(entry.outcome.outcome.outcome),
        }),
        entry.outcome.words,
      ];
    case "reopened":
      return [t("entry.reopened", { name: words.by(entry.said) }), entry.reason];
    case "restated":
      return [t("entry.restated", { was: entry.was, now: entry.now }), ""];
  }
}
