import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { PlazaError } from "../../api/errors";
import { Button, Dialog, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";

interface ReasonDialogProps {
  title: string;
  words?: string;
  action: string;
  pending: boolean;
  error: PlazaError | null;
  act: (reason: string) => void;
  close: () => void;
}

/** Something that is not done without saying why. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { title, words, action, pending, error, act, close } = props;
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const missing = reason.trim() === "";
  return (
    <Dialog
      title={title}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button
            look="primary"
            isPending={pending}
            onPress={() => {
              setAsked(true);
              if (!missing) act(reason.trim());
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      {error ? <Fault error={error} /> : null}
      {words ? <p>{words}</p> : null}
      <TextField
        label={common("reason")}
        required
        autoFocus
        value={reason}
        onChange={setReason}
        error={asked && missing ? t("needed") : error?.field("reason")}
      />
    </Dialog>
  );
}
