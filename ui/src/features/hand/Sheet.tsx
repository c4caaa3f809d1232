import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { useAct } from "../../api/query";
import { Button, Dialog, toast } from "../../components";
import { useLanguage } from "../../i18n/format";
import { pickFiles, pickSave } from "../../platform/dialog";
import { useFieldName } from "../order/fields";
import { Fault } from "../workspace/FaultWords";
import styles from "./Hand.module.css";

/** The sheet out and the filled sheet in. */
export function Sheet({ id, name }: { id: string; name: string }): ReactNode {
  const { t } = useTranslation("hand");
  const language = useLanguage();
  const write = useAct(commands.handSheetWrite);
  const read = useAct(commands.handSheetRead, { inline: true });
  const kinds = [{ name: t("sheet.kind"), extensions: ["xlsx"] }];
  const out = async (): Promise<void> => {
    const path = await pickSave(t("sheet.outTitle"), t("sheet.file", { name }), kinds);
    if (path === null) return;
    const lines = await write.run(language, id, path);
    if (lines !== undefined) toast(t("sheet.written", { count: lines }));
  };
  const into = async (): Promise<void> => {
    const [path] = await pickFiles(t("sheet.inTitle"), kinds, false);
    if (path === undefined) return;
    const result = await read.run(id, path, "");
    if (result !== undefined) {
      toast(
        result.quarantined > 0
          ? t("sheet.someWait", { count: result.quarantined })
          : t("sheet.entered", { count: result.counted }),
      );
    }
  };
  const { error } = read;
  return (
    <>
      <Button isPending={write.pending} onPress={() => void out()}>
        {t("sheet.out")}
      </Button>
      <Button isPending={read.pending} onPress={() => void into()}>
        {t("sheet.in")}
      </Button>
      {error === null ? null : <Refused error={error} close={() => read.reset()} />}
    </>
  );
}

/** What of a sheet could not be read, cell by cell; nothing of it was entered. */
function Refused({ error, close }: { error: PlazaError; close: () => void }): ReactNode {
  const { t } = useTranslation("hand");
  const fieldName = useFieldName();
  const cells = error.fields.flatMap((fault) => {
    const [sheet, row, field] = fault.field.split(".");
    return sheet === "sheet" && row !== undefined && field !== undefined
      ? [{ row, field, words: fault.words }]
      : [];
  });
  return (
    <Dialog
      title={t("sheet.refused")}
      open
      onClose={close}
      foot={
        <Button look="primary" onPress={close}>
          {t("sheet.understood")}
        </Button>
      }
    >
      {cells.length === 0 ? (
        <Fault error={error} />
      ) : (
        <div className={styles.form}>
          <p>{t("sheet.mend")}</p>
          <ul>
            {cells.map((cell) => (
              <li key={`${cell.row} ${cell.field}`}>
                {t("sheet.cell", { row: cell.row, field: fieldName(cell.field), words: cell.words })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}
