import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../../api/bindings";
import { asPlazaError, type PlazaError } from "../../../api/errors";
import { call } from "../../../api/query";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import { pickFiles, pickFolder } from "../../../platform/dialog";
import { Fault } from "../../workspace/FaultWords";
import { addChosen, type Draft, draftOf, removeChosen } from "./draft";
import { fileName } from "./source";
import type { useReport } from "./state";
import type { Edit } from "./Wizard";
import styles from "./Wizard.module.css";

/** Which files, or which folder is watched. */
export function FilesStep(props: {
  draft: Draft;
  edit: Edit;
  report: ReturnType<typeof useReport>;
  /** Back to the question where the rows come from. */
  other: () => void;
}): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: common } = useTranslation("integration");
  const { draft, edit, report } = props;
  const [error, setError] = useState<PlazaError | null>(null);

  const choose = async (): Promise<void> => {
    const kinds = [
      { name: common("fileFilter.tables"), extensions: ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"] },
    ];
    const picked = await pickFiles(t("files.chooseTitle"), kinds);
    edit((before) =>
      addChosen(
        before,
        picked.map((path) => ({ path, watched: false })),
      ),
    );
  };
  const watch = async (): Promise<void> => {
    const path = await pickFolder(t("files.folderTitle"));
    if (path !== null) edit((before) => addChosen(before, [{ path, watched: true }]));
  };
  const toml = async (): Promise<void> => {
    setError(null);
    const kinds = [{ name: common("fileFilter.toml"), extensions: ["toml"] }];
    const [file] = await pickFiles(common("toml.importTitle"), kinds, false);
    if (file === undefined) return;
    try {
      const { data } = await call(commands.integrationImport(file));
      edit((before) => draftOf(data, before.existing && before.integration.id === data.id, before.kept));
    } catch (thrown) {
      setError(asPlazaError(thrown));
    }
  };

  return (
    <section className={styles.step}>
      <h2>{t("files.title")}</h2>
      <p className={styles.lead}>{t("files.lead")}</p>
      <div className={styles.ways}>
        <div>
          <Button
            {...(draft.chosen.length === 0 ? { look: "primary" as const } : {})}
            onPress={() => void choose()}
          >
            {t("files.choose")}
          </Button>
          <p>{t("files.chooseHint")}</p>
        </div>
        <div>
          <Button onPress={() => void watch()}>{t("files.folder")}</Button>
          <p>{t("files.folderHint")}</p>
        </div>
        <div>
          <Button onPress={() => void toml()}>{t("files.toml")}</Button>
          <p>{t("files.tomlHint")}</p>
        </div>
      </div>
      {error ? <Fault error={error} /> : null}
      {draft.existing || draft.chosen.length > 0 ? null : (
        <div>
          <Button look="quiet" onPress={props.other}>
            {t("files.other")}
          </Button>
        </div>
      )}
      <h3>{t("files.chosen")}</h3>
      {draft.chosen.length === 0 ? <p className={styles.quiet}>{t("files.empty")}</p> : null}
      <ul className={styles.files}>
        {draft.chosen.map(({ path, watched }) => (
          <li key={path}>
            <Icon name={watched ? "folder" : "file"} />
            <span className={styles.grow}>
              <strong>{fileName(path)}</strong>
              {watched ? ` · ${t("files.watch")}` : null}
              <span className={styles.path}>{path}</span>
            </span>
            <Button
              look="quiet"
              aria-label={t("files.removeOf", { file: fileName(path) })}
              onPress={() => edit((before) => removeChosen(before, path))}
            >
              {t("files.remove")}
            </Button>
          </li>
        ))}
      </ul>
      {report.waiting && draft.chosen.length > 0 ? (
        <p className={styles.quiet} role="status">
          {t("files.looking")}
        </p>
      ) : null}
      {report.error ? <Fault error={report.error} retry={report.retry} /> : null}
    </section>
  );
}
