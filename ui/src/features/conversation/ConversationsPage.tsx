import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useDeferredValue, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { InboxKind } from "../../api/bindings";
import { EmptyState, Icon, Segments, TextField } from "../../components";
import { useFormat } from "../../i18n/format";
import { AttentionInbox } from "../attention/Inbox";
import { mattersOf } from "../attention/matters";
import { useAttention } from "../attention/useAttention";
import styles from "./Conversations.module.css";
import { Found } from "./Found";
import { INBOXES } from "./inbox";
import { ThreadList } from "./ThreadList";
import { ThreadPane } from "./ThreadPane";
import { useThreads } from "./useThreads";

/** How long a person pauses before what they search for is asked, milliseconds; an answer takes a few. */
const SEARCH_MS = 80;

/** What a person searches for, once they pause. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SEARCH_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useDeferredValue(settled);
}

/** The conversations: their list, and the one that the address names beside it. */
export function ConversationsPage(): ReactNode {
  const { t } = useTranslation("conversation");
  const { thread } = useParams({ strict: false });
  const { inbox = "mine" } = useSearch({ from: "/conversations" });
  return (
    <div className={styles.frame}>
      <div className={styles.page} data-thread={thread === undefined ? undefined : ""}>
        <ListPane thread={thread} inbox={inbox} />
        {thread === undefined ? (
          <div className={styles.pick}>
            <EmptyState title={t("pick.title")}>{t("pick.words")}</EmptyState>
          </div>
        ) : (
          <div className={styles.open}>
            <p className={styles.back}>
              <Link to="/conversations" search={{ inbox: inbox === "mine" ? undefined : inbox }}>
                <Icon name="left" /> {t("thread.back")}
              </Link>
            </p>
            <ThreadPane key={thread} id={thread} />
          </div>
        )}
      </div>
    </div>
  );
}

function ListPane({ thread, inbox }: { thread: string | undefined; inbox: InboxKind }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const wanted = useSettled(typed.trim());
  const threads = useThreads(inbox);
  const attention = useAttention();
  const matters = mattersOf(inbox, attention.data);
  const waiting = (value: InboxKind): string | undefined => {
    const counts = threads.read?.counts;
    if (counts === undefined) return undefined;
    const all = counts[value] + mattersOf(value, attention.data);
    return all === 0 ? undefined : format.count(all);
  };
  useEffect(() => {
    if (thread === undefined) document.title = `${t("title")} · Plaza`;
  }, [thread, t]);
  const show = (next: InboxKind): void => {
    void navigate({
      to: thread === undefined ? "/conversations" : "/conversations/$thread",
      ...(thread === undefined ? {} : { params: { thread } }),
      search: { inbox: next === "mine" ? undefined : next },
      resetScroll: false,
    });
  };
  const Title = thread === undefined ? "h1" : "h2";
  return (
    <section className={styles.list} aria-label={t("title")}>
      <header className={styles.head}>
        <Title className={styles.title}>{t("title")}</Title>
        <TextField
          bare
          type="search"
          label={t("find.label")}
          placeholder={t("find.placeholder")}
          value={typed}
          onChange={setTyped}
        />
        {typed.trim() === "" ? (
          <Segments
            bare
            loose
            label={t("filter.label")}
            choices={INBOXES.map((value) => ({
              value,
              label: t(`filter.${value}`),
              count: waiting(value),
            }))}
            value={inbox}
            onChange={show}
          />
        ) : null}
      </header>
      {typed.trim() === "" ? (
        <>
          <AttentionInbox key={`matters ${inbox}`} inbox={inbox} />
          <ThreadList key={inbox} inbox={inbox} threads={threads} thread={thread} beside={matters > 0} />
        </>
      ) : (
        <Found question={wanted} />
      )}
    </section>
  );
}
