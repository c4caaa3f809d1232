import { Link } from "@tanstack/react-router";
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Board } from "../../api/bindings";
import { EmptyState, ErrorState, LinkButton, Notice, Page, PageHeader, Skeleton } from "../../components";
import { Icon } from "../../components/Icon";
import { useFormat, useLanguage, weekParts } from "../../i18n/format";
import styles from "./Board.module.css";
import { useFirstPaint } from "./painted";
import { useBoard } from "./read";
import { Row } from "./Row";
import { useKpiWords } from "./words";

/** The board: what belongs to all of us, on one page. */
export function BoardPage(): ReactNode {
  const language = useLanguage();
  const board = useBoard(language);
  const { data, error } = board;
  if (!data) {
    return (
      <Page>{error ? <ErrorState error={error} retry={() => void board.refetch()} /> : <Waiting />}</Page>
    );
  }
  return (
    <Page>
      {error ? <Notice tone="bad">{error.message}</Notice> : null}
      <Filled board={data} />
    </Page>
  );
}

/** What there is to show. Who has connected nothing yet is told that first: without numbers there is nothing to choose. */
function Filled({ board }: { board: Board }): ReactNode {
  if (board.rows.length === 0 && board.integrations > 0) return <NoKpi />;
  return board.week === null ? <Nothing board={board} /> : <Rows board={board} />;
}

function Rows({ board }: { board: Board }): ReactNode {
  const { t } = useTranslation("board");
  const format = useFormat();
  const words = useKpiWords();
  useFirstPaint();
  const title = board.week ? words.weekTitle(board.week) : t("title");
  return (
    <>
      <PageHeader
        title={title}
        lead={
          <>
            {t("lead")} ·{" "}
            <span title={format.moment(board.refreshed)}>
              {t("age", { ago: format.ago(board.refreshed) })}
            </span>
            <Aged board={board} />
          </>
        }
        actions={<Since board={board} />}
      />
      <div className={styles.rows} onKeyDown={walkRows}>
        {board.rows.map((row) => (
          <Row key={row.kpi} row={row} departments={board.departments} />
        ))}
      </div>
      <Footer board={board} />
    </>
  );
}

/** Sources whose numbers are older than was agreed, and those that a drill cuts: the numbers stay, with their age. */
function Aged({ board }: { board: Board }): ReactNode {
  const { t } = useTranslation("board");
  const format = useFormat();
  if (board.aged.length === 0 && board.cut.length === 0) return null;
  return (
    <span className={styles.aged}>
      {board.cut.map((source) => (
        <span key={`cut ${source.integration}`}>
          <Icon name="clock" />
          <Link to="/integrations/$id" params={{ id: source.integration }} search={{ tab: "drills" }}>
            {t("aged.cut", { name: source.name, when: format.moment(source.until) })}
          </Link>
        </span>
      ))}
      {board.aged.map((source) => (
        <span key={source.integration}>
          <Icon name={source.freshness === "late" ? "warn" : "clock"} />
          <Link to="/integrations/$id" params={{ id: source.integration }} search={{ tab: "schedule" }}>
            {t(source.freshness === "late" ? "aged.late" : "aged.warn", {
              name: source.name,
              age: source.words,
            })}
          </Link>
        </span>
      ))}
    </span>
  );
}

/** Up and down lead from row to row. */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  links[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), links.length - 1)]?.focus();
}

function Since({ board }: { board: Board }): ReactNode {
  const { t } = useTranslation("board");
  const format = useFormat();
  const { signals, restated, flags, day } = board.since;
  return (
    <div className={styles.since}>
      <span>{t("since.day", { day: format.dayShort(day) })}</span>
      <span>
        <b>{format.count(signals)}</b> {t("since.signals", { count: signals })}
      </span>
      <span>
        <b>{format.count(restated)}</b> {t("since.restated", { count: restated })}
      </span>
      <Link to="/conversations" search={{ inbox: "open" }}>
        <b>{format.count(flags)}</b> {t("since.flags", { count: flags })}
      </Link>
      {board.quarantined > 0 ? (
        <Link to="/integrations">
          <b>{format.count(board.quarantined)}</b> {t("since.quarantined", { count: board.quarantined })}
        </Link>
      ) : null}
    </div>
  );
}

/** Weeks named one by one up to this many; more are counted. */
const NAMED_MAX = 4;

function Footer({ board }: { board: Board }): ReactNode {
  const { t } = useTranslation("board");
  const format = useFormat();
  const unsigned = board.unsigned_weeks;
  const named = new Intl.ListFormat(format.locale, { type: "conjunction" }).format(
    unsigned.map((week) => String(weekParts(week).week)),
  );
  return (
    <footer className={styles.footer}>
      <span>{t("footer.count", { count: board.rows.length })}</span>
      {unsigned.length > 0 ? (
        <span>
          ·{" "}
          {unsigned.length > NAMED_MAX
            ? t("footer.unsignedMany", { count: unsigned.length })
            : t("footer.unsigned", { count: unsigned.length, weeks: named })}
        </span>
      ) : null}
      <Link to="/definitions">{t("footer.definitions")}</Link>
    </footer>
  );
}

/** Everything was taken off: what belongs here, and where it is. */
function NoKpi(): ReactNode {
  const { t } = useTranslation("board");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <EmptyState
        title={t("none.title")}
        actions={
          <LinkButton look="primary" to="/definitions">
            {t("none.go")}
          </LinkButton>
        }
      >
        {t("none.words")}
      </EmptyState>
    </>
  );
}

function Nothing({ board }: { board: Board }): ReactNode {
  const { t } = useTranslation("board");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {board.integrations === 0 ? (
        <EmptyState
          title={t("empty.title")}
          actions={
            <>
              <LinkButton look="primary" to="/integrations/new">
                {t("empty.connect")}
              </LinkButton>
              <LinkButton to="/start">{t("empty.sample")}</LinkButton>
            </>
          }
        >
          {t("empty.words")}
        </EmptyState>
      ) : (
        <EmptyState
          title={t("unpulled.title")}
          actions={
            <LinkButton look="primary" to="/integrations">
              {t("unpulled.go")}
            </LinkButton>
          }
        >
          {t("unpulled.words")}
        </EmptyState>
      )}
    </>
  );
}

const WAITING_ROWS = ["a", "b", "c", "d"] as const;

function Waiting(): ReactNode {
  const { t } = useTranslation("board");
  return (
    <div aria-busy="true">
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className={styles.rows}>
        {WAITING_ROWS.map((row) => (
          <div key={row} className={styles.row}>
            <div>
              <Skeleton width="60%" height="1.2rem" />
              <p className={styles.question}>
                <Skeleton height="2.2rem" />
              </p>
              <p className={styles.value}>
                <Skeleton width="40%" height="1.9rem" />
              </p>
            </div>
            <div>
              <Skeleton width="75%" />
              <p className={styles.sentence}>
                <Skeleton height="8.5rem" />
              </p>
            </div>
            <Skeleton height="6rem" />
          </div>
        ))}
      </div>
    </div>
  );
}
