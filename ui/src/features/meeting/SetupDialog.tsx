import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MeetingForm } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, NumberField, Select, TextField, toast } from "../../components";
import { usePeople } from "../frame/start";
import { useWeekdays } from "../integration/cadence";
import { Fault } from "../workspace/FaultWords";
import styles from "./Meeting.module.css";
import { Facilitators, People } from "./SetupPeople";
import { Standing } from "./SetupStanding";

const MINUTES_MAX = 480;

const FIRST: Omit<MeetingForm, "attendees" | "facilitators"> = {
  weekday: 2,
  time: "09:30",
  minutes: 45,
  place: "",
  link: "",
  standing: [],
};

interface SetupDialogProps {
  /** What is in force; nothing before anybody set it up. */
  form: MeetingForm | null;
  close: () => void;
}

/** When the weekly meeting is, who comes, who facilitates in turn, what is on every agenda. */
export function SetupDialog({ form, close }: SetupDialogProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: common } = useTranslation();
  const weekdays = useWeekdays();
  const people = usePeople().filter((person) => person.left === null);
  const heads = people.filter((person) => person.roles.includes("head")).map((person) => person.id);
  const set = useAct(commands.meetingSet, { inline: true });
  const [draft, setDraft] = useState<MeetingForm>(
    form ?? { ...FIRST, attendees: heads, facilitators: heads },
  );
  const change = (part: Partial<MeetingForm>): void => setDraft((before) => ({ ...before, ...part }));
  const [asked, setAsked] = useState(false);
  const missing = {
    time: draft.time.trim() === "",
    attendees: draft.attendees.length === 0,
    standing: draft.standing.some((item) => item.title.trim() === ""),
  };
  const fault = (name: string, isMissing = false): string | undefined =>
    asked && isMissing ? t("needed") : set.error?.field(name);
  const act = async (): Promise<void> => {
    setAsked(true);
    if (missing.time || missing.attendees || missing.standing) return;
    if ((await set.run(draft)) === undefined) return;
    toast(t("setUp.saved"));
    close();
  };
  return (
    <Dialog
      title={t("setUp.title")}
      wide
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={set.pending} onPress={() => void act()}>
            {common("save")}
          </Button>
        </>
      }
    >
      {set.error ? <Fault error={set.error} /> : null}
      <div className={styles.fields}>
        <Select
          label={t("setUp.weekday")}
          choices={weekdays}
          value={String(draft.weekday)}
          onChange={(weekday) => change({ weekday: Number(weekday) })}
        />
        <TextField
          label={t("setUp.time")}
          value={draft.time}
          onChange={(time) => change({ time })}
          placeholder="09:30"
          error={fault("time", missing.time)}
        />
        <NumberField
          label={t("setUp.minutes")}
          min={5}
          max={MINUTES_MAX}
          value={draft.minutes}
          onChange={(minutes) => change({ minutes: minutes ?? draft.minutes })}
          error={fault("minutes")}
        />
      </div>
      <div className={styles.fields}>
        <TextField
          label={t("setUp.place")}
          value={draft.place}
          onChange={(place) => change({ place })}
          error={fault("place")}
        />
        <TextField
          label={t("setUp.link")}
          hint={t("setUp.linkHint")}
          value={draft.link}
          onChange={(link) => change({ link })}
          error={fault("link")}
        />
      </div>
      <People people={people} draft={draft} change={change} error={fault("attendees", missing.attendees)} />
      <Facilitators people={people} draft={draft} change={change} />
      <Standing
        items={draft.standing}
        change={(standing) => change({ standing })}
        error={fault("standing", missing.standing)}
      />
    </Dialog>
  );
}
