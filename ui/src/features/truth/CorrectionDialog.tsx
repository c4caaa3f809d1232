import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, Select, TextField, toast } from "../../components";
import { useFieldName } from "../order/fields";
import { Fault } from "../workspace/FaultWords";
import styles from "./Truth.module.css";

interface CorrectionDialogProps {
  /** The integration whose order it is. */
  id: string;
  /** Fields that may be wrong, by their words; the first is proposed. */
  fields: readonly string[];
  /** Handles of the records. */
  records: string[];
  /** What it is about, in words. */
  about: string;
  /** What should probably stand there. */
  wanted?: string;
  close: () => void;
}

/** Asks the owner of a field to correct it where it was entered. Plaza itself never changes a record. */
export function CorrectionDialog(props: CorrectionDialogProps): ReactNode {
  const { t } = useTranslation("truth");
  const { t: common } = useTranslation();
  const fieldName = useFieldName();
  const ask = useAct(commands.correctionAsk, { inline: true });
  const [field, setField] = useState<string | null>(props.fields[0] ?? null);
  const [text, setText] = useState("");
  const [wanted, setWanted] = useState(props.wanted ?? "");
  const [asked, setAsked] = useState(false);
  const send = async (): Promise<void> => {
    setAsked(true);
    if (text.trim() === "" || field === null) return;
    const correction = { field, text: text.trim(), wanted: wanted.trim(), records: props.records };
    if ((await ask.run(props.id, correction)) !== undefined) {
      toast(t("ask.done"));
      props.close();
    }
  };
  return (
    <Dialog
      title={t("ask.title")}
      open
      onClose={props.close}
      foot={
        <>
          <Button onPress={props.close}>{common("cancel")}</Button>
          <Button look="primary" isPending={ask.pending} onPress={() => void send()}>
            {t("ask.send")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{props.about}</p>
        {ask.error ? <Fault error={ask.error} /> : null}
        {props.fields.length > 1 ? (
          <Select
            label={t("map.field")}
            choices={props.fields.map((one) => ({ value: one, label: fieldName(one) }))}
            value={field}
            onChange={setField}
          />
        ) : null}
        <TextField
          label={t("ask.text")}
          rows={3}
          required
          autoFocus
          value={text}
          onChange={setText}
          error={asked && text.trim() === "" ? t("form.needed") : undefined}
        />
        <TextField label={t("ask.wanted")} hint={t("ask.wantedHint")} value={wanted} onChange={setWanted} />
      </div>
    </Dialog>
  );
}
