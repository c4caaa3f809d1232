import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type WinView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components";
import styles from "./Win.module.css";

const REACTIONS = ["applause", "thanks", "proud"] as const;

/** Thanks, each person's own. */
export function Reactions({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const react = useAct(commands.winReact);
  return (
    <section aria-label={t("reaction.title")}>
      <h2>{t("reaction.title")}</h2>
      <div className={styles.reactions}>
        {REACTIONS.map((word) => {
          const known = win.reactions.find((one) => one.reaction === word);
          const mine = known?.mine ?? false;
          const people = known?.people ?? [];
          return (
            <div key={word}>
              <Button
                aria-pressed={mine}
                look={mine ? "primary" : "plain"}
                isPending={react.pending}
                onPress={() => void react.run(win.win, word, !mine)}
              >
                {t(`reaction.${word}`)}
              </Button>
              {people.length === 0 ? null : <span className={styles.quiet}> {people.join(", ")}</span>}
            </div>
          );
        })}
      </div>
    </section>
  );
}
