import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type WinForm } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, Dialog, TextField } from "../../components";
import { DayField } from "../../components/DayField";
import { SuggestField } from "../../components/SuggestField";
import { Fault } from "../workspace/FaultWords";
import styles from "./Win.module.css";

/** A win that nothing is known of yet. */
export const NEW_WIN: WinForm = {
  win: null,
  title: "",
  story: "",
  on: "",
  customer: "",
  orders: "",
  signal: null,
};

interface RecordDialogProps {
  /** What is known already. */
  start: WinForm;
  close: () => void;
  /** What was recorded. */
  done: (win: string) => void;
}

/** A win in a sentence; everything else can wait. */
export function RecordDialog({ start, close, done }: RecordDialogProps): ReactNode {
  const { t } = useTranslation("win");
  const { t: common } = useTranslation();
  const record = useAct(commands.winRecord, { inline: true });
  const [form, setForm] = useState(start);
  const [asked, setAsked] = useState(false);
  // Known customers only help: without them, or while they are read, any name can be written.
  const customers = useRead(["customers"], () => commands.customerList());
  const change = (next: Partial<WinForm>): void => setForm((known) => ({ ...known, ...next }));
  const missing = form.title.trim() === "";
  const fault = (field: string): string | undefined =>
    record.error?.fields.find((one) => one.field === field)?.words;
  const isShown = ["title", "story", "on", "customer", "orders"].some((field) => fault(field) !== undefined);
  const send = async (): Promise<void> => {
    setAsked(true);
    if (missing || record.pending) return;
    const win = await record.run(form);
    if (win !== undefined) done(win);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  // A sentence and Enter are enough; with Control the form hears it anyway.
  const onTitleKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    void send();
  };
  return (
    <Dialog
      title={t(start.win === null ? "record.title" : "record.change")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={record.pending} onPress={() => void send()}>
            {t(start.win === null ? "record.send" : "record.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form} onKeyDown={onKeyDown}>
        {record.error && !isShown ? <Fault error={record.error} /> : null}
        <div onKeyDown={onTitleKeyDown}>
          <TextField
            label={t("record.what")}
            hint={t("record.whatHint")}
            required
            autoFocus
            value={form.title}
            onChange={(title) => change({ title })}
            error={asked && missing ? t("record.whatNeeded") : fault("title")}
          />
        </div>
        <TextField
          label={t("record.orders")}
          hint={t("record.ordersHint")}
          value={form.orders}
          onChange={(orders) => change({ orders })}
          error={fault("orders")}
        />
        <SuggestField
          label={t("record.customer")}
          hint={t("record.customerHint")}
          value={form.customer}
          onChange={(customer) => change({ customer })}
          suggestions={(customers.data ?? []).map(({ name }) => name)}
          error={fault("customer")}
        />
        <DayField
          label={t("record.on")}
          hint={t("record.onHint")}
          value={form.on === "" ? null : form.on}
          onChange={(on) => change({ on: on ?? "" })}
          error={fault("on")}
        />
        <TextField
          label={t("record.story")}
          hint={t("record.storyHint")}
          rows={4}
          value={form.story}
          onChange={(story) => change({ story })}
          error={fault("story")}
        />
      </div>
    </Dialog>
  );
}
