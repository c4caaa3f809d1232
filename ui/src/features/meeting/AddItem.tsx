import { useState, type FormEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Section } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, NumberField, Select, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";
import styles from "./Meeting.module.css";
import { useSectionChoices } from "./words";

const NEW_MINUTES = 5;

/** Adds an item: a line to type, Enter adds it, Escape leaves. */
export function AddItem({ meeting, close }: { meeting: string; close: () => void }): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: common } = useTranslation();
  const sections = useSectionChoices();
  const add = useAct(commands.agendaAdd, { inline: true });
  const [title, setTitle] = useState("");
  const [section, setSection] = useState<Section>("concerns");
  const [minutes, setMinutes] = useState<number | null>(NEW_MINUTES);
  const [asked, setAsked] = useState(false);
  const missing = title.trim() === "";
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    if (missing || minutes === null) return;
    if ((await add.run(meeting, section, title.trim(), minutes)) !== undefined) close();
  };
  return (
    <form
      className={styles.add}
      aria-label={t("prepare.add")}
      onSubmit={(event) => void onSubmit(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) close();
      }}
    >
      {add.error ? <Fault error={add.error} /> : null}
      <div className={styles.standing}>
        <TextField
          label={t("item.title")}
          value={title}
          onChange={setTitle}
          autoFocus
          error={asked && missing ? t("needed") : undefined}
        />
        <Select label={t("item.section")} choices={sections} value={section} onChange={setSection} />
        <NumberField label={t("item.minutes")} min={1} max={120} value={minutes} onChange={setMinutes} />
      </div>
      <div className={styles.actions}>
        <Button type="submit" look="primary" isPending={add.pending}>
          {common("add")}
        </Button>
        <Button onPress={close}>{common("cancel")}</Button>
      </div>
    </form>
  );
}
