import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct } from "../../api/query";
import { ReasonDialog } from "../workspace/ReasonDialog";

/** Takes a win back, with the reason. */
export function WithdrawDialog({
  win,
  close,
  done,
}: {
  win: string;
  close: () => void;
  done: () => void;
}): ReactNode {
  const { t } = useTranslation("win");
  const withdraw = useAct(commands.winWithdraw, { inline: true });
  const send = async (reason: string): Promise<boolean> => {
    const isDone = (await withdraw.run(win, reason)) !== undefined;
    if (isDone) done();
    return isDone;
  };
  return (
    <ReasonDialog
      title={t("withdraw.title")}
      label={t("withdraw.why")}
      confirm={t("withdraw.send")}
      pending={withdraw.pending}
      error={withdraw.error}
      onClose={close}
      onConfirm={send}
    />
  );
}
