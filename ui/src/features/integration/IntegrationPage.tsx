import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type IntegrationPage as Whole } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, LinkButton } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { type GroupedTab, GroupedTabs } from "../../components/GroupedTabs";
import { Page, PageHeader } from "../../components/Page";
import { ErrorState, Skeleton } from "../../components/State";
import { useFormat, useLanguage } from "../../i18n/format";
import type { en } from "../../i18n/resources";
import { Checkpoint } from "../checkpoint/Checkpoint";
import { Drills } from "../drill/Drills";
import { Hand } from "../hand/Hand";
import { Quarantine } from "../quarantine/Quarantine";
import { Truth } from "../truth/Truth";
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
import { Trail } from "./Trail";

const GROUPS = ["why", "flow", "came"] as const;
type Group = (typeof GROUPS)[number];

type Part = GroupedTab<Group, keyof typeof en.integration.page.tab>;

/** The parts of the page. Adding one is a line here, and its name in the catalogues (`integration:page.tab`). */
function useParts(page: Whole, retire: () => void): Part[] {
  const { t } = useTranslation("integration");
  const format = useFormat();
  const { card, connection } = page;
  const part = (group: Group, value: Part["value"], content: Part["content"], waiting = 0): Part => ({
    group,
    value,
    label: t(`page.tab.${value}`),
    content,
    ...(waiting > 0 ? { count: format.count(waiting) } : {}),
  });
  const parts = [
    part("why", "charter", () => <Charter id={card.id} name={card.name} retire={retire} />),
    part("why", "truth", () => <Truth integration={card.id} />),
    part("why", "audit", () => <Audit id={card.id} />),
    part("flow", "fields", () => <Fields integration={page.integration} />),
    part("flow", "schedule", () => <Schedule card={card} />),
    part("flow", "checkpoint", () => <Checkpoint integration={card.id} />),
    part("flow", "drills", () => <Drills card={card} />),
    part("flow", "toml", () => <Toml card={card} text={page.toml} />),
    part("came", "runs", () => <Runs runs={page.runs} />),
    part("came", "trail", () => <Trail card={card} />),
    part("came", "quarantine", () => <Quarantine integration={card.id} />, card.quarantined),
    part("came", "hand", () => <Hand integration={card.id} name={card.name} />),
  ];
  if (connection === null) return parts;
  const asks = part("flow", "connection", () => <Connection id={card.id} connection={connection} />);
  return parts.toSpliced(3, 0, asks);
}

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
  const parts = useParts(page, () => setRetiring(true));
  const tab = parts.find((one) => one.value === search.tab)?.value ?? "fields";
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
      <GroupedTabs
        label={t("page.tabs")}
        groups={GROUPS.map((value) => ({ value, label: t(`page.group.${value}`) }))}
        tabs={parts}
        value={tab}
        onChange={(next) =>
          void navigate({
            to: "/integrations/$id",
            params: { id: card.id },
            search: { tab: next },
            replace: true,
          })
        }
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
