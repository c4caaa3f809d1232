import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type KeptView, type KpiKind, type RetirementView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, Notice, TextField, toast } from "../../components";
import { useFormat } from "../../i18n/format";
import styles from "./Definition.module.css";

interface RetirementProps {
  kpi: KpiKind;
  name: string;
  retirement: RetirementView;
  takeOff: () => void;
  pending: boolean;
}

/** Nobody talks about a KPI: the evidence, and the two answers. */
export function Retirement({ kpi, name, retirement, takeOff, pending }: RetirementProps): ReactNode {
  const { t } = useTranslation("definition");
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const { last_discussed: last, held: count, weeks } = retirement;
  return (
    <Notice
      tone="warn"
      actions={
        <div className={styles.actions}>
          <Button
            aria-label={t("retirement.keepOf", { name })}
            onPress={() => setAsking(true)}
            isDisabled={pending}
          >
            {t("retirement.keep")}
          </Button>
          <Button aria-label={t("takeOffOf", { name })} onPress={takeOff} isPending={pending}>
            {t("takeOff")}
          </Button>
        </div>
      }
    >
      <p>
        <strong>{t("retirement.title")}</strong> {t("retirement.evidence", { count, weeks })}{" "}
        {last === null ? t("retirement.never") : t("retirement.last", { day: format.day(last) })}
      </p>
      <p>{t("retirement.rule")}</p>
      {asking ? <KeepDialog kpi={kpi} name={name} weeks={weeks} close={() => setAsking(false)} /> : null}
    </Notice>
  );
}

/** Why a KPI stays that nobody talks about. */
export function Kept({ kept }: { kept: KeptView }): ReactNode {
  const { t } = useTranslation("definition");
  const format = useFormat();
  return (
    <p className={styles.quiet}>
      {t("retirement.kept", {
        day: format.moment(kept.at),
        name: kept.by ?? t("retirement.someone"),
        reason: kept.reason,
        again: format.day(kept.asked_again),
      })}
    </p>
  );
}

interface KeepProps {
  kpi: KpiKind;
  name: string;
  weeks: number;
  close: () => void;
}

function KeepDialog({ kpi, name, weeks, close }: KeepProps): ReactNode {
  const { t } = useTranslation("definition");
  const { t: common } = useTranslation();
  const keep = useAct(commands.definitionKeep, { inline: true });
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const isMissing = reason.trim() === "";
  const refused = keep.error?.fields.find((one) => one.field === "reason")?.words;
  const send = async (): Promise<void> => {
    setAsked(true);
    if (isMissing || (await keep.run(kpi, reason.trim())) === undefined) return;
    toast(t("retirement.done", { name }));
    close();
  };
  return (
    <Dialog
      title={t("retirement.keepTitle", { name })}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={keep.pending} onPress={() => void send()}>
            {t("retirement.confirm")}
          </Button>
        </>
      }
    >
      <p>{t("retirement.keepWords", { weeks })}</p>
      {keep.error && refused === undefined ? <Notice tone="bad">{keep.error.message}</Notice> : null}
      <TextField
        label={t("retirement.reason")}
        hint={t("retirement.reasonHint")}
        required
        autoFocus
        rows={3}
        value={reason}
        onChange={setReason}
        error={asked && isMissing ? t("retirement.needed") : refused}
      />
    </Dialog>
  );
}
