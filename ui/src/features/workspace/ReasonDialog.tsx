import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { PlazaError } from "../../api/errors";
import { Button, Dialog, TextField } from "../../components";
import { Fault } from "./FaultWords";

interface ReasonDialogProps {
  title: string;
  words?: ReactNode;
  /** What the text is called; *Reason* where absent. */
  label?: string;
  confirm: string;
  /** A text must be given. */
  required?: boolean;
  /** Open where absent: then it is drawn only while somebody is asked. */
  open?: boolean;
  pending: boolean;
  /** What the core did not accept, where that is not shown as a message. */
  error?: PlazaError | null;
  onClose: () => void;
  /** True when it was done. */
  onConfirm: (reason: string) => Promise<boolean>;
}

/** Asks why before something is kept under a person's name. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const {
    title,
    words,
    label,
    confirm,
    required = true,
    open = true,
    pending,
    error,
    onClose,
    onConfirm,
  } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const close = (): void => {
    setReason("");
    setAsked(false);
    onClose();
  };
  const missing = required && reason.trim() === "";
  const refused = error?.field("reason");
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
          <Button onPress={close}>{t("cancel")}</Button>
          <Button look="primary" isPending={pending} onPress={() => void send()}>
            {confirm}
          </Button>
        </>
      }
    >
      {error && refused === undefined ? <Fault error={error} /> : null}
      {words === undefined ? null : <p>{words}</p>}
      <TextField
        label={label ?? t("reason")}
        value={reason}
        onChange={setReason}
        rows={3}
        required={required}
        autoFocus
        error={asked && missing ? t("reasonNeeded") : refused}
      />
    </Dialog>
  );
}
