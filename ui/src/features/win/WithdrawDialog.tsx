import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";
import styles from "./Win.module.css";

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
  const { t: common } = useTranslation();
  const withdraw = useAct(commands.winWithdraw, { inline: true });
  const [reason, setReason] = useState("");
  const fault = withdraw.error?.fields.find((one) => one.field === "reason")?.words;
  const send = async (): Promise<void> => {
    if ((await withdraw.run(win, reason)) !== undefined) done();
  };
  return (
    <Dialog
      title={t("withdraw.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={withdraw.pending} onPress={() => void send()}>
            {t("withdraw.send")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {withdraw.error && fault === undefined ? <Fault error={withdraw.error} /> : null}
        <TextField
          label={t("withdraw.why")}
          required
          autoFocus
          value={reason}
          onChange={setReason}
          error={fault}
        />
      </div>
    </Dialog>
  );
}
