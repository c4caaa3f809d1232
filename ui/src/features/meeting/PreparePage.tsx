import { Link, useParams } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type AgendaView } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import {
  Button,
  EmptyState,
  ErrorState,
  Icon,
  LinkButton,
  Notice,
  Page,
  PageHeader,
  Skeleton,
} from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { AddItem } from "./AddItem";
import { Agenda } from "./Agenda";
import { useMeetingFiles } from "./files";
import styles from "./Meeting.module.css";
import { Budget } from "./Budget";
import { Dropped, Waiting } from "./Queue";
import { useRemark, useTimeWords } from "./words";

/** The agenda of one meeting, made ready. */
export function PreparePage(): ReactNode {
  const { t } = useTranslation("meeting");
  const { meeting } = useParams({ from: "/meeting/$meeting" });
  const language = useLanguage();
  const format = useFormat();
  const page = useRead(["agenda", language, meeting], () => commands.agendaRead(language, meeting));
  const { data, error } = page;
  return (
    <Page>
      <PageHeader
        above={
          <Link to="/meeting" activeOptions={{ exact: true }}>
            {t("backToMeeting")}
          </Link>
        }
        title={data ? t("prepare.title", { day: format.dayShort(data.meeting.day) }) : t("prepare.bare")}
        lead={data ? <Lead agenda={data} /> : null}
        actions={data ? <Actions agenda={data} /> : null}
      />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? <Skeleton height="20rem" /> : null}
      {data ? <Shown agenda={data} /> : null}
    </Page>
  );
}

function Lead({ agenda }: { agenda: AgendaView }): ReactNode {
  const { t } = useTranslation("meeting");
  const time = useTimeWords();
  const remark = useRemark();
  const { meeting } = agenda;
  return [
    time(meeting),
    meeting.facilitator === null ? t("next.nobody") : t("next.facilitates", { name: meeting.facilitator }),
    remark(meeting),
  ]
    .filter((words) => words !== null)
    .join(" · ");
}

/** Whether the agenda can still be changed. */
function isOpen(agenda: AgendaView): boolean {
  return agenda.meeting.state === "drafting" || agenda.meeting.state === "missed";
}

function Actions({ agenda }: { agenda: AgendaView }): ReactNode {
  const { t } = useTranslation("meeting");
  const files = useMeetingFiles();
  const freeze = useAct(commands.agendaFreeze);
  const { meeting, state } = agenda.meeting;
  const isOver = state === "held";
  return (
    <>
      <Button onPress={() => void files.calendar()}>
        <Icon name="export" size={14} /> {t("file.calendar")}
      </Button>
      <Button onPress={() => void files.page(meeting, t("prepare.bare"))}>
        <Icon name="export" size={14} /> {t("file.export")}
      </Button>
      {isOpen(agenda) ? (
        <Button isPending={freeze.pending} onPress={() => void freeze.run(meeting)}>
          {t("prepare.freeze")}
        </Button>
      ) : null}
      {isOver ? (
        <LinkButton look="primary" to="/meeting/$meeting/minutes" params={{ meeting }}>
          {t("next.minutes")}
        </LinkButton>
      ) : (
        <LinkButton look="primary" to="/meeting/$meeting/run" params={{ meeting }}>
          {t(state === "running" ? "next.goOn" : "next.run")}
        </LinkButton>
      )}
    </>
  );
}

function Frozen({ agenda }: { agenda: AgendaView }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const release = useAct(commands.agendaRelease);
  const { frozen, meeting } = agenda;
  if (frozen === null) return null;
  return (
    <Notice
      actions={
        meeting.state === "frozen" ? (
          <Button isPending={release.pending} onPress={() => void release.run(meeting.meeting)}>
            {t("prepare.release")}
          </Button>
        ) : null
      }
    >
      {t("prepare.frozen", { name: frozen.name ?? "–", moment: format.moment(frozen.at) })}{" "}
      {meeting.state === "frozen" ? t("prepare.frozenHint") : null}
    </Notice>
  );
}

function Shown({ agenda }: { agenda: AgendaView }): ReactNode {
  const { t } = useTranslation("meeting");
  const [isAdding, setAdding] = useState(false);
  const open = isOpen(agenda);
  return (
    <div className={styles.prepare}>
      <Frozen agenda={agenda} />
      <Budget planned={agenda.planned_minutes} total={agenda.meeting.minutes} />
      {agenda.items.length === 0 ? (
        <EmptyState title={t("prepare.none")}>{t("prepare.noneWords")}</EmptyState>
      ) : (
        <Agenda agenda={agenda} open={open} />
      )}
      {open ? (
        isAdding ? (
          <AddItem meeting={agenda.meeting.meeting} close={() => setAdding(false)} />
        ) : (
          <div>
            <Button onPress={() => setAdding(true)}>
              <Icon name="plus" size={14} /> {t("prepare.add")}
            </Button>
          </div>
        )
      ) : null}
      <Waiting agenda={agenda} open={open} />
      <Dropped agenda={agenda} open={open} />
    </div>
  );
}
