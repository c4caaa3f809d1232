import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type CorrectionView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components";
import { useFormat } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { ReasonDialog } from "../workspace/ReasonDialog";
import styles from "./Truth.module.css";

/** What owners were asked to correct, and how far that has come. */
export function Corrections({ corrections }: { corrections: readonly CorrectionView[] }): ReactNode {
  const { t } = useTranslation("truth");
  const [closing, setClosing] = useState<string | null>(null);
  const close = useAct(commands.correctionClose);
  return (
    <section>
      <h2>{t("corrections.title")}</h2>
      {corrections.length === 0 ? <p className={styles.words}>{t("corrections.none")}</p> : null}
      <ul className={styles.corrections}>
        {corrections.map((one) => (
          <Correction key={one.correction} correction={one} close={() => setClosing(one.correction)} />
        ))}
      </ul>
      {closing === null ? null : (
        <ReasonDialog
          title={t("corrections.closeTitle")}
          words={t("corrections.closeWords")}
          confirm={t("corrections.close")}
          open
          pending={close.pending}
          onClose={() => setClosing(null)}
          onConfirm={async (reason) => (await close.run(closing, reason)) !== undefined}
        />
      )}
    </section>
  );
}

function Correction({ correction, close }: { correction: CorrectionView; close: () => void }): ReactNode {
  const { t } = useTranslation("truth");
  const format = useFormat();
  const standing = known(en.truth.corrections.standing, correction.standing) ?? "open";
  const [first] = correction.records;
  return (
    <li>
      <div className={styles.correction}>
        <strong>{t(`corrections.standing.${standing}`)}</strong>
        <span>{correction.text}</span>
        <span className={styles.quiet}>
          {t("corrections.asked", {
            field: correction.field,
            owner: correction.owner,
            by: correction.asked_by ?? t("map.nobody"),
            when: format.ago(correction.asked_at),
          })}
        </span>
        {first === undefined ? null : (
          <span className={styles.quiet}>
            {t("corrections.records", {
              count: correction.records.length,
              first: `${first.order}/${first.line}`,
            })}{" "}
            {t("corrections.said", { said: first.said ?? t("corrections.silent") })}
            {first.says === null ? null : ` ${t("corrections.says", { says: first.says })}`}
            {correction.wanted === null ? null : ` ${t("corrections.wanted", { wanted: correction.wanted })}`}
          </span>
        )}
        {correction.closed === null ? null : (
          <span className={styles.quiet}>
            {t("corrections.closed", {
              by: correction.closed_by ?? t("map.nobody"),
              reason: correction.closed,
            })}
          </span>
        )}
      </div>
      {correction.standing === "closed" ? null : (
        <Button look="quiet" onPress={close}>
          {t("corrections.close")}
        </Button>
      )}
    </li>
  );
}
