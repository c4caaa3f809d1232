import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { PlazaError } from "../../api/errors";
import { Button } from "../../components/Button";
import { Notice } from "../../components/State";
import { faultInWords, faultOf, type FaultKind } from "./fault";
import styles from "./Fault.module.css";

type Told = Exclude<FaultKind, "invalid">;

function todo(kind: FaultKind): `fault.${Told}Do` | null {
  return kind === "invalid" ? null : `fault.${kind}Do`;
}

/** A mishap that the core put in words, with what to do about it. */
export function FaultWords({ words }: { words: string }): ReactNode {
  const { t } = useTranslation("workspace");
  const kind = faultInWords(words);
  const advice = kind === "other" ? null : todo(kind);
  return (
    <>
      <p className={styles.words}>{words}</p>
      {advice ? <p className={styles.words}>{t(advice)}</p> : null}
    </>
  );
}

/** What happened, what was kept, what to do: in the page, beside what it is about. */
export function Fault({ error, retry }: { error: PlazaError; retry?: () => void }): ReactNode {
  const { t } = useTranslation("workspace");
  const kind = faultOf(error.api);
  const advice = todo(kind);
  const detail = "detail" in error.api ? error.api.detail : null;
  return (
    <Notice tone="bad" actions={retry ? <Button onPress={retry}>{t("fault.again")}</Button> : null}>
      <strong>{t(`fault.${kind}`)}</strong>
      {error.message ? <p className={styles.words}>{error.message}</p> : null}
      {error.fields
        .filter((refused) => refused.words !== error.message)
        .map((refused) => (
          <p key={refused.field} className={styles.words}>
            {refused.words}
          </p>
        ))}
      {advice ? <p className={styles.words}>{t(advice)}</p> : null}
      {detail && detail !== error.message ? (
        <details className={styles.detail}>
          <summary>{t("fault.detail")}</summary>
          <p>{detail}</p>
        </details>
      ) : null}
    </Notice>
  );
}
