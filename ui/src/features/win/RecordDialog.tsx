import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type WinChange, type WinForm } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, Dialog, TextField } from "../../components";
import { DayField } from "../../components/DayField";
import { SuggestField } from "../../components/SuggestField";
import { Fault } from "../workspace/FaultWords";
import styles from "./Win.module.css";

/** A win that nothing is known of yet. */
export const NEW_WIN: WinForm = {
  title: "",
  story: "",
  on: "",
  customer: "",
  orders: "",
  signal: null,
};

interface RecordDialogProps {
  /** The win that is told in other words; a new one where it is left out. */
  win?: string;
  /** What is known already. */
  start: WinForm;
  close: () => void;
  /** What was recorded. */
  done: (win: string) => void;
}

const FIELDS = ["title", "story", "on", "customer", "orders"] as const;

/** What a person changed: the rest stays as it is, whoever changes it meanwhile. */
function changed(start: WinForm, form: WinForm): WinChange {
  const word = (field: (typeof FIELDS)[number]): string | null =>
    form[field] === start[field] ? null : form[field];
  return {
    title: word("title"),
    story: word("story"),
    on: word("on"),
    customer: word("customer"),
    orders: word("orders"),
  };
}

/** A win in a sentence; everything else can wait. */
export function RecordDialog({ win: known, start, close, done }: RecordDialogProps): ReactNode {
  const { t } = useTranslation("win");
  const { t: common } = useTranslation();
  const record = useAct(commands.winRecord, { inline: true });
  const tell = useAct(commands.winChange, { inline: true });
  const { error, pending } = known === undefined ? record : tell;
  const [form, setForm] = useState(start);
  const [asked, setAsked] = useState(false);
  // Known customers only help: without them, or while they are read, any name can be written.
  const customers = useRead(["customers"], () => commands.customerList());
  const change = (next: Partial<WinForm>): void => setForm((last) => ({ ...last, ...next }));
  const missing = form.title.trim() === "";
  const fault = (field: string): string | undefined =>
    error?.fields.find((one) => one.field === field)?.words;
  const isShown = FIELDS.some((field) => fault(field) !== undefined);
  const send = async (): Promise<void> => {
    setAsked(true);
    if (missing || pending) return;
    if (known === undefined) {
      const win = await record.run(form);
      if (win !== undefined) done(win);
    } else if ((await tell.run(known, changed(start, form))) !== undefined) {
      done(known);
    }
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
      title={t(known === undefined ? "record.title" : "record.change")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={pending} onPress={() => void send()}>
            {t(known === undefined ? "record.send" : "record.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form} onKeyDown={onKeyDown}>
        {error && !isShown ? <Fault error={error} /> : null}
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
