import { useParams } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../../api/bindings";
import { useRead } from "../../../api/query";
import { ErrorState, LinkButton, Page, Skeleton } from "../../../components";
import { useFormat, useLanguage } from "../../../i18n/format";
import { fillScreen } from "../../../platform/screen";
import { Begin } from "./Begin";
import { Ended } from "./Ended";
import { Run } from "./Run";

/** A meeting on the wall: it fills the screen while this page is open. */
export function RunPage(): ReactNode {
  const { t } = useTranslation("meeting");
  const { meeting } = useParams({ from: "/meeting/$meeting/run" });
  const language = useLanguage();
  const format = useFormat();
  const run = useRead(["meeting-run", language, meeting], () => commands.meetingRun(language, meeting));
  const [isFull, setFull] = useState(true);
  useEffect(() => {
    void fillScreen(isFull);
  }, [isFull]);
  useEffect(
    () => () => {
      void fillScreen(false);
    },
    [],
  );
  const { data, error } = run;
  const day = data?.agenda.meeting.day ?? null;
  useEffect(() => {
    document.title = day === null ? "Plaza" : `${t("run.title", { day: format.dayShort(day) })} · Plaza`;
  }, [day, format, t]);
  if (error && !data) {
    return (
      <Page narrow>
        <ErrorState
          error={error}
          retry={() => void run.refetch()}
          actions={
            <LinkButton to="/meeting" activeOptions={{ exact: true }}>
              {t("backToMeeting")}
            </LinkButton>
          }
        />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page>
        <Skeleton height="60vh" />
      </Page>
    );
  }
  if (data.ended !== null) return <Ended run={data} />;
  if (data.began === null) return <Begin run={data} />;
  return <Run key={meeting} run={data} readAt={run.dataUpdatedAt} isFull={isFull} setFull={setFull} />;
}
