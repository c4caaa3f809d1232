import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type CheckpointSettings, type PersonView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Checkbox, Dialog, NumberField, Select, Switch, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";
import styles from "./Checkpoint.module.css";

interface SettingsDialogProps {
  id: string;
  settings: CheckpointSettings | null;
  people: PersonView[];
  close: () => void;
}

/** What may move unseen, who decides, and what happens when nobody does. */
export function SettingsDialog({ id, settings, people, close }: SettingsDialogProps): ReactNode {
  const { t } = useTranslation("checkpoint");
  const { t: common } = useTranslation();
  const keep = useAct(commands.checkpointSet, { inline: true });
  const [isOn, setIsOn] = useState(settings?.is_on ?? true);
  const [approver, setApprover] = useState<string | null>(settings?.approver ?? null);
  const [points, setPoints] = useState<number | null>(settings?.points ?? 2);
  const [ranges, setRanges] = useState<number | null>(settings?.ranges ?? 1);
  const [holdsWarnings, setHoldsWarnings] = useState(settings?.holds_warnings ?? true);
  const [fourEyes, setFourEyes] = useState(settings?.four_eyes ?? false);
  const [hours, setHours] = useState<number | null>(settings?.hours ?? null);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const needed = (missing: boolean): string | undefined => (asked && missing ? t("form.needed") : undefined);
  const here = people.filter((person) => person.left === null || person.id === settings?.approver);
  const send = async (): Promise<void> => {
    setAsked(true);
    if (approver === null || points === null || ranges === null || reason.trim() === "") return;
    const next = {
      is_on: isOn,
      approver,
      points,
      ranges,
      holds_warnings: holdsWarnings,
      four_eyes: fourEyes,
      hours,
    };
    if ((await keep.run(id, next, reason.trim())) !== undefined) close();
  };
  return (
    <Dialog
      title={t("form.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={keep.pending} onPress={() => void send()}>
            {t("form.keep")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("form.lead")}</p>
        {keep.error ? <Fault error={keep.error} /> : null}
        <Switch selected={isOn} onChange={setIsOn}>
          {t("form.isOn")}
        </Switch>
        <Select
          label={t("form.approver")}
          choices={here.map((person) => ({ value: person.id, label: person.name }))}
          value={approver}
          onChange={setApprover}
          error={needed(approver === null)}
        />
        <NumberField
          label={t("form.points")}
          hint={t("form.pointsHint")}
          min={0}
          max={100}
          value={points}
          onChange={setPoints}
          error={needed(points === null)}
        />
        <NumberField
          label={t("form.ranges")}
          hint={t("form.rangesHint")}
          min={0}
          max={100}
          value={ranges}
          onChange={setRanges}
          error={needed(ranges === null)}
        />
        <Checkbox selected={holdsWarnings} onChange={setHoldsWarnings}>
          {t("form.warnings")}
        </Checkbox>
        <Checkbox selected={fourEyes} onChange={setFourEyes}>
          {t("form.fourEyes")}
        </Checkbox>
        <NumberField
          label={t("form.hours")}
          hint={t("form.hoursHint")}
          min={1}
          max={8760}
          value={hours}
          onChange={setHours}
        />
        <TextField
          label={common("reason")}
          rows={2}
          required
          value={reason}
          onChange={setReason}
          error={needed(reason.trim() === "")}
        />
      </div>
    </Dialog>
  );
}
