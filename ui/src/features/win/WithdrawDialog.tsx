import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct } from "../../api/query";
import { WhyDialog } from "./WhyDialog";

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
  const send = async (reason: string): Promise<void> => {
    if ((await withdraw.run(win, reason)) !== undefined) done();
  };
  return (
    <WhyDialog
      title={t("withdraw.title")}
      action={t("withdraw.send")}
      pending={withdraw.pending}
      error={withdraw.error}
      act={(reason) => void send(reason)}
      close={close}
    />
  );
}
