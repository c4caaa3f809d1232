import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { type CadenceView, commands, type Cost, type ScheduleChoice } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { classes } from "../../components/classes";
import { Dialog } from "../../components/Dialog";
import { NumberField, Select, TextField } from "../../components/Field";
import { Skeleton } from "../../components/State";
import { toast } from "../../components/toast";
import { useLanguage } from "../../i18n/format";
import { Fault } from "../workspace/FaultWords";
import { cadenceOf, keyOf, useCadenceChoices, useWeekdays } from "./cadence";
import styles from "./Integration.module.css";

const COSTS = ["nothing", "little", "much", "line_stops"] as const satisfies readonly Cost[];

interface ScheduleDialogProps {
  id: string;
  name: string;
  /** What is in force. */
  chosen: ScheduleChoice | null;
  close: () => void;
}

/** Two costs lead to a proposal; the person takes it or chooses otherwise. */
export function ScheduleDialog({ id, name, chosen, close }: ScheduleDialogProps): ReactNode {
  const { t } = useTranslation("schedule");
  const language = useLanguage();
  const [delay, setDelay] = useState<Cost>(chosen?.delay ?? "little");
  const [error, setError] = useState<Cost>(chosen?.error ?? "little");
  // Nothing: the proposal is followed.
  const [own, setOwn] = useState<CadenceView | null>(chosen?.cadence ?? null);
  const [warn, setWarn] = useState<number | null>(chosen?.warn_hours ?? null);
  const [late, setLate] = useState<number | null>(chosen?.late_hours ?? null);
  const choose = useAct(commands.scheduleChoose, { inline: true });
  // A time that is still being typed changes nothing about thresholds.
  const lookedAt = own === null ? null : cadenceOf(keyOf(own), null);
  const proposal = useRead(
    ["schedule-proposal", language, delay, error, lookedAt],
    () => commands.schedulePropose(language, delay, error, lookedAt),
    { keep: true },
  );
  const proposed = proposal.data;
  const cadence = own ?? proposed?.cadence ?? null;
  const faults = [...(proposal.error?.fields ?? []), ...(choose.error?.fields ?? [])];
  const fault = (field: string): string | undefined => faults.find((one) => one.field === field)?.words;
  const set = (next: CadenceView | null): void => {
    choose.reset();
    setOwn(next);
    if (next !== null && cadence !== null && keyOf(next) === keyOf(cadence)) return;
    // Other thresholds suit another cadence.
    setWarn(null);
    setLate(null);
  };
  const hours = { warn: warn ?? proposed?.warn_hours ?? null, late: late ?? proposed?.late_hours ?? null };
  const isFollowed = own === null || (proposed && keyOf(own) === keyOf(proposed.cadence));
  const save = async (): Promise<void> => {
    if (cadence === null || hours.warn === null || hours.late === null) return;
    const choice = { cadence, delay, error, warn_hours: hours.warn, late_hours: hours.late };
    if ((await choose.run(language, id, choice)) === undefined) return;
    toast(t("dialog.saved"));
    close();
  };
  const costs = COSTS.map((cost) => ({ value: cost, label: t(`cost.${cost}`) }));
  const isTold = choose.error && choose.error.fields.length === 0;
  return (
    <Dialog
      title={t("dialog.title", { name })}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{t("dialog.cancel")}</Button>
          <Button
            look="primary"
            isPending={choose.pending}
            isDisabled={cadence === null || hours.warn === null || hours.late === null}
            onPress={() => void save()}
          >
            {t("dialog.save")}
          </Button>
        </>
      }
    >
      {isTold && choose.error ? <Fault error={choose.error} /> : null}
      <div className={classes(styles.two, styles.questions)}>
        <Select label={t("dialog.delay")} choices={costs} value={delay} onChange={setDelay} />
        <Select label={t("dialog.error")} choices={costs} value={error} onChange={setError} />
      </div>
      <div className={styles.proposal} aria-live="polite">
        <strong>{t("dialog.proposal")}</strong>
        {proposed ? <p>{proposed.reason}</p> : <Skeleton height="2.6rem" />}
        {isFollowed ? null : (
          <Button look="quiet" onPress={() => set(null)}>
            {t("dialog.take")}
          </Button>
        )}
      </div>
      {cadence === null ? null : <CadenceFields cadence={cadence} change={set} fault={fault} />}
      <fieldset className={styles.thresholds}>
        <legend>{t("dialog.thresholds")}</legend>
        <div className={styles.two}>
          <NumberField
            label={t("dialog.warn")}
            value={hours.warn}
            onChange={(next) => {
              choose.reset();
              setWarn(next);
            }}
            min={0}
            error={fault("warn")}
          />
          <NumberField
            label={t("dialog.late")}
            value={hours.late}
            onChange={(next) => {
              choose.reset();
              setLate(next);
            }}
            min={0}
            error={fault("late")}
          />
        </div>
      </fieldset>
    </Dialog>
  );
}

function CadenceFields(props: {
  cadence: CadenceView;
  change: (next: CadenceView) => void;
  fault: (field: string) => string | undefined;
}): ReactNode {
  const { cadence, change, fault } = props;
  const { t } = useTranslation("schedule");
  const choices = useCadenceChoices(cadence);
  const weekdays = useWeekdays();
  return (
    <>
      <Select
        label={t("dialog.cadence")}
        choices={choices}
        value={keyOf(cadence)}
        onChange={(key) => change(cadenceOf(key, cadence))}
        error={fault("minutes")}
      />
      {cadence.kind === "daily" || cadence.kind === "weekly" ? (
        <div className={styles.two}>
          {cadence.kind === "weekly" ? (
            <Select
              label={t("dialog.weekday")}
              choices={weekdays}
              value={String(cadence.weekday)}
              onChange={(day) => change({ ...cadence, weekday: Number(day) })}
              error={fault("weekday")}
            />
          ) : null}
          <TextField
            label={t("dialog.time")}
            hint={t("dialog.timeHint")}
            value={cadence.time ?? ""}
            onChange={(time) => change({ ...cadence, time })}
            error={fault("time")}
          />
        </div>
      ) : null}
    </>
  );
}
