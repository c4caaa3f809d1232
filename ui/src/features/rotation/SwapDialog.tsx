import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type VisitView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, ComboBox, Dialog, TextField } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { Fault } from "../workspace/FaultWords";

interface SwapDialogProps {
  visit: VisitView;
  others: readonly VisitView[];
  close: () => void;
}

/** Asks that two visitors change places. */
export function SwapDialog({ visit, others, close }: SwapDialogProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const ask = useAct(commands.swapAsk, { inline: true });
  const [other, setOther] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const choices = others
    .filter((one) => one.is_ahead && one.visitor !== visit.visitor)
    .map((one) => ({
      value: one.placement,
      label: `${one.visitor_name}: ${one.host_name}, ${format.dayShort(one.from)}`,
    }));
  const act = async (): Promise<void> => {
    setAsked(true);
    if (other === null || reason.trim() === "") return;
    const form = { rotation: visit.rotation, one: visit.placement, other, reason: reason.trim() };
    if ((await ask.run(language, form)) !== undefined) close();
  };
  return (
    <Dialog
      title={t("swap.title", { visitor: visit.visitor_name, host: visit.host_name })}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={ask.pending} onPress={() => void act()}>
            {t("swap.action")}
          </Button>
        </>
      }
    >
      {ask.error ? <Fault error={ask.error} /> : null}
      <p>{t("swap.how")}</p>
      <ComboBox
        label={t("swap.with")}
        choices={choices}
        value={other}
        onChange={setOther}
        placeholder={common("choose")}
        error={asked && other === null ? t("needed") : ask.error?.field("other")}
      />
      <TextField
        label={common("reason")}
        required
        value={reason}
        onChange={setReason}
        error={asked && reason.trim() === "" ? t("needed") : ask.error?.field("reason")}
      />
    </Dialog>
  );
}
