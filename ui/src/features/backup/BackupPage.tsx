import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { type BackupView, commands, type JobView, type VerifyView } from "../../api/bindings";
import { forgetAll, useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { NumberField } from "../../components/Field";
import { Page, PageHeader } from "../../components/Page";
import { ErrorState, Notice, Skeleton } from "../../components/State";
import table from "../../components/table.module.css";
import { useFormat, useLanguage } from "../../i18n/format";
import { pickFolder, pickSave } from "../../platform/dialog";
import { JobProgress } from "../job/JobProgress";
import { isRunning, noteNew, useJob, useJobEnd } from "../job/jobs";
import { Fault } from "../workspace/FaultWords";
import styles from "../workspace/Workspace.module.css";

const KEEP_MAX = 365;

/** Backups: make one, how many are kept, restore into a new folder, check the ledger. */
export function BackupPage(): ReactNode {
  const { t } = useTranslation("workspace");
  const client = useQueryClient();
  const page = useRead(["backup"], commands.backupList);
  const make = useAct(commands.backupMake, { inline: true });
  const keep = useAct(commands.backupKeep);
  const [id, setId] = useState<number | null>(null);
  const job = useJob(id);
  const busy = job !== null && isRunning(job);

  const begin = async (file: string | null): Promise<void> => {
    const started = await make.run(file);
    if (!started) return;
    noteNew(client, started);
    setId(started.id);
  };
  const elsewhere = async (): Promise<void> => {
    const file = await pickSave(t("backup.saveTitle"), "backup.plaza", [
      { name: t("backup.files"), extensions: ["plaza"] },
    ]);
    if (file !== null) await begin(file);
  };

  return (
    <Page narrow>
      <PageHeader
        title={t("backup.title")}
        lead={t("backup.lead")}
        actions={
          <>
            <Button isDisabled={busy} onPress={() => void elsewhere()}>
              {t("backup.elsewhere")}
            </Button>
            <Button
              look="primary"
              isDisabled={busy}
              isPending={make.pending}
              onPress={() => void begin(null)}
            >
              {t("backup.now")}
            </Button>
          </>
        }
      />
      {make.error ? <Fault error={make.error} /> : null}
      {job ? <JobProgress job={job} /> : null}
      {page.error && !page.data ? <ErrorState error={page.error} retry={() => void page.refetch()} /> : null}
      {!page.data && !page.error ? <Skeleton height="12rem" /> : null}
      {page.data ? (
        <section className={styles.section}>
          <p className={styles.path}>{t("backup.folder", { folder: page.data.folder })}</p>
          {page.data.backups.length === 0 ? (
            <p>{t("backup.empty")}</p>
          ) : (
            <Backups backups={page.data.backups} />
          )}
          <div className={styles.keep}>
            <NumberField
              label={t("backup.keep")}
              hint={page.data.keep === 0 ? t("backup.keepNone") : t("backup.keepHint")}
              min={0}
              max={KEEP_MAX}
              value={page.data.keep}
              onChange={(count) => {
                if (count !== null && count !== page.data.keep) void keep.run(count);
              }}
            />
          </div>
        </section>
      ) : null}
      <Verify />
    </Page>
  );
}

function Backups({ backups }: { backups: readonly BackupView[] }): ReactNode {
  const { t } = useTranslation("workspace");
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const restore = useAct(commands.backupRestore, { inline: true });
  const [id, setId] = useState<number | null>(null);
  const job = useJob(id);

  const begin = async (backup: BackupView): Promise<void> => {
    const folder = await pickFolder(t("backup.restoreFolderTitle"));
    if (folder === null) return;
    const started = await restore.run(backup.file, folder);
    if (!started) return;
    noteNew(client, started);
    setId(started.id);
  };
  useJobEnd(
    job,
    useCallback(
      (ended: JobView) => {
        // The restored workspace is open now, in place of this one.
        if (ended.state === "done") void forgetAll(client).then(() => navigate({ to: "/" }));
      },
      [client, navigate],
    ),
  );
  return (
    <>
      <p className={styles.hint}>{t("backup.restoreHint")}</p>
      {restore.error ? <Fault error={restore.error} /> : null}
      {job ? <JobProgress job={job} /> : null}
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("backup.made")}</th>
            <th scope="col">{t("backup.kind")}</th>
            <th scope="col" className={table.end}>
              {t("backup.size")}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {backups.map((backup) => (
            <tr key={backup.file} title={backup.file}>
              <th scope="row">{format.moment(backup.made)}</th>
              <td>{backup.automatic ? t("backup.automatic") : t("backup.manual")}</td>
              <td className={table.end}>{format.bytes(backup.size_bytes)}</td>
              <td className={table.act}>
                <Button
                  look="quiet"
                  aria-label={t("backup.restoreOf", { when: format.moment(backup.made) })}
                  isDisabled={job !== null && isRunning(job)}
                  onPress={() => void begin(backup)}
                >
                  {t("backup.restore")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Verify(): ReactNode {
  const { t } = useTranslation("workspace");
  const client = useQueryClient();
  const language = useLanguage();
  const verify = useAct(commands.workspaceVerify, { inline: true });
  const [id, setId] = useState<number | null>(null);
  const job = useJob(id);
  const done = job?.state === "done";
  const result = useRead<VerifyView | null>(["verify", done ? id : null, language], () =>
    commands.verifyRead(language),
  );
  const begin = async (): Promise<void> => {
    const started = await verify.run();
    if (!started) return;
    noteNew(client, started);
    setId(started.id);
  };
  const found = result.data;
  return (
    <section className={styles.section}>
      <h2>{t("backup.verify")}</h2>
      <p className={styles.lead}>{t("backup.verifyHint")}</p>
      <div className={styles.row}>
        <Button
          isDisabled={job !== null && isRunning(job)}
          isPending={verify.pending}
          onPress={() => void begin()}
        >
          {t("backup.verifyNow")}
        </Button>
      </div>
      {verify.error ? <Fault error={verify.error} /> : null}
      {job && !done ? <JobProgress job={job} /> : null}
      {found && (job === null || done) ? (
        <Notice tone={found.sound ? "good" : "bad"}>
          <strong>{found.sound ? t("backup.sound") : t("backup.unsound")}</strong>{" "}
          {t("backup.soundEvents", { count: found.events })}
          {found.faults.length > 0 ? (
            <ul>
              {found.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          ) : null}
        </Notice>
      ) : null}
    </section>
  );
}
