import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Created } from "../../api/bindings";
import { asPlazaError, type PlazaError } from "../../api/errors";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Field";
import { saveText } from "../../platform/text";
import { Fault } from "../workspace/FaultWords";
import { copyText } from "./copy";
import styles from "./Start.module.css";

/** The recovery code, shown this once: the way on opens when it is written down. */
export function CodePage({ created, done }: { created: Created; done: () => void }): ReactNode {
  const { t } = useTranslation("start");
  const [kept, setKept] = useState(false);
  const [told, setTold] = useState("");
  const [error, setError] = useState<PlazaError | null>(null);
  const code = created.recovery_code;

  const copy = async (): Promise<void> => {
    if (await copyText(code)) setTold(t("own.code.copied"));
  };
  const save = async (): Promise<void> => {
    setError(null);
    const text = t("own.code.fileText", { company: created.workspace.name, code });
    try {
      const file = await saveText(
        t("own.code.saveTitle"),
        t("own.code.fileName"),
        t("own.code.fileKind"),
        text,
      );
      if (file !== null) setTold(t("own.code.saved"));
    } catch (thrown) {
      setError(asPlazaError(thrown));
    }
  };

  return (
    <>
      <h1 className={styles.title}>{t("own.code.title")}</h1>
      <p className={styles.lead}>{t("own.code.lead")}</p>
      <output className={styles.code} aria-label={t("own.code.label")}>
        {code}
      </output>
      <div className={styles.row}>
        <Button onPress={() => void copy()}>{t("own.code.copy")}</Button>
        <Button onPress={() => void save()}>{t("own.code.save")}</Button>
        <span className={styles.quiet} role="status">
          {told}
        </span>
      </div>
      {error ? <Fault error={error} retry={() => void save()} /> : null}
      <div className={styles.confirm}>
        <Checkbox selected={kept} onChange={setKept}>
          {t("own.code.confirm")}
        </Checkbox>
      </div>
      <Button look="primary" isDisabled={!kept} onPress={done}>
        {t("own.code.action")}
      </Button>
    </>
  );
}
