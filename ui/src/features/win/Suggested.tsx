import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type WinSuggestion } from "../../api/bindings";
import { useAct } from "../../api/query";
import { AddressLink, Button, toast } from "../../components";
import { NEW_WIN, RecordDialog } from "./RecordDialog";
import styles from "./Win.module.css";

interface SuggestedProps {
  one: WinSuggestion;
  /** What was recorded for it. */
  recorded: (win: string) => void;
  /** Its title stands above already. */
  bare?: boolean;
}

/** A turn to the better that may be a win: people say whether it is. */
export function Suggested({ one, recorded, bare = false }: SuggestedProps): ReactNode {
  const { t } = useTranslation("win");
  const dismiss = useAct(commands.winDismiss);
  const [opened, setOpened] = useState(false);
  const away = async (): Promise<void> => {
    if ((await dismiss.run(one.signal, true)) === undefined) return;
    toast(t("suggestion.dismissed"), { undo: () => void dismiss.run(one.signal, false) });
  };
  return (
    <div className={styles.suggestion}>
      <div>
        {bare ? (
          <strong>{t("suggested")}</strong>
        ) : (
          <AddressLink address={one.address}>{one.title}</AddressLink>
        )}
        <p className={styles.quiet}>{t("after", { decisions: one.decisions.join(" · ") })}</p>
      </div>
      <div className={styles.badges}>
        <Button
          aria-label={t("suggestion.dismissTitle", { title: one.title })}
          look="quiet"
          isPending={dismiss.pending}
          onPress={() => void away()}
        >
          {t("suggestion.dismiss")}
        </Button>
        <Button
          aria-label={t("suggestion.recordTitle", { title: one.title })}
          onPress={() => setOpened(true)}
        >
          {t("suggestion.record")}
        </Button>
      </div>
      {opened ? (
        <RecordDialog
          start={{ ...NEW_WIN, title: one.title, signal: one.signal }}
          close={() => setOpened(false)}
          done={(win) => {
            setOpened(false);
            recorded(win);
          }}
        />
      ) : null}
    </div>
  );
}
