import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type SwapView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components";
import { useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { ReasonDialog } from "../workspace/ReasonDialog";
import styles from "./Rotation.module.css";

/** Swaps with how they stand; a head answers here. */
export function SwapList({ swaps }: { swaps: readonly SwapView[] }): ReactNode {
  return (
    <>
      {swaps.map((swap) => (
        <Swap key={swap.swap} swap={swap} />
      ))}
    </>
  );
}

function Swap({ swap }: { swap: SwapView }): ReactNode {
  const { t } = useTranslation("rotation");
  const language = useLanguage();
  const answer = useAct(commands.swapAnswer);
  const decline = useAct(commands.swapAnswer, { inline: true });
  const [declining, setDeclining] = useState(false);
  const state = known(en.rotation.swap.state, swap.state) ?? "asked";
  return (
    <article className={styles.debrief}>
      <p>{t("swap.words", { one: swap.one, other: swap.other })}</p>
      <p className={styles.quiet}>
        {t(`swap.state.${state}`, { departments: swap.waits_for.join(", "), reason: swap.no })} {swap.reason}
      </p>
      {swap.may_answer ? (
        <div className={styles.actions}>
          <Button
            look="primary"
            isPending={answer.pending}
            onPress={() => void answer.run(language, swap.rotation, swap.swap, true, "")}
          >
            {t("swap.accept")}
          </Button>
          <Button onPress={() => setDeclining(true)}>{t("swap.decline")}</Button>
        </div>
      ) : null}
      {declining ? (
        <ReasonDialog
          title={t("swap.declineTitle")}
          words={t("swap.words", { one: swap.one, other: swap.other })}
          confirm={t("swap.decline")}
          pending={decline.pending}
          error={decline.error}
          onClose={() => setDeclining(false)}
          onConfirm={async (reason) =>
            (await decline.run(language, swap.rotation, swap.swap, false, reason)) !== undefined
          }
        />
      ) : null}
    </article>
  );
}
