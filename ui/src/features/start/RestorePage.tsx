import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type JobView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { pickFiles, pickFolder } from "../../platform/dialog";
import { JobProgress } from "../job/JobProgress";
import { noteNew, useJob, useJobEnd } from "../job/jobs";
import { Fault } from "../workspace/FaultWords";
import styles from "./Start.module.css";

/** A backup is unpacked into a new folder and checked; then it can be opened. */
export function RestorePage({ back, enter }: { back: () => void; enter: () => void }): ReactNode {
  const { t } = useTranslation("start");
  const client = useQueryClient();
  const restore = useAct(commands.backupRestore, { inline: true });
  const [file, setFile] = useState<string | null>(null);
  const [folder, setFolder] = useState<string | null>(null);
  const [id, setId] = useState<number | null>(null);
  const job = useJob(id);
  const running = job?.state === "running";

  const chooseFile = async (): Promise<void> => {
    const [picked] = await pickFiles(t("restore.chooseFileTitle"), undefined, false);
    if (picked !== undefined) setFile(picked);
  };
  const chooseFolder = async (): Promise<void> => {
    const picked = await pickFolder(t("restore.chooseFolderTitle"));
    if (picked !== null) setFolder(picked);
  };
  const begin = async (): Promise<void> => {
    if (file === null || folder === null) return;
    const started = await restore.run(file, folder);
    if (!started) return;
    noteNew(client, started);
    setId(started.id);
  };
  useJobEnd(
    job,
    useCallback(
      (ended: JobView) => {
        // The restored workspace is open now.
        if (ended.state === "done") enter();
      },
      [enter],
    ),
  );

  return (
    <>
      <h1 className={styles.title}>{t("restore.title")}</h1>
      <p className={styles.lead}>{t("restore.lead")}</p>
      <dl className={styles.picks}>
        <dt>{t("restore.file")}</dt>
        <dd>
          <span className={file === null ? styles.quiet : styles.path}>{file ?? t("restore.none")}</span>
          <Button isDisabled={running} onPress={() => void chooseFile()}>
            {t("restore.chooseFile")}
          </Button>
        </dd>
        <dt>{t("restore.folder")}</dt>
        <dd>
          <span className={folder === null ? styles.quiet : styles.path}>{folder ?? t("restore.none")}</span>
          <Button isDisabled={running} onPress={() => void chooseFolder()}>
            {t("restore.chooseFolder")}
          </Button>
        </dd>
      </dl>
      <div className={styles.work}>
        {restore.error ? <Fault error={restore.error} /> : null}
        {job ? <JobProgress job={job} /> : null}
      </div>
      <div className={styles.foot}>
        <Button look="quiet" onPress={back}>
          {t("own.back")}
        </Button>
        <Button
          look="primary"
          isDisabled={file === null || folder === null || running || job?.state === "done"}
          isPending={restore.pending}
          onPress={() => void begin()}
        >
          {t("restore.action")}
        </Button>
      </div>
    </>
  );
}
