import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { InboxKind, ThreadLine, ThreadList as List } from "../../api/bindings";
import type { Slices } from "../../api/slices";
import { classes, EmptyState, ErrorState, Skeleton } from "../../components";
import { move, textScale } from "../../components/VirtualTable";
import { useFormat } from "../../i18n/format";
import { isListening } from "../frame/shortcuts";
import styles from "./Conversations.module.css";
import { useTalkWords } from "./words";

/** Height of a row at the usual size of text, pixels: about, question and what is worth knowing, each on two lines. */
const ROW_PX = 118;

/** Rows drawn above and below those in sight, so that scrolling shows no gap. */
const OVERSCAN = 8;

interface ThreadListProps {
  inbox: InboxKind;
  threads: Slices<List>;
  /** The one that is open. */
  thread: string | undefined;
  /** Other matters stand above it: that nothing waits would not be true. */
  beside: boolean;
}

/** The rows of a list of conversations, or what stands in their place. */
export function ThreadList({ inbox, threads, thread, beside }: ThreadListProps): ReactNode {
  const { t } = useTranslation("conversation");
  const { t: matter } = useTranslation("attention");
  const { total, error } = threads;
  if (error && total === null) return <ErrorState error={error} retry={threads.retry} />;
  if (total === null) {
    return (
      <div className={styles.waiting} aria-busy="true">
        <Skeleton height="4rem" />
        <Skeleton height="4rem" />
        <Skeleton height="4rem" />
      </div>
    );
  }
  if (total === 0) {
    if (beside && threads.read?.counts.open !== 0) {
      return <p className={styles.quiet}>{matter("inbox.quiet")}</p>;
    }
    const words = inbox === "open" ? "none" : inbox;
    // Whoever never saw a flag learns how one is made, whichever list is empty.
    const first = inbox === "mine" && threads.read?.counts.open === 0 ? "none" : words;
    return <EmptyState title={t(`empty.${first}.title`)}>{t(`empty.${first}.words`)}</EmptyState>;
  }
  return <Rows total={total} threads={threads} thread={thread} />;
}

/** Moves with `j` and `k` from anywhere on the page. */
function useLetters(step: (key: "ArrowDown" | "ArrowUp") => void): void {
  const newest = useRef(step);
  useEffect(() => {
    newest.current = step;
  });
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      if ((key !== "j" && key !== "k") || isListening(event.target)) return;
      event.preventDefault();
      newest.current(key === "j" ? "ArrowDown" : "ArrowUp");
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function Rows({
  total,
  threads,
  thread,
}: {
  total: number;
  threads: Slices<List>;
  thread: string | undefined;
}): ReactNode {
  const { t } = useTranslation("conversation");
  const frame = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const [active, setActive] = useState<number | null>(null);
  const rowHeight = ROW_PX * textScale();
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: useCallback(() => frame.current, []),
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    overscan: OVERSCAN,
  });
  const measured = useRef(rowHeight);
  useEffect(() => {
    if (measured.current === rowHeight) return;
    measured.current = rowHeight;
    virtualizer.measure();
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { onVisible } = threads;
  useEffect(() => onVisible(first, last), [first, last, onVisible]);

  useEffect(() => {
    // What is wanted may be drawn a moment after it was scrolled to.
    if (wanted.current === null) return;
    const target = frame.current?.querySelector<HTMLElement>(`[data-place="${wanted.current}"]`);
    if (!target) return;
    wanted.current = null;
    target.focus({ preventScroll: true });
  });

  const opened = items.find((item) => threads.row(item.index)?.thread === thread)?.index;
  const place = Math.min(active ?? opened ?? 0, total - 1);
  const step = (key: string): boolean => {
    // The first step leads to the row that is next to nothing: the first one, or the one that is open.
    const next =
      active === null ? (move(key, place, total) === undefined ? undefined : place) : move(key, place, total);
    if (next === undefined) return false;
    wanted.current = next;
    virtualizer.scrollToIndex(next);
    setActive(next);
    return true;
  };
  useLetters(step);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (step(event.key)) event.preventDefault();
  };
  const stop = place >= first && place <= last ? place : first;
  return (
    <div ref={frame} className={styles.scroll}>
      <div
        role="list"
        aria-label={t("list")}
        className={styles.rows}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {items.map((item) => {
          const line = threads.row(item.index);
          return (
            <div
              key={item.key}
              role="listitem"
              aria-setsize={total}
              aria-posinset={item.index + 1}
              className={styles.row}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {line ? (
                <Row
                  line={line}
                  place={item.index}
                  stop={item.index === stop}
                  onFocus={() => setActive(item.index)}
                />
              ) : (
                <div className={styles.line}>
                  <Skeleton width="40%" height="0.7rem" />
                  <Skeleton width="85%" />
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  line: ThreadLine;
  place: number;
  /** The one that Tab leads to. */
  stop: boolean;
  onFocus: () => void;
}

/** One conversation: what it is about, the question, and what is worth knowing before it is opened. */
function Row({ line, place, stop, onFocus }: RowProps): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const words = useTalkWords();
  const meta = [
    ...words.marks(line),
    line.last_by ?? t("thread.somebody"),
    t("line.messages", { count: line.messages }),
  ];
  return (
    <Link
      to="/conversations/$thread"
      params={{ thread: line.thread }}
      search={(before) => before}
      resetScroll={false}
      className={classes(styles.line, line.unread > 0 && styles.unread)}
      tabIndex={stop ? 0 : -1}
      data-place={place}
      onFocus={onFocus}
    >
      <span className={styles.about}>
        {line.unread > 0 ? (
          <span className={styles.dot}>
            <span className={styles.heard}>{t("line.unread", { count: line.unread })}</span>
          </span>
        ) : null}{" "}
        <span className={styles.cut}>{line.about}</span>{" "}
        <span className={styles.ago} title={format.moment(line.last_at)}>
          {format.ago(line.last_at)}
        </span>
      </span>{" "}
      <span className={styles.question} dir="auto">
        {line.question}
      </span>{" "}
      <span className={styles.meta} title={meta.join(" · ")}>
        {meta.join(" · ")}
      </span>
    </Link>
  );
}
