import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MeetingLine, type TurnView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, Select, TextField } from "../../components";
import { useFormat } from "../../i18n/format";
import { Fault } from "../workspace/FaultWords";
import { usePeopleChoices } from "./words";

interface FacilitatorDialogProps {
  meeting: MeetingLine;
  turns: readonly TurnView[];
  /** Who is proposed. */
  suggested?: string;
  close: () => void;
}

/** Who facilitates one meeting out of turn, and why. */
export function FacilitatorDialog({ meeting, turns, suggested, close }: FacilitatorDialogProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: common } = useTranslation();
  const format = useFormat();
  const choose = useAct(commands.facilitatorChoose, { inline: true });
  const everybody = usePeopleChoices();
  const inTurn = turns.map((turn) => turn.person);
  // Those who take turns first, in the order of the turns.
  const people = [
    ...turns.map((turn) => ({ value: turn.person, label: turn.name })),
    ...everybody.filter((person) => !inTurn.includes(person.value)),
  ];
  const [person, setPerson] = useState<string | null>(suggested ?? null);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const missing = reason.trim() === "";
  const act = async (): Promise<void> => {
    setAsked(true);
    if (person === null || missing) return;
    if ((await choose.run(meeting.meeting, person, reason.trim())) !== undefined) close();
  };
  return (
    <Dialog
      title={t("facilitator.title", { day: format.dayShort(meeting.day) })}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={choose.pending} onPress={() => void act()}>
            {t("facilitator.action")}
          </Button>
        </>
      }
    >
      {choose.error ? <Fault error={choose.error} /> : null}
      <p>{t("facilitator.words")}</p>
      <Select
        label={t("facilitator.who")}
        choices={people}
        value={person}
        onChange={setPerson}
        placeholder={common("choose")}
        error={asked && person === null ? t("needed") : choose.error?.field("person")}
      />
      <TextField
        label={common("reason")}
        required
        autoFocus
        value={reason}
        onChange={setReason}
        error={asked && missing ? t("needed") : choose.error?.field("reason")}
      />
    </Dialog>
  );
}
