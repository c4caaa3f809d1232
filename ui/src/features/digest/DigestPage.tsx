import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Digest, type DigestLine } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, EmptyState, ErrorState, Icon, Page, PageHeader, Skeleton } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { useMeetingFiles } from "../meeting/files";
import { MeetingNav } from "../meeting/MeetingNav";
import styles from "./Digest.module.css";

/** The week on one page: what changed, and what waits for whom. */
export function DigestPage(): ReactNode {
  const { t } = useTranslation("digest");
  const language = useLanguage();
  const format = useFormat();
  const files = useMeetingFiles();
  const page = useRead(["digest", language], () => commands.digestRead(language));
  const { data, error } = page;
  return (
    <Page narrow>
      <PageHeader
        above={<MeetingNav />}
        title={t("title")}
        lead={
          data ? t("lead", { since: format.day(data.since), today: format.day(data.today) }) : t("leadBare")
        }
        actions={
          data ? (
            <Button onPress={() => void files.digest(t("file"))}>
              <Icon name="export" size={14} /> {t("export")}
            </Button>
          ) : null
        }
      />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? <Skeleton height="20rem" /> : null}
      {data ? <Shown digest={data} /> : null}
    </Page>
  );
}

function Shown({ digest }: { digest: Digest }): ReactNode {
  const { t } = useTranslation("digest");
  const { kpis, changed, waiting } = digest;
  if (kpis.length + changed.length + waiting.length === 0) {
    return <EmptyState title={t("empty.title")}>{t("empty.words")}</EmptyState>;
  }
  return (
    <div className={styles.digest}>
      <section aria-labelledby="digest-kpis">
        <h2 id="digest-kpis">{t("kpis")}</h2>
        <ul className={styles.kpis}>
          {kpis.map((kpi) => (
            <li key={kpi.kpi}>
              <span className={styles.name}>
                <Link to="/kpi/$kpi" params={{ kpi: kpi.kpi }}>
                  {kpi.name}
                </Link>
              </span>
              <span className={styles.value}>
                <strong>{kpi.value}</strong>
                {kpi.target === null ? null : (
                  <span className={styles.quiet}> {t("target", { value: kpi.target })}</span>
                )}
              </span>
              <span className={styles.sentence}>{kpi.sentence}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="digest-changed">
        <h2 id="digest-changed">{t("changed")}</h2>
        {changed.length === 0 ? (
          <p className={styles.quiet}>{t("changedNone")}</p>
        ) : (
          <Lines lines={changed} />
        )}
      </section>
      <section aria-labelledby="digest-waiting">
        <h2 id="digest-waiting">{t("waiting")}</h2>
        {waiting.length === 0 ? <p className={styles.quiet}>{t("waitingNone")}</p> : null}
        {waiting.map((person) => (
          <div key={person.name ?? ""} className={styles.person}>
            <h3>{person.name ?? t("nobody")}</h3>
            <Lines lines={person.lines} />
          </div>
        ))}
      </section>
    </div>
  );
}

function Lines({ lines }: { lines: readonly DigestLine[] }): ReactNode {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={`${line.address} ${line.text}`}>
          <Link to={line.address}>{line.text}</Link>
        </li>
      ))}
    </ul>
  );
}
