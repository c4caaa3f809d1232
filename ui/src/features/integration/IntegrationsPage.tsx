import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type IntegrationCard } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, LinkButton } from "../../components/Button";
import { Page, PageHeader } from "../../components/Page";
import { EmptyState, ErrorState, Notice, Skeleton } from "../../components/State";
import table from "../../components/table.module.css";
import { toast } from "../../components/toast";
import { useFormat } from "../../i18n/format";
import { AttentionList } from "../attention/AttentionList";
import { Activity } from "./Activity";
import { Cut } from "./Cut";
import { Health } from "./Health";
import styles from "./Integration.module.css";
import { PullButton } from "./PullButton";
import { Tended } from "./Tended";
import { dropDraft, keepDraft, keptDraft } from "./wizard/keep";
import { isBegun, nameFrom } from "./wizard/draft";

/** All flows from all systems, each with its health in words. */
export function IntegrationsPage(): ReactNode {
  const { t } = useTranslation("integration");
  const list = useRead(["integration", "list"], commands.integrationList);
  const none = list.data?.integrations.length === 0;
  return (
    <Page>
      <PageHeader
        title={t("title")}
        lead={none ? undefined : t("lead")}
        actions={
          none ? null : (
            <LinkButton to="/integrations/new" look="primary">
              {t("connect")}
            </LinkButton>
          )
        }
      />
      <WaitingDraft />
      {none ? null : <AttentionList />}
      {list.error ? <ErrorState error={list.error} retry={() => void list.refetch()} /> : null}
      {!list.data && !list.error ? <Skeleton height="12rem" /> : null}
      {none ? <Teach /> : null}
      {list.data && !none ? <Cards cards={list.data.integrations} /> : null}
    </Page>
  );
}

/** What was begun in the wizard and not finished. */
function WaitingDraft(): ReactNode {
  const { t } = useTranslation("integration");
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const folder = workspace.data?.folder;
  const [dropped, setDropped] = useState(0);
  if (folder === undefined) return null;
  const draft = keptDraft(folder);
  if (draft === null || !isBegun(draft)) return null;
  const name = draft.integration.name || nameFrom(draft) || t("draft.unnamed");
  return (
    <div className={styles.draft} data-dropped={dropped}>
      <Notice
        actions={
          <span className={styles.actions}>
            <LinkButton to="/integrations/new" search={{ resume: true }}>
              {t("draft.continue")}
            </LinkButton>
            <Button
              look="quiet"
              onPress={() => {
                dropDraft(folder);
                setDropped((times) => times + 1);
                toast(t("draft.discarded"), {
                  undo: () => {
                    keepDraft(folder, draft);
                    setDropped((times) => times + 1);
                  },
                });
              }}
            >
              {t("draft.discard")}
            </Button>
          </span>
        }
      >
        {t("draft.title", { name })}
      </Notice>
    </div>
  );
}

function Cards({ cards }: { cards: readonly IntegrationCard[] }): ReactNode {
  const { t } = useTranslation("integration");
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("column.name")}</th>
            <th scope="col">{t("column.activity")}</th>
            <th scope="col">{t("column.health")}</th>
            <th scope="col">{t("column.lastRun")}</th>
            <th scope="col" className={table.end}>
              {t("column.journeys")}
            </th>
            <th scope="col" className={table.end}>
              {t("column.quarantine")}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {cards.map((card) => (
            <Card key={card.id} card={card} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Card({ card }: { card: IntegrationCard }): ReactNode {
  const { t } = useTranslation("integration");
  const { t: schedule } = useTranslation("schedule");
  const format = useFormat();
  const ended = card.last_run?.finished ?? card.last_run?.started ?? null;
  return (
    <tr>
      <th scope="row">
        <Link to="/integrations/$id" params={{ id: card.id }} className={styles.name ?? ""}>
          {card.name}
        </Link>
        <div className={table.quiet}>
          {[
            card.system,
            ...(card.tended.by_itself ? [schedule("list.byItself")] : []),
            ...(card.level === null ? [] : [t("activity.level", { level: card.level })]),
            ...(card.watched ? [t(card.active ? "watched" : "watchedLater")] : []),
          ].join(" · ")}
        </div>
      </th>
      <td>
        <Activity card={card} />
      </td>
      <td>
        <Health health={card.health} />
        {card.health === "failed" && card.last_run?.error ? (
          <div className={styles.reason}>{card.last_run.error}</div>
        ) : null}
        <Cut card={card} />
        <Tended tended={card.tended} />
      </td>
      <td>
        {ended === null ? (
          <span className={table.none}>{t("never")}</span>
        ) : (
          <time dateTime={ended} title={format.moment(ended)}>
            {format.ago(ended)}
          </time>
        )}
      </td>
      <td className={table.end}>{format.count(card.journeys)}</td>
      <td className={table.end}>
        {card.quarantined === 0 ? (
          <span className={table.none}>{t("none")}</span>
        ) : (
          <Link to="/integrations/$id" params={{ id: card.id }} search={{ tab: "quarantine" }}>
            {t("waiting", { count: card.quarantined })}
          </Link>
        )}
      </td>
      <td className={table.act}>
        <PullButton card={card} />
      </td>
    </tr>
  );
}

function Teach(): ReactNode {
  const { t } = useTranslation("integration");
  return (
    <EmptyState
      title={t("empty.title")}
      actions={
        <>
          <LinkButton to="/integrations/new" look="primary">
            {t("connect")}
          </LinkButton>
          <LinkButton to="/integrations/new" look="quiet">
            {t("empty.toml")}
          </LinkButton>
        </>
      }
    >
      <p>{t("empty.text")}</p>
      <ol className={styles.teach}>
        <li>{t("empty.one")}</li>
        <li>{t("empty.two")}</li>
        <li>{t("empty.three")}</li>
      </ol>
      <p>{t("empty.sample")}</p>
    </EmptyState>
  );
}
