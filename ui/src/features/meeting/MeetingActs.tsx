import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MeetingLine } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, NumberField, TextField } from "../../components";
import { DayField } from "../../components/DayField";
import { useFormat } from "../../i18n/format";
import { ReasonDialog } from "../workspace/ReasonDialog";
import { Fault } from "../workspace/FaultWords";
import styles from "./Meeting.module.css";

const MINUTES_MAX = 480;

/** Moves one meeting, cancels it, or lets it be as usual again. */
export function MeetingActs({ meeting }: { meeting: MeetingLine }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const cancel = useAct(commands.meetingCancel);
  const restore = useAct(commands.meetingRestore);
  const [opened, setOpened] = useState<"move" | "cancel" | null>(null);
  const day = format.dayShort(meeting.day);
  const close = (): void => setOpened(null);
  const isOpen = meeting.state === "drafting" || meeting.state === "frozen";
  const isSpecial = meeting.state === "cancelled" || meeting.moved_from !== null;
  return (
    <>
      {isOpen ? (
        <>
          <Button look="quiet" aria-label={t("act.moveOf", { day })} onPress={() => setOpened("move")}>
            {t("act.move")}
          </Button>
          <Button look="quiet" aria-label={t("act.cancelOf", { day })} onPress={() => setOpened("cancel")}>
            {t("act.cancel")}
          </Button>
        </>
      ) : null}
      {isSpecial ? (
        <Button
          look="quiet"
          aria-label={t("act.restoreOf", { day })}
          isPending={restore.pending}
          onPress={() => void restore.run(meeting.meeting)}
        >
          {t("act.restore")}
        </Button>
      ) : null}
      {opened === "move" ? <MoveDialog meeting={meeting} close={close} /> : null}
      <ReasonDialog
        title={t("cancelDialog.title", { day: format.day(meeting.day) })}
        words={t("cancelDialog.words")}
        confirm={t("cancelDialog.action")}
        open={opened === "cancel"}
        pending={cancel.pending}
        onClose={close}
        onConfirm={async (reason) => (await cancel.run(meeting.meeting, reason)) !== undefined}
      />
    </>
  );
}

function MoveDialog({ meeting, close }: { meeting: MeetingLine; close: () => void }): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: common } = useTranslation();
  const format = useFormat();
  const move = useAct(commands.meetingMove, { inline: true });
  const [day, setDay] = useState<string | null>(meeting.day);
  const [time, setTime] = useState(meeting.time);
  const [minutes, setMinutes] = useState<number | null>(meeting.minutes);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const fault = (name: string, missing: boolean): string | undefined =>
    asked && missing ? t("needed") : move.error?.field(name);
  const act = async (): Promise<void> => {
    setAsked(true);
    if (day === null || minutes === null || time.trim() === "" || reason.trim() === "") return;
    if ((await move.run(meeting.meeting, day, time.trim(), minutes, reason.trim())) !== undefined) close();
  };
  return (
    <Dialog
      title={t("moveDialog.title", { day: format.day(meeting.day) })}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={move.pending} onPress={() => void act()}>
            {t("moveDialog.action")}
          </Button>
        </>
      }
    >
      {move.error && move.error.fields.length === 0 ? <Fault error={move.error} /> : null}
      <div className={styles.fields}>
        <DayField
          label={t("moveDialog.day")}
          value={day}
          onChange={setDay}
          error={fault("day", day === null)}
        />
        <TextField
          label={t("setUp.time")}
          value={time}
          onChange={setTime}
          placeholder="09:30"
          error={fault("time", time.trim() === "")}
        />
        <NumberField
          label={t("setUp.minutes")}
          min={5}
          max={MINUTES_MAX}
          value={minutes}
          onChange={setMinutes}
          error={fault("minutes", minutes === null)}
        />
      </div>
      <TextField
        label={common("reason")}
        required
        value={reason}
        onChange={setReason}
        error={fault("reason", reason.trim() === "")}
      />
    </Dialog>
  );
}
