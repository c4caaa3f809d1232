import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type HandField } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Checkbox, Dialog, TextField, toast } from "../../components";
import { DayField } from "../../components/DayField";
import { useFieldName } from "../order/fields";
import { Fault } from "../workspace/FaultWords";
import styles from "./Hand.module.css";

/** What usually happens to an order that is under way; the rest is shown on demand. */
const USUAL = new Set([
  "order",
  "line",
  "confirmed",
  "produced",
  "shipped",
  "delivered",
  "shipped_quantity",
  "delivered_quantity",
  "invoiced",
  "paid",
]);

/** One order line and what happened to it. */
export function RowDialog(props: { id: string; fields: readonly HandField[]; close: () => void }): ReactNode {
  const { t } = useTranslation("hand");
  const { t: common } = useTranslation();
  const enter = useAct(commands.handEnter, { inline: true });
  const [cells, setCells] = useState<Readonly<Record<string, string>>>({});
  const [note, setNote] = useState("");
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState(false);
  const text = (field: string): string => cells[field] ?? "";
  const set = (field: string, value: string): void => setCells({ ...cells, [field]: value });
  const filled = props.fields.filter((one) => text(one.field).trim() !== "");
  const said = filled.filter((one) => one.field !== "order" && one.field !== "line");
  const faultOf = (field: string): string | undefined => {
    if (field === "order" && asked && text("order").trim() === "") return t("row.orderNeeded");
    return enter.error?.fields.find((fault) => fault.field === `rows.0.${field}`)?.words;
  };
  const send = async (another: boolean): Promise<void> => {
    setAsked(true);
    if (text("order").trim() === "" || said.length === 0) return;
    const row = filled.map((one) => ({ field: one.field, text: text(one.field).trim() }));
    const result = await enter.run(props.id, row, note.trim());
    if (result === undefined) return;
    toast(result.quarantined > 0 ? t("row.waits") : t("row.counts", { order: text("order").trim() }));
    if (another) {
      setCells({});
      setAsked(false);
    } else {
      props.close();
    }
  };
  const shown = props.fields.filter((one) => all || USUAL.has(one.field));
  const general = enter.error?.fields.every((fault) => fault.field.startsWith("rows.")) ? null : enter.error;
  return (
    <Dialog
      title={t("row.title")}
      open
      onClose={props.close}
      foot={
        <>
          <Button onPress={props.close}>{common("cancel")}</Button>
          <Button isPending={enter.pending} onPress={() => void send(true)}>
            {t("row.another")}
          </Button>
          <Button look="primary" isPending={enter.pending} onPress={() => void send(false)}>
            {t("row.enter")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {general ? <Fault error={general} /> : null}
        {asked && text("order").trim() !== "" && said.length === 0 ? (
          <p role="alert">{t("row.nothing")}</p>
        ) : null}
        <div className={styles.fields}>
          {shown.map((one) => (
            <Cell
              key={one.field}
              field={one}
              value={text(one.field)}
              onChange={(value) => set(one.field, value)}
              fault={faultOf(one.field)}
            />
          ))}
        </div>
        {props.fields.length > shown.length || all ? (
          <Checkbox selected={all} onChange={setAll}>
            {t("row.all")}
          </Checkbox>
        ) : null}
        <TextField label={t("row.note")} rows={2} value={note} onChange={setNote} />
      </div>
    </Dialog>
  );
}

function Cell(props: {
  field: HandField;
  value: string;
  onChange: (value: string) => void;
  fault: string | undefined;
}): ReactNode {
  const { t } = useTranslation("hand");
  const fieldName = useFieldName();
  const { field, value, onChange, fault } = props;
  const label = fieldName(field.field);
  if (field.kind === "date") {
    return (
      <DayField
        label={label}
        value={value === "" ? null : value}
        onChange={(day) => onChange(day ?? "")}
        error={fault}
      />
    );
  }
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      error={fault}
      required={field.field === "order"}
      {...(field.kind === "number" ? { hint: t("row.number") } : {})}
      {...(field.field === "line" ? { hint: t("row.line") } : {})}
    />
  );
}
