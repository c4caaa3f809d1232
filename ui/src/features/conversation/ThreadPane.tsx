import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type ThreadView, type Way } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { AddressLink, Button, ErrorState, Icon, MenuButton, Notice, Skeleton, toast } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { useWorkspace } from "../frame/start";
import { ReasonDialog } from "../workspace/ReasonDialog";
import { CloseDialog } from "./CloseDialog";
import { Composer } from "./Composer";
import { Entries } from "./Entries";
import entries from "./Entries.module.css";
import { Reactions } from "./Reactions";
import { Seen } from "./Seen";
import { Side } from "./Side";
import { TalkDialog, type TalkKind, WAYS } from "./TalkDialog";
import styles from "./Thread.module.css";
import { useTalkWords } from "./words";

/** How long a conversation is in sight before it counts as read, milliseconds. */
const READ_MS = 700;

/** Marks a conversation as read once it was shown, and again when something was said meanwhile. */
function useMarkRead(thread: ThreadView): void {
  const { me } = useWorkspace();
  const { run } = useAct(commands.threadMark, { inline: true });
  const { thread: id } = thread;
  const said = thread.entries.length;
  const marked = useRef<number | null>(null);
  useEffect(() => {
    if (me === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = (): void => {
      clearTimeout(timer);
      // Whoever says that it counts as unread is not contradicted, until something is said.
      if (document.visibilityState !== "visible" || marked.current === said) return;
      timer = setTimeout(() => {
        marked.current = said;
        void run(id, true);
      }, READ_MS);
    };
    begin();
    document.addEventListener("visibilitychange", begin);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", begin);
    };
  }, [run, id, said, me]);
}

/** The conversation that the address names. Give it the id as its key. */
export function ThreadPane({ id }: { id: string }): ReactNode {
  const { t } = useTranslation("conversation");
  const language = useLanguage();
  const thread = useRead(["thread", language, id], () => commands.threadRead(language, id));
  const { data, error } = thread;
  return (
    // The frame leads the focus here when a conversation is opened.
    <section
      className={styles.thread}
      aria-label={data?.question ?? t("title")}
      tabIndex={-1}
      data-arrival=""
    >
      {error && !data ? <ErrorState error={error} retry={() => void thread.refetch()} /> : null}
      {error && data ? <Notice tone="bad">{error.message}</Notice> : null}
      {!data && !error ? (
        <div aria-busy="true" className={styles.waiting}>
          <Skeleton width="60%" height="1.8rem" />
          <Skeleton height="9rem" />
          <Skeleton height="5rem" />
        </div>
      ) : null}
      {data ? <Filled thread={data} /> : null}
    </section>
  );
}

