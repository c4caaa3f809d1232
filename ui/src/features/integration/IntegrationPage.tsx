import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type IntegrationPage as Whole } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, LinkButton } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { Page, PageHeader } from "../../components/Page";
import { ErrorState, Skeleton } from "../../components/State";
import { Tabs } from "../../components/Tabs";
import { useFormat, useLanguage } from "../../i18n/format";
import { Checkpoint } from "../checkpoint/Checkpoint";
import { Drills } from "../drill/Drills";
import { Quarantine } from "../quarantine/Quarantine";
import { Fault } from "../workspace/FaultWords";
import { Activity } from "./Activity";
import { Audit } from "./Audit";
import { Charter } from "./Charter";
import { Cut } from "./Cut";
import { Connection } from "./Connection";
import { Fields } from "./Fields";
import { Health } from "./Health";
import styles from "./Integration.module.css";
import { PullButton } from "./PullButton";
import { Runs } from "./Runs";
import { Schedule } from "./Schedule";
import { Tended } from "./Tended";
import { Toml } from "./Toml";

const TABS = [
  "charter",
  "fields",
  "connection",
  "schedule",
  "runs",
  "quarantine",
  "checkpoint",
  "drills",
  "audit",
  "toml",
] as const;
type Tab = (typeof TABS)[number];

/** One integration: what is read from where, what was pulled, what waits. */
export function IntegrationPage(): ReactNode {
  const { t } = useTranslation("integration");
  const language = useLanguage();
  const { id } = useParams({ from: "/integrations/$id" });
  const page = useRead(["integration", id, language], () => commands.integrationRead(language, id), {
    keep: true,
  });
  if (page.error && !page.data) {
    return (
      <Page narrow>
        <PageHeader title={t("title")} />
        {page.error.code === "not_found" ? <p>{t("page.missing")}</p> : null}
        <ErrorState
          error={page.error}
          retry={() => void page.refetch()}
          actions={<LinkButton to="/integrations">{t("page.back")}</LinkButton>}
        />
      </Page>
    );
  }
  if (!page.data) {
    return (
      <Page>
        <Skeleton width="18rem" height="2rem" />
        <div style={{ height: "2rem" }} />
        <Skeleton height="20rem" />
      </Page>
    );
  }
  return <Shown page={page.data} />;
}

function Shown({ page }: { page: Whole }): ReactNode {
  const { t } = useTranslation("integration");
  const format = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ from: "/integrations/$id" });
  const [retiring, setRetiring] = useState(false);
  const { card } = page;
  const { connection } = page;
  const asked = TABS.find((one) => one === search.tab) ?? "fields";
  const tab: Tab = asked === "connection" && connection === null ? "fields" : asked;
  return (
    <Page>
      <PageHeader
        title={card.name}
        above={<Link to="/integrations">{t("page.back")}</Link>}
        lead={
          <span className={styles.facts}>
            <Health health={card.health} />
            <Cut card={card} />
            <Tended tended={card.tended} />
            <span>{t("page.from", { system: card.system })}</span>
            <Activity card={card} />
            {card.owner === null ? null : (
              <span>{t(card.is_owned ? "page.owned" : "page.owner", { name: card.owner })}</span>
            )}
            <span>{t("page.journeys", { count: card.journeys })}</span>
            {card.watched ? <span>{t(card.active ? "watched" : "watchedLater")}</span> : null}
            {card.last_run ? (
              <span>{format.ago(card.last_run.finished ?? card.last_run.started)}</span>
            ) : null}
          </span>
        }
        actions={
          <>
            <Button look="quiet" onPress={() => setRetiring(true)}>
              {t("page.retire")}
            </Button>
            <LinkButton to="/integrations/$id/edit" params={{ id: card.id }}>
              {t("page.change")}
            </LinkButton>
            <PullButton
              card={card}
              look={["quarantine", "schedule", "drills"].includes(tab) ? "plain" : "primary"}
            />
          </>
        }
      />
      <Tabs
        label={t("page.tabs")}
        value={tab}
        onChange={(next) =>
          void navigate({
            to: "/integrations/$id",
            params: { id: card.id },
            search: { tab: next },
            replace: true,
          })
        }
        tabs={[
          {
            value: "charter",
            label: t("page.tab.charter"),
            content: () => <Charter id={card.id} name={card.name} retire={() => setRetiring(true)} />,
          },
          {
            value: "fields",
            label: t("page.tab.fields"),
            content: () => <Fields integration={page.integration} />,
          },
          ...(connection === null
            ? []
            : [
                {
                  value: "connection" as const,
                  label: t("page.tab.connection"),
                  content: () => <Connection id={card.id} connection={connection} />,
                },
              ]),
          {
            value: "schedule",
            label: t("page.tab.schedule"),
            content: () => <Schedule card={card} />,
          },
          { value: "runs", label: t("page.tab.runs"), content: () => <Runs runs={page.runs} /> },
          {
            value: "quarantine",
            label: t("page.tab.quarantine"),
            ...(card.quarantined > 0 ? { count: format.count(card.quarantined) } : {}),
            content: () => <Quarantine integration={card.id} />,
          },
          {
            value: "checkpoint",
            label: t("page.tab.checkpoint"),
            content: () => <Checkpoint integration={card.id} />,
          },
          { value: "drills", label: t("page.tab.drills"), content: () => <Drills card={card} /> },
          { value: "audit", label: t("page.tab.audit"), content: () => <Audit id={card.id} /> },
          { value: "toml", label: t("page.tab.toml"), content: () => <Toml card={card} text={page.toml} /> },
        ]}
      />
      <Retire id={card.id} name={card.name} open={retiring} close={() => setRetiring(false)} />
    </Page>
  );
}

function Retire(props: { id: string; name: string; open: boolean; close: () => void }): ReactNode {
  const { t } = useTranslation("integration");
  const navigate = useNavigate();
  const retire = useAct(commands.integrationRetire, { inline: true });
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const act = async (): Promise<void> => {
    if (reason.trim() === "") {
      setAsked(true);
      return;
    }
    if ((await retire.run(props.id, reason.trim())) !== undefined) await navigate({ to: "/integrations" });
  };
  return (
    <Dialog
      title={t("retire.title", { name: props.name })}
      open={props.open}
      onClose={props.close}
      foot={
        <>
          <Button onPress={props.close}>{t("retire.cancel")}</Button>
          <Button look="primary" isPending={retire.pending} onPress={() => void act()}>
            {t("retire.action")}
          </Button>
        </>
      }
    >
      <p>{t("retire.text")}</p>
      {retire.error ? <Fault error={retire.error} /> : null}
      <TextField
        autoFocus
        label={t("retire.reason")}
        rows={3}
        value={reason}
        onChange={setReason}
        error={asked && reason.trim() === "" ? t("retire.reasonFault") : undefined}
      />
    </Dialog>
  );
}
