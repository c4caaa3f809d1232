import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type ItemChange, type ItemView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, NumberField, Select, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";
import styles from "./Meeting.module.css";
import { NOBODY, usePeopleChoices, useSectionChoices } from "./words";

interface ItemDialogProps {
  meeting: string;
  item: ItemView;
  close: () => void;
}

/** Where an item stands, how long it has, who leads it, what to prepare. */
export function ItemDialog({ meeting, item, close }: ItemDialogProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: common } = useTranslation();
  const sections = useSectionChoices();
  const people = usePeopleChoices(item.person);
  const change = useAct(commands.agendaChange, { inline: true });
  const isOwn = item.subject.about === "own";
  const [title, setTitle] = useState(item.title);
  const [section, setSection] = useState(item.section);
  const [minutes, setMinutes] = useState<number | null>(item.minutes);
  const [person, setPerson] = useState(item.person ?? NOBODY);
  const [note, setNote] = useState(item.note);
  const [asked, setAsked] = useState(false);
  const missing = isOwn && title.trim() === "";
  const act = async (): Promise<void> => {
    setAsked(true);
    if (missing || minutes === null) return;
    const next: ItemChange = {};
    const leader = person === NOBODY ? "" : person;
    if (isOwn && title.trim() !== item.title) next.title = title.trim();
    if (section !== item.section) next.section = section;
    if (minutes !== item.minutes) next.minutes = minutes;
    if (leader !== (item.person ?? "")) next.person = leader;
    if (note.trim() !== item.note) next.note = note.trim();
    if (Object.keys(next).length === 0) return close();
    if ((await change.run(meeting, item.item, next)) !== undefined) close();
  };
  return (
    <Dialog
      title={t("item.heading")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={change.pending} onPress={() => void act()}>
            {common("save")}
          </Button>
        </>
      }
    >
      {change.error ? <Fault error={change.error} /> : null}
      {isOwn ? (
        <TextField
          label={t("item.title")}
          value={title}
          onChange={setTitle}
          autoFocus
          error={asked && missing ? t("needed") : change.error?.field("title")}
        />
      ) : (
        <p>{item.title}</p>
      )}
      <div className={styles.fields}>
        <Select label={t("item.section")} choices={sections} value={section} onChange={setSection} />
        <NumberField
          label={t("item.minutes")}
          min={1}
          max={120}
          value={minutes}
          onChange={setMinutes}
          error={asked && minutes === null ? t("needed") : change.error?.field("minutes")}
        />
        <Select
          label={t("item.person")}
          choices={[{ value: NOBODY, label: t("item.nobody") }, ...people]}
          value={person}
          onChange={setPerson}
        />
      </div>
      <TextField label={t("item.note")} hint={t("item.noteHint")} rows={3} value={note} onChange={setNote} />
    </Dialog>
  );
}