function Filled({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  useMarkRead(thread);
  const [talk, setTalk] = useState<{ kind: TalkKind; way: Way } | null>(null);
  useEffect(() => {
    document.title = `${thread.question} · Plaza`;
  }, [thread.question]);
  return (
    <>
      <Head thread={thread} />
      {thread.propose && !thread.outcome ? (
        <Notice
          actions={
            <Button onPress={() => setTalk({ kind: "propose", way: "call" })}>{t("acts.talk")}</Button>
          }
        >
          <Propose thread={thread} />
        </Notice>
      ) : null}
      <div className={styles.columns}>
        <div className={styles.said}>
          <Acts thread={thread} onTalk={setTalk} />
          <Entries thread={thread} />
          <Outcome thread={thread} />
          <Composer thread={thread.thread} closed={thread.outcome !== null} />
        </div>
        <aside className={styles.side} aria-label={t("seen.title")}>
          <Seen seen={thread.seen} />
        </aside>
        <div className={styles.more}>
          <Side thread={thread} />
        </div>
      </div>
      {talk ? <TalkDialog thread={thread} {...talk} close={() => setTalk(null)} /> : null}
    </>
  );
}

/** The question, and what it hangs on. */
function Head({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const words = useTalkWords();
  const { opened } = thread;
  const device = words.device(opened);
  return (
    <header className={styles.head}>
      <p className={styles.about}>
        {t(`cause.${thread.cause}`)} · <AddressLink address={thread.address}>{thread.about}</AddressLink>
        {thread.outcome ? (
          <span className={styles.closed}>
            <Icon name="check" size={12} /> {words.outcome(thread.outcome.outcome.outcome)}
          </span>
        ) : null}
      </p>
      <h1 className={styles.question} dir="auto">
        {thread.question}
      </h1>
      <p className={styles.quiet} title={format.moment(opened.at)}>
        {t("thread.asked", { name: words.by(opened), ago: format.ago(opened.at) })}
        {device ? ` · ${device}` : ""}
      </p>
      <div className={entries.acts}>
        <Reactions
          thread={thread.thread}
          message={null}
          label={t("acts.reactQuestion")}
          reactions={thread.reactions}
        />
      </div>
    </header>
  );
}

function Propose({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  const { propose } = thread;
  if (propose === null) return null;
  return propose.why === "circling"
    ? t("propose.circling", { count: propose.messages })
    : t("propose.unanswered", { count: propose.days });
}

interface ActsProps {
  thread: ThreadView;
  onTalk: (talk: { kind: TalkKind; way: Way }) => void;
}

/** What can be done with a conversation. */
function Acts({ thread, onTalk }: ActsProps): ReactNode {
  const { t } = useTranslation("conversation");
  const navigate = useNavigate();
  const mark = useAct(commands.threadMark);
  const reopen = useAct(commands.threadReopen);
  const [asked, setAsked] = useState<"close" | "reopen" | null>(null);
  const unread = async (): Promise<void> => {
    if ((await mark.run(thread.thread, false)) === undefined) return;
    toast(t("acts.markedUnread"));
    void navigate({ to: "/conversations", search: (before) => before });
  };
  const openAgain = async (reason: string): Promise<boolean> => {
    const done = (await reopen.run(thread.thread, reason)) !== undefined;
    if (done) toast(t("reopen.done"));
    return done;
  };
  return (
    <div className={styles.acts}>
      <MenuButton
        entries={WAYS.map((way) => ({
          id: way,
          label: t(`way.${way}`),
          run: () => onTalk({ kind: "propose", way }),
        }))}
      >
        <Icon name="talk" />
        {t("acts.talk")}
      </MenuButton>
      <Button onPress={() => onTalk({ kind: "met", way: thread.talk ?? "walk" })}>{t("acts.met")}</Button>
      {thread.outcome ? (
        <Button onPress={() => setAsked("reopen")}>{t("acts.reopen")}</Button>
      ) : (
        <Button onPress={() => setAsked("close")}>{t("acts.close")}</Button>
      )}
      <Button look="quiet" isPending={mark.pending} onPress={() => void unread()}>
        {t("acts.unread")}
      </Button>
      {asked === "close" ? <CloseDialog thread={thread} close={() => setAsked(null)} /> : null}
      <ReasonDialog
        title={t("reopen.title")}
        words={t("reopen.words")}
        confirm={t("reopen.send")}
        open={asked === "reopen"}
        pending={reopen.pending}
        onClose={() => setAsked(null)}
        onConfirm={openAgain}
      />
    </div>
  );
}

/** How it ended. */
function Outcome({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const words = useTalkWords();
  const { outcome } = thread;
  if (outcome === null) return null;
  const cause = outcome.outcome.outcome === "real_change" ? outcome.outcome.cause : null;
  return (
    <section className={styles.outcome}>
      <h2>{words.outcome(outcome.outcome.outcome)}</h2>
      {cause ? <p dir="auto">{cause}</p> : null}
      {outcome.words ? <p dir="auto">{outcome.words}</p> : null}
      <p className={styles.quiet}>
        {words.by(outcome.said)} · {format.moment(outcome.said.at)}
        {outcome.correction ? ` · ${words.standing(outcome.correction)}` : ""}
        {outcome.outcome.outcome === "definition_changed"
          ? ` · ${t("seen.definition")} ${format.count(outcome.outcome.version)}`
          : ""}
      </p>
    </section>
  );
}
