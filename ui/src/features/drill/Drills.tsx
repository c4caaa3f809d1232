import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type DrillPage, type DrillView, type IntegrationCard } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, EmptyState, ErrorState, Icon, Notice, Skeleton } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { JobProgress } from "../job/JobProgress";
import { isRunning, useJobs, useNewJob } from "../job/jobs";
import styles from "./Drills.module.css";
import { Notes } from "./Notes";
import { Outage } from "./Outage";

/** The drills of an integration: what is owed, what is under way, what came of those that were held. */
export function Drills({ card }: { card: IntegrationCard }): ReactNode {
  const language = useLanguage();
  const page = useRead(["drill", card.id, language], () => commands.drillRead(language, card.id));
  if (page.error && !page.data) {
    return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  }
  if (!page.data) return <Skeleton height="14rem" />;
  return <Shown card={card} page={page.data} />;
}

function Shown({ card, page }: { card: IntegrationCard; page: DrillPage }): ReactNode {
  const { t } = useTranslation("drill");
  const format = useFormat();
  const owed = page.owed_from === null ? t("neverOwed") : t("owedFrom", { day: format.day(page.owed_from) });
  return (
    <section className={styles.drills}>
      {page.debt === null ? <p className={styles.quiet}>{owed}</p> : <Notice tone="warn">{page.debt}</Notice>}
      <div className={styles.two}>
        <Outage card={card} page={page} />
        <Rush card={card} page={page} />
      </div>
      <Held held={page.held} />
    </section>
  );
}

function Rush({ card, page }: { card: IntegrationCard; page: DrillPage }): ReactNode {
  const { t } = useTranslation("drill");
  const begin = useAct(commands.drillRush);
  const noteJob = useNewJob();
  const jobs = useJobs();
  const own = jobs.filter((job) => job.kind === "rush" && job.subject === card.id);
  const job = own.find(isRunning) ?? own.at(-1);
  const [times, days] = page.rush;
  const hold = async (): Promise<void> => {
    const begun = await begin.run(card.id);
    if (begun) noteJob(begun);
  };
  return (
    <section className={styles.part} aria-label={t("rush.title")}>
      <h2>{t("rush.title")}</h2>
      <p>{t("rush.lead", { times, days })}</p>
      {job && job.state !== "done" ? <JobProgress job={job} /> : null}
      {job && isRunning(job) ? null : (
        <div className={styles.actions}>
          <Button isPending={begin.pending} onPress={() => void hold()}>
            {t("rush.begin")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Held({ held }: { held: DrillView[] }): ReactNode {
  const { t } = useTranslation("drill");
  if (held.length === 0) return <EmptyState title={t("held.none")}>{t("held.noneWords")}</EmptyState>;
  return (
    <section aria-label={t("held.title")}>
      <h2>{t("held.title")}</h2>
      <ol className={styles.held}>
        {held.map((drill) => (
          <One key={drill.id} drill={drill} />
        ))}
      </ol>
    </section>
  );
}

function One({ drill }: { drill: DrillView }): ReactNode {
  const { t } = useTranslation("drill");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <span className={styles.when}>{format.moment(drill.began)}</span>
      <div>
        <strong>{t(drill.kind === "rush" ? "held.rush" : "held.outage")}</strong>
        {drill.is_sound === null ? null : (
          <span className={styles.sound}>
            <Icon name={drill.is_sound ? "check" : "close"} />
            {t(drill.is_sound ? "held.sound" : "held.unsound")}
          </span>
        )}
        <ul className={styles.sentences}>
          {drill.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {drill.learned === "" ? null : <li>{t("held.learned", { words: drill.learned })}</li>}
          {drill.took_part.length === 0 ? null : (
            <li className={styles.quiet}>{t("held.people", { names: drill.took_part.join(", ") })}</li>
          )}
        </ul>
        {drill.notes.length === 0 ? null : (
          <>
            <Button look="quiet" onPress={() => setOpen((before) => !before)} aria-expanded={open}>
              {t("outage.notes")}
            </Button>
            {open ? <Notes notes={drill.notes} /> : null}
          </>
        )}
      </div>
    </li>
  );
}
