import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { asPlazaError } from "../../api/errors";
import { forgetAll, useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { Page, PageHeader } from "../../components/Page";
import { ErrorState, Skeleton } from "../../components/State";
import { reportError } from "../../components/toast";
import { showInFolder } from "../../platform/open";
import styles from "./Workspace.module.css";

/** What the program is, under which licence, and where this workspace lies. */
export function AboutPage(): ReactNode {
  const { t } = useTranslation("workspace");
  const client = useQueryClient();
  const navigate = useNavigate();
  const about = useRead(["about"], commands.aboutRead);
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const close = useAct(commands.workspaceClose);
  const folder = workspace.data?.folder;

  const show = async (path: string): Promise<void> => {
    try {
      await showInFolder(path);
    } catch (thrown) {
      reportError(asPlazaError(thrown));
    }
  };
  const leave = async (): Promise<void> => {
    if ((await close.run()) === undefined) return;
    await navigate({ to: "/start" });
    await forgetAll(client);
  };

  return (
    <Page narrow>
      <PageHeader title={t("about.title")} />
      {about.error && !about.data ? (
        <ErrorState error={about.error} retry={() => void about.refetch()} />
      ) : null}
      <section className={styles.section}>
        <p className={styles.purpose}>{t("about.purpose")}</p>
        <dl className={styles.facts}>
          <dt>{t("about.version")}</dt>
          <dd>{about.data?.version ?? <Skeleton width="4rem" />}</dd>
          <dt>{t("about.licence")}</dt>
          <dd>{t("about.licenceText")}</dd>
          {folder === undefined ? null : (
            <>
              <dt>{t("about.folder")}</dt>
              <dd>
                <div className={styles.path}>{folder}</div>
                <div className={styles.row}>
                  <Button onPress={() => void show(folder)}>{t("about.show")}</Button>
                  <Button isPending={close.pending} onPress={() => void leave()}>
                    {t("about.switch")}
                  </Button>
                </div>
              </dd>
            </>
          )}
        </dl>
      </section>
      {about.data?.licences ? (
        <section className={styles.section}>
          <h2>{t("about.words")}</h2>
          <p className={styles.lead}>{t("about.wordsText")}</p>
          {/* oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
          <pre className={styles.words} tabIndex={0} aria-label={t("about.words")}>
            {about.data.licences}
          </pre>
        </section>
      ) : null}
    </Page>
  );
}
