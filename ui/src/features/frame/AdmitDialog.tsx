import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { Fault } from "../workspace/FaultWords";

/** The recovery code lets this computer write to a workspace that came from another one. */
export function AdmitDialog({ close }: { close: () => void }): ReactNode {
  const { t } = useTranslation("frame");
  const { t: common } = useTranslation("workspace");
  const admit = useAct(commands.deviceAdmit, { inline: true });
  const [code, setCode] = useState("");
  const act = async (): Promise<void> => {
    if ((await admit.run(code)) !== undefined) close();
  };
  return (
    <Dialog
      open
      title={t("admit.title")}
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button
            look="primary"
            isDisabled={code.trim() === ""}
            isPending={admit.pending}
            onPress={() => void act()}
          >
            {t("admit.confirm")}
          </Button>
        </>
      }
    >
      <p>{t("admit.lead")}</p>
      {admit.error ? <Fault error={admit.error} /> : null}
      <TextField label={t("admit.code")} value={code} onChange={setCode} />
    </Dialog>
  );
}
