import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MinutesView } from "../../../api/bindings";
import { useAct, useRead } from "../../../api/query";
import {
  Button,
  EmptyState,
  ErrorState,
  Icon,
  LinkButton,
  Page,
  PageHeader,
  Skeleton,
  toast,
} from "../../../components";
import { useFormat, useLanguage } from "../../../i18n/format";
import { useMeetingFiles } from "../files";
import { useTimeWords } from "../words";
import { MinutesItem } from "./MinutesItem";
import styles from "./Minutes.module.css";
import { OwnWords } from "./OwnWords";
import { Parked, Present, Ratings } from "./Room";

/** The minutes of one meeting, set as a page to read. */
export function MinutesPage(): ReactNode {
  const { t } = useTranslation("meeting");
  const { meeting } = useParams({ from: "/meeting/$meeting/minutes" });
  const language = useLanguage();
  const format = useFormat();
  const page = useRead(["minutes", language, meeting], () => commands.minutesRead(language, meeting));
  const { data, error } = page;
  const line = data?.run.agenda.meeting;
  return (
    <Page narrow>
      <PageHeader
        above={
          <Link to="/meeting" activeOptions={{ exact: true }}>
            {t("backToMeeting")}
          </Link>
        }
        title={line ? t("minutesPage.title", { day: format.dayShort(line.day) }) : t("minutesPage.bare")}
        lead={data ? <Lead minutes={data} /> : null}
        actions={data && data.run.began !== null ? <Actions minutes={data} /> : null}
      />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? <Skeleton height="24rem" /> : null}
      {data ? <Shown minutes={data} /> : null}
    </Page>
  );
}

function Lead({ minutes }: { minutes: MinutesView }): ReactNode {
  const { t } = useTranslation("meeting");
  const time = useTimeWords();
  const { meeting } = minutes.run.agenda;
  const who =
    meeting.facilitator === null ? null : t("minutesPage.facilitated", { name: meeting.facilitator });
  return [time(meeting), who].filter((words) => words !== null).join(" · ");
}

function Actions({ minutes }: { minutes: MinutesView }): ReactNode {
  const { t } = useTranslation("meeting");
  const language = useLanguage();
  const files = useMeetingFiles();
  const send = useAct(commands.minutesSend);
  const { meeting } = minutes.run.agenda.meeting;
  const [last] = minutes.sent;
  const act = async (): Promise<void> => {
    const version = await send.run(language, meeting);
    if (version !== undefined) toast(t("minutesPage.sentToast", { version }));
  };
  return (
    <>
      <Button onPress={() => void files.page(meeting, t("minutesPage.bare"))}>
        <Icon name="export" size={14} /> {t("file.export")}
      </Button>
      <Button
        look="primary"
        isPending={send.pending}
        isDisabled={minutes.run.ended === null || (last !== undefined && !minutes.is_changed)}
        onPress={() => void act()}
      >
        {t(last === undefined ? "minutesPage.send" : "minutesPage.sendAgain")}
      </Button>
    </>
  );
}

function Standing({ minutes }: { minutes: MinutesView }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const { sent, run } = minutes;
  const [last] = sent;
  if (run.ended === null) return <p className={styles.quiet}>{t("minutesPage.underWay")}</p>;
  if (last === undefined) return <p className={styles.quiet}>{t("minutesPage.unsent")}</p>;
  return (
    <p className={styles.quiet}>
      {t(minutes.is_changed ? "minutesPage.changed" : "minutesPage.asSent", { version: last.version })}{" "}
      {sent
        .map((one) =>
          t("minutesPage.version", {
            version: one.version,
            name: one.said.name ?? "–",
            moment: format.moment(one.said.at),
          }),
        )
        .join(" · ")}
    </p>
  );
}

function Shown({ minutes }: { minutes: MinutesView }): ReactNode {
  const { t } = useTranslation("meeting");
  const { run } = minutes;
  const { meeting } = run.agenda.meeting;
  if (run.began === null) {
    return (
      <EmptyState
        title={t("minutesPage.none")}
        actions={
          <LinkButton to="/meeting/$meeting" params={{ meeting }}>
            {t("next.prepare")}
          </LinkButton>
        }
      >
        {t("minutesPage.noneWords")}
      </EmptyState>
    );
  }
  // What was captured while no item was on the screen belongs to the meeting as a whole.
  const known = new Set(run.agenda.items.map((item) => item.item));
  return (
    <article className={styles.minutes}>
      <Standing minutes={minutes} />
      <OwnWords
        meeting={meeting}
        item={null}
        text={minutes.opening}
        label={t("minutesPage.opening")}
        empty={t("minutesPage.openingNone")}
        lead
      />
      <Present run={run} />
      {run.agenda.items.map((item) => (
        <MinutesItem key={item.item} minutes={minutes} item={item} />
      ))}
      <MinutesItem minutes={minutes} item={null} known={known} />
      <Parked run={run} />
      <Ratings run={run} />
    </article>
  );
}
