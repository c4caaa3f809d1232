import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type IntegrationCard } from "../../api/bindings";
import { asPlazaError, type PlazaError } from "../../api/errors";
import { call, useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { toast } from "../../components/toast";
import { pickFiles, pickSave } from "../../platform/dialog";
import { copyText } from "../start/copy";
import { Fault } from "../workspace/FaultWords";
import styles from "./Integration.module.css";
import { draftOf } from "./wizard/draft";
import { keepDraft } from "./wizard/keep";

/** The integration as one text: to look at, to keep, to carry elsewhere. */
export function Toml({ card, text }: { card: IntegrationCard; text: string }): ReactNode {
  const { t } = useTranslation("integration");
  const navigate = useNavigate();
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const write = useAct(commands.integrationExport, { inline: true });
  const [error, setError] = useState<PlazaError | null>(null);
  const kinds = [{ name: t("fileFilter.toml"), extensions: ["toml"] }];

  const copy = async (): Promise<void> => {
    if (await copyText(text)) toast(t("toml.copied"));
  };
  const exportIt = async (): Promise<void> => {
    const file = await pickSave(t("toml.exportTitle"), `${card.id}.toml`, kinds);
    if (file !== null && (await write.run(card.id, file)) !== undefined) toast(t("toml.exported", { file }));
  };
  const importOne = async (): Promise<void> => {
    setError(null);
    const [file] = await pickFiles(t("toml.importTitle"), kinds, false);
    if (file === undefined || workspace.data === undefined) return;
    try {
      const { data } = await call(commands.integrationImport(file));
      const existing = data.id === card.id;
      keepDraft(workspace.data.folder, draftOf(data, existing, new Date().toISOString()));
      if (existing) await navigate({ to: "/integrations/$id/edit", params: { id: card.id } });
      else await navigate({ to: "/integrations/new", search: { resume: true } });
    } catch (thrown) {
      setError(asPlazaError(thrown));
    }
  };

  const shown = error ?? write.error;
  return (
    <section className={styles.section}>
      <p>{t("toml.lead")}</p>
      <div className={styles.actions}>
        <Button onPress={() => void copy()}>{t("toml.copy")}</Button>
        <Button isPending={write.pending} onPress={() => void exportIt()}>
          {t("toml.export")}
        </Button>
        <Button onPress={() => void importOne()}>{t("toml.import")}</Button>
      </div>
      <p className={styles.how}>{t("toml.importHint")}</p>
      {shown ? <Fault error={shown} /> : null}
      {/* oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <pre className={styles.toml} tabIndex={0} aria-label={t("toml.label", { name: card.name })}>
        {text}
      </pre>
    </section>
  );
}
