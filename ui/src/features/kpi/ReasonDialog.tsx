import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button, Dialog, TextField } from "../../components";

interface ReasonDialogProps {
  title: string;
  words: ReactNode;
  /** What the text is called; *Reason* where absent. */
  label?: string;
  confirm: string;
  /** A text must be given. */
  required?: boolean;
  open: boolean;
  pending: boolean;
  onClose: () => void;
  /** True when it was done. */
  onConfirm: (reason: string) => Promise<boolean>;
}

/** Asks why before something is kept under a person's name. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { title, words, label, confirm, required = true, open, pending, onClose, onConfirm } = props;
  const { t } = useTranslation("kpi");
  const { t: common } = useTranslation();
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const close = (): void => {
    setReason("");
    setAsked(false);
    onClose();
  };
  const missing = required && reason.trim() === "";
  const send = async (): Promise<void> => {
    setAsked(true);
    if (missing) return;
    if (await onConfirm(reason.trim())) close();
  };
  return (
    <Dialog
      title={title}
      open={open}
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={pending} onPress={() => void send()}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{words}</p>
      <TextField
        label={label ?? common("reason")}
        value={reason}
        onChange={setReason}
        rows={3}
        required={required}
        autoFocus
        error={asked && missing ? t("reasonNeeded") : undefined}
      />
    </Dialog>
  );
}
