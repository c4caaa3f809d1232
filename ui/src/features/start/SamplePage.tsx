import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type JobView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { Progress } from "../../components/State";
import { useLanguage } from "../../i18n/format";
import { JobProgress } from "../job/JobProgress";
import { noteNew, useJob, useJobEnd } from "../job/jobs";
import { Fault } from "../workspace/FaultWords";
import styles from "./Start.module.css";

/** The sample company is written as files and pulled, and says so while it happens. */
export function SamplePage({ back, done }: { back: () => void; done: () => void }): ReactNode {
  const { t } = useTranslation("start");
  const language = useLanguage();
  const client = useQueryClient();
  const { run, error, reset } = useAct(commands.workspaceSample, { inline: true });
  const [id, setId] = useState<number | null>(null);
  const job = useJob(id);
  const begun = useRef(false);

  const begin = useCallback(async () => {
    reset();
    const started = await run(null, language);
    if (!started) return;
    noteNew(client, started);
    setId(started.id);
  }, [client, language, reset, run]);

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void begin();
  }, [begin]);

  useJobEnd(
    job,
    useCallback(
      (ended: JobView) => {
        if (ended.state === "done") void client.invalidateQueries().then(done);
        if (ended.state === "cancelled") back();
      },
      [back, client, done],
    ),
  );

  return (
    <>
      <h1 className={styles.title}>{t("sample.title")}</h1>
      <p className={styles.lead}>{t("sample.lead")}</p>
      <div className={styles.work}>
        {error ? <Fault error={error} retry={() => void begin()} /> : null}
        {job ? <JobProgress job={job} retry={() => void begin()} /> : null}
        {!job && !error ? <Progress label={t("sample.title")} done={0} /> : null}
      </div>
      {job?.state === "running" ? <p className={styles.quiet}>{t("sample.stays")}</p> : null}
      {error || job?.state === "failed" ? <Button onPress={back}>{t("sample.back")}</Button> : null}
    </>
  );
}
