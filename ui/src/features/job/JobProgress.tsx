import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type JobView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { Notice, Progress } from "../../components/State";
import { FaultWords } from "../workspace/FaultWords";
import { isRunning } from "./jobs";
import styles from "./JobProgress.module.css";
import { useJobWords } from "./words";

/** One job in a page: what is being done, how far, and a cancel that works. */
export function JobProgress({ job, retry }: { job: JobView; retry?: () => void }): ReactNode {
  const { t } = useTranslation("job");
  const words = useJobWords()(job);
  if (isRunning(job)) {
    return (
      <div className={styles.job}>
        <div className={styles.bar} aria-live="polite">
          <Progress label={words.step} done={job.done ?? 0} total={job.total} />
        </div>
        <CancelJob job={job} title={words.title} />
      </div>
    );
  }
  if (job.state === "done") return null;
  return (
    <Notice
      tone={job.state === "failed" ? "bad" : "plain"}
      actions={retry ? <Button onPress={retry}>{t("again")}</Button> : null}
    >
      <strong>{words.end}</strong>
      {job.error ? <FaultWords words={job.error} /> : null}
    </Notice>
  );
}

/** The cancel of a job; it says that it was heard until the job has stopped. */
export function CancelJob({
  job,
  title,
  look = "plain",
}: {
  job: JobView;
  title: string;
  look?: "plain" | "quiet";
}): ReactNode {
  const { t } = useTranslation("job");
  const cancel = useAct(commands.jobCancel);
  const [heard, setHeard] = useState(false);
  return (
    <Button
      look={look}
      aria-label={t("cancelOf", { what: title })}
      isDisabled={heard}
      onPress={() => {
        setHeard(true);
        void cancel.run(job.id).then((done) => {
          if (done === undefined) setHeard(false);
        });
      }}
    >
      {heard ? t("cancelling") : t("cancel")}
    </Button>
  );
}
