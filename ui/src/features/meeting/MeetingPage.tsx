import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import {
  commands,
  type MeetingForm,
  type MeetingLine,
  type MeetingPage as PageData,
} from "../../api/bindings";
import { useRead } from "../../api/query";
import {
  Button,
  EmptyState,
  ErrorState,
  Icon,
  LinkButton,
  Page,
  PageHeader,
  Skeleton,
} from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { openOutside } from "../../platform/open";
import { useWeekdays } from "../integration/cadence";
import { Coming } from "./Coming";
import { FacilitatorDialog } from "./FacilitatorDialog";
import styles from "./Meeting.module.css";
import { MeetingActs } from "./MeetingActs";
import { MeetingNav } from "./MeetingNav";
import { Past } from "./Past";
import { SetupDialog } from "./SetupDialog";
import { Turns } from "./Turns";
import { useRemark, useTimeWords } from "./words";

/** The weekly meeting: the next one, those to come, those before. */
export function MeetingPage(): ReactNode {
  const { t } = useTranslation("meeting");
  const language = useLanguage();
  const page = useRead(["meeting", language], () => commands.meetingPage(language), { keep: true });
  const [isSettingUp, setSettingUp] = useState(false);
  const { data, error } = page;
  return (
    <Page>
      <PageHeader
        above={<MeetingNav />}
        title={t("title")}
        lead={data?.set ? <Rhythm form={data.set} /> : t("lead")}
        actions={data?.set ? <Button onPress={() => setSettingUp(true)}>{t("setUp.change")}</Button> : null}
      />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? <Skeleton height="18rem" /> : null}
      {data ? <Shown page={data} setUp={() => setSettingUp(true)} /> : null}
      {isSettingUp ? <SetupDialog form={data?.set ?? null} close={() => setSettingUp(false)} /> : null}
    </Page>
  );
}

function Rhythm({ form }: { form: MeetingForm }): ReactNode {
  const { t } = useTranslation("meeting");
  const weekdays = useWeekdays();
  const day = weekdays[form.weekday]?.label ?? "";
  return t("rhythm", { day, time: form.time, count: form.minutes });
}

function Shown({ page, setUp }: { page: PageData; setUp: () => void }): ReactNode {
  const { t } = useTranslation("meeting");
  if (page.set === null) {
    return (
      <EmptyState
        title={t("empty.title")}
        actions={
          <Button look="primary" onPress={setUp}>
            {t("empty.action")}
          </Button>
        }
      >
        <p>{t("empty.words")}</p>
        <ol className={styles.steps}>
          <li>{t("empty.prepare")}</li>
          <li>{t("empty.run")}</li>
          <li>{t("empty.after")}</li>
        </ol>
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles.two}>
        {page.next ? (
          <Next meeting={page.next} form={page.set} turns={page.turns} />
        ) : (
          <p>{t("next.none")}</p>
        )}
        <Turns turns={page.turns} meeting={page.next} />
      </div>
      <Coming meetings={page.coming} turns={page.turns} />
      <Past meetings={page.past} />
    </>
  );
}

interface NextProps {
  meeting: MeetingLine;
  form: MeetingForm;
  turns: PageData["turns"];
}

function Next({ meeting, form, turns }: NextProps): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const time = useTimeWords();
  const remark = useRemark();
  const [isChoosing, setChoosing] = useState(false);
  const running = meeting.state === "running";
  const params = { meeting: meeting.meeting };
  const special = remark(meeting);
  return (
    <section className={styles.next} aria-labelledby="next-meeting">
      <p className={styles.kicker}>{t(running ? "next.now" : "next.title")}</p>
      <h2 id="next-meeting" className={styles.day}>
        {format.dayLong(meeting.day)}
      </h2>
      <p className={styles.where}>
        {time(meeting)}
        {form.place === "" ? null : <> · {form.place}</>}
        {form.link === "" ? null : (
          <Button look="quiet" onPress={() => void openOutside(form.link)}>
            {t("next.join")}
          </Button>
        )}
      </p>
      <p>
        {meeting.facilitator === null
          ? t("next.nobody")
          : t("next.facilitates", { name: meeting.facilitator })}{" "}
        <Button look="quiet" onPress={() => setChoosing(true)}>
          {t("facilitator.change")}
        </Button>
      </p>
      <p className={styles.state}>
        <Icon name={meeting.state === "frozen" ? "check" : "clock"} size={14} /> {t(`state.${meeting.state}`)}
        {special === null ? null : <> · {special}</>}
      </p>
      <div className={styles.actions}>
        <LinkButton look={running ? "plain" : "primary"} to="/meeting/$meeting" params={params}>
          {t("next.prepare")}
        </LinkButton>
        <LinkButton look={running ? "primary" : "plain"} to="/meeting/$meeting/run" params={params}>
          {t(running ? "next.goOn" : "next.run")}
        </LinkButton>
        {running || meeting.state === "held" ? (
          <LinkButton to="/meeting/$meeting/minutes" params={params}>
            {t("next.minutes")}
          </LinkButton>
        ) : null}
        <MeetingActs meeting={meeting} />
      </div>
      {isChoosing ? (
        <FacilitatorDialog meeting={meeting} turns={turns} close={() => setChoosing(false)} />
      ) : null}
    </section>
  );
}
