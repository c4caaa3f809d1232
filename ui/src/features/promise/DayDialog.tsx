import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button, Dialog, TextField } from "../../components";
import { DayField } from "../../components/DayField";

interface DayDialogProps {
  title: string;
  /** What it is about. */
  words: string;
  /** What the text is called. */
  label: string;
  /** What the day is called. */
  day: string;
  confirm: string;
  /** The day as it stands. */
  from: string;
  close: () => void;
  /** True when it was done. */
  confirmed: (day: string, text: string) => Promise<boolean>;
}

/** Asks for a day and a text: when instead and why, or what instead and by when. */
export function DayDialog(props: DayDialogProps): ReactNode {
  const { title, words, label, confirm, from, close, confirmed } = props;
  const { t } = useTranslation("promise");
  const { t: common } = useTranslation();
  const [day, setDay] = useState<string | null>(from);
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(false);
  const [pending, setPending] = useState(false);
  const act = async (): Promise<void> => {
    setAsked(true);
    if (day === null || text.trim() === "") return;
    setPending(true);
    const isDone = await confirmed(day, text.trim());
    setPending(false);
    if (isDone) close();
  };
  return (
    <Dialog
      title={title}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={pending} onPress={() => void act()}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{words}</p>
      <TextField
        label={label}
        required
        autoFocus
        value={text}
        onChange={setText}
        error={asked && text.trim() === "" ? t("needed") : undefined}
      />
      <DayField
        label={props.day}
        value={day}
        onChange={setDay}
        error={asked && day === null ? t("needed") : undefined}
      />
    </Dialog>
  );
}
