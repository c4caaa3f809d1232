import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { ProgressBar } from "react-aria-components";
import { useTranslation } from "react-i18next";

import type { JobView } from "../../api/bindings";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { CancelJob } from "./JobProgress";
import { isRunning, useJobs } from "./jobs";
import styles from "./JobStrip.module.css";
import { useJobWords } from "./words";

/** The strip's own memory: what ran while it was on screen is worth saying when it ends; older ends are not. */
function useShown(jobs: readonly JobView[]): [JobView[], (id: number) => void] {
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());
  const [away, setAway] = useState<ReadonlySet<number>>(new Set());
  const fresh = jobs.filter((job) => isRunning(job) && !seen.has(job.id));
  if (fresh.length > 0) setSeen(new Set([...seen, ...fresh.map((job) => job.id)]));
  // What a system answered stands in the wizard that asked; here it would only pile up.
  const stays = (job: JobView): boolean => job.kind !== "ask" && seen.has(job.id) && !away.has(job.id);
  const shown = jobs.filter((job) => isRunning(job) || stays(job));
  return [shown, (id) => setAway(new Set([...away, id]))];
}

/** Work under way, at the foot of the rail: it goes on whatever page is open. Nothing shows when nothing runs. */
export function JobStrip(): ReactNode {
  const { t } = useTranslation("job");
  const jobs = useJobs();
  const words = useJobWords();
  const [shown, putAway] = useShown(jobs);
  if (shown.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={t("region")}>
      {shown.map((job) => {
        const { title, step, end } = words(job);
        return isRunning(job) ? (
          <div key={job.id} className={styles.job}>
            <span className={styles.title}>{title}</span>
            <Bar job={job} label={title} />
            <span className={styles.foot}>
              <span className={styles.step}>{step}</span>
              <CancelJob job={job} title={title} look="quiet" />
              <ToSchedules job={job} />
            </span>
          </div>
        ) : (
          <div key={job.id} className={styles.job} data-state={job.state} role="status">
            <span className={styles.ended}>
              <Icon name={job.state === "done" ? "check" : job.state === "failed" ? "warn" : "close"} />
              <span className={styles.title}>{end}</span>
              <Button
                look="quiet"
                icon
                aria-label={t("dismissOf", { what: end })}
                onPress={() => putAway(job.id)}
              >
                <Icon name="close" size={12} />
              </Button>
            </span>
            {job.error ? <span className={styles.step}>{job.error}</span> : null}
            <ToSchedules job={job} />
            {job.question !== null && job.subject !== null ? (
              <Link to="/integrations/$id/edit" params={{ id: job.subject }}>
                {t("answer")}
              </Link>
            ) : null}
          </div>
        );
      })}
    </section>
  );
}

/** The way to what a search for schedules finds. */
function ToSchedules({ job }: { job: JobView }): ReactNode {
  const { t } = useTranslation("job");
  if (job.kind !== "plan" || job.subject === null) return null;
  return (
    <Link to="/rotations/$rotation" params={{ rotation: job.subject }}>
      {t("schedules")}
    </Link>
  );
}

function Bar({ job, label }: { job: JobView; label: string }): ReactNode {
  const known = job.total !== null && job.total > 0;
  return (
    <ProgressBar
      aria-label={label}
      value={known ? (job.done ?? 0) : 0}
      maxValue={known ? (job.total ?? 1) : 1}
      isIndeterminate={!known}
      className={styles.track ?? ""}
    >
      {({ percentage }) => (
        <span
          className={styles.fill}
          {...(known ? { style: { width: `${percentage ?? 0}%` } } : { "data-unknown": "" })}
        />
      )}
    </ProgressBar>
  );
}
