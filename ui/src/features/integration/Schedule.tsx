import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type IntegrationCard, type SchedulePage } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { ErrorState, Notice, Skeleton } from "../../components/State";
import { useFormat, useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { FaultWords } from "../workspace/FaultWords";
import { Freshness } from "./Freshness";
import styles from "./Integration.module.css";
import { PullButton } from "./PullButton";
import { ScheduleDialog } from "./ScheduleDialog";

/** When an integration is pulled by itself, how old its numbers are, and its circuit. */
export function Schedule({ card }: { card: IntegrationCard }): ReactNode {
  const language = useLanguage();
  const page = useRead(["schedule", card.id, language], () => commands.scheduleRead(language, card.id), {
    keep: true,
  });
  if (page.data) return <Shown card={card} page={page.data} />;
  if (page.error) return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  return <Skeleton height="16rem" />;
}

function Shown({ card, page }: { card: IntegrationCard; page: SchedulePage }): ReactNode {
  const { t } = useTranslation("schedule");
  const [choosing, setChoosing] = useState(false);
  const waits = page.queued?.state === "person" ? page.queued : null;
  return (
    <>
      {waits ? (
        <div className={styles.draft}>
          <Notice tone="warn">
            <strong>{t("person.title")}</strong>
            {waits.words === null ? null : <FaultWords words={waits.words} />}
            <p>{t("person.todo")}</p>
          </Notice>
        </div>
      ) : null}
      <section className={styles.section}>
        <h2>{t("cadence.title")}</h2>
        {page.chosen === null ? <p>{t("cadence.none")}</p> : <Cadence page={page} />}
        {page.chosen === null || card.active ? null : <p className={styles.how}>{t("cadence.inactive")}</p>}
        <div className={styles.actions}>
          <Button look={page.chosen === null ? "primary" : "plain"} onPress={() => setChoosing(true)}>
            {page.chosen === null ? t("cadence.choose") : t("cadence.change")}
          </Button>
        </div>
      </section>
      <Age page={page} />
      <Circuit card={card} page={page} />
      {choosing ? (
        <ScheduleDialog
          id={card.id}
          name={card.name}
          chosen={page.chosen?.choice ?? null}
          close={() => setChoosing(false)}
        />
      ) : null}
    </>
  );
}

function Cadence({ page }: { page: SchedulePage }): ReactNode {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  const { chosen, queued } = page;
  if (chosen === null) return null;
  const next = (): string => {
    if (queued?.state === "running") return t("cadence.running");
    if (queued?.state === "person") return t("cadence.waitsPerson");
    if (page.next_words === null) return t("cadence.byHand");
    if (queued && queued.attempt > 1) {
      return t("cadence.attempt", { when: page.next_words, attempt: format.count(queued.attempt) });
    }
    return page.next_words;
  };
  return (
    <>
      <dl className={styles.pairs}>
        <dt>{t("cadence.when")}</dt>
        <dd>{page.words}</dd>
        <dt>{t("cadence.next")}</dt>
        <dd title={format.moment(page.next_at)}>{next()}</dd>
        <dt>{t("cadence.costs")}</dt>
        <dd>
          {t("cadence.delayOf", { cost: t(`cost.${chosen.choice.delay}`) })}
          {" · "}
          {t("cadence.errorOf", { cost: t(`cost.${chosen.choice.error}`) })}
        </dd>
        <dt>{t("cadence.chosen")}</dt>
        <dd>
          {chosen.by === null
            ? format.moment(chosen.at)
            : t("cadence.chosenBy", { name: chosen.by, when: format.moment(chosen.at) })}
        </dd>
      </dl>
      <p className={styles.how}>{t("cadence.zone", { zone: page.time_zone })}</p>
    </>
  );
}

function Age({ page }: { page: SchedulePage }): ReactNode {
  const { t } = useTranslation("schedule");
  return (
    <section className={styles.section}>
      <h2>{t("age.title")}</h2>
      <dl className={styles.pairs}>
        <dt>{t("age.now")}</dt>
        <dd className={styles.beside}>
          <Freshness age={page.age} />
          {page.age_words === null ? null : <span>{page.age_words}</span>}
        </dd>
        <dt>{t("age.warn")}</dt>
        <dd>{t("age.hours", { count: page.warn_hours })}</dd>
        <dt>{t("age.late")}</dt>
        <dd>{t("age.hours", { count: page.late_hours })}</dd>
      </dl>
    </section>
  );
}

const TONES: Record<string, string> = { closed: "fine", open: "failed", half_open: "has_quarantine" };

function Circuit({ card, page }: { card: IntegrationCard; page: SchedulePage }): ReactNode {
  const { t } = useTranslation("schedule");
  const format = useFormat();
  const { circuit } = page;
  const state = known(en.schedule.circuit, circuit.state);
  return (
    <section className={styles.section}>
      <h2>{t("circuit.title")}</h2>
      <p>
        <span className={styles.health} data-health={TONES[circuit.state] ?? "other"}>
          <Icon name={circuit.state === "closed" ? "check" : circuit.state === "open" ? "warn" : "clock"} />
          {t(`circuit.${state ?? "other"}`)}
        </span>
      </p>
      <p>{circuit.words}</p>
      <dl className={styles.pairs}>
        {circuit.since === null ? null : (
          <>
            <dt>{t("circuit.since")}</dt>
            <dd>{format.moment(circuit.since)}</dd>
          </>
        )}
        {circuit.until === null ? null : (
          <>
            <dt>{t("circuit.probe")}</dt>
            <dd>{format.moment(circuit.until)}</dd>
          </>
        )}
        {circuit.fault === null ? null : (
          <>
            <dt>{t("circuit.fault")}</dt>
            <dd>
              <FaultWords words={circuit.fault} />
              {circuit.failed_at === null ? null : (
                <p className={styles.how}>{format.moment(circuit.failed_at)}</p>
              )}
            </dd>
          </>
        )}
      </dl>
      {circuit.fault === null ? null : (
        <div className={styles.actions}>
          <PullButton card={card} words={[t("circuit.tryNow"), t("circuit.tryNowOf", { name: card.name })]} />
        </div>
      )}
      <p className={styles.how}>{t("circuit.explain")}</p>
    </section>
  );
}
