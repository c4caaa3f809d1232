import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { PlazaError } from "../../api/errors";
import { Button, Dialog, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";
import styles from "./Win.module.css";

interface WhyDialogProps {
  title: string;
  action: string;
  pending: boolean;
  error: PlazaError | null;
  act: (reason: string) => void;
  close: () => void;
}

/** Asks why something is taken away; the core says what it does not accept. */
export function WhyDialog({ title, action, pending, error, act, close }: WhyDialogProps): ReactNode {
  const { t } = useTranslation("win");
  const { t: common } = useTranslation();
  const [reason, setReason] = useState("");
  const fault = error?.fields.find((one) => one.field === "reason")?.words;
  return (
    <Dialog
      title={title}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={pending} onPress={() => act(reason)}>
            {action}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {error && fault === undefined ? <Fault error={error} /> : null}
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
