import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type TruthRow } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, Dialog, Select, Skeleton, TextField } from "../../components";
import { useFieldName } from "../order/fields";
import { Fault } from "../workspace/FaultWords";
import styles from "./Truth.module.css";

interface TruthDialogProps {
  id: string;
  row: TruthRow;
  systems: readonly string[];
  close: () => void;
}

/** Where a field is entered first, whose word counts, who answers for it. */
export function TruthDialog({ id, row, systems, close }: TruthDialogProps): ReactNode {
  const { t } = useTranslation("truth");
  const { t: common } = useTranslation();
  const fieldName = useFieldName();
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const keep = useAct(commands.truthSet, { inline: true });
  const [origin, setOrigin] = useState(row.origin);
  const [record, setRecord] = useState<string>(row.record);
  const [owner, setOwner] = useState<string | null>(row.owner);
  const [asked, setAsked] = useState(false);
  const people = (workspace.data?.people ?? []).filter((person) => person.left === null);
  const needed = (missing: boolean): string | undefined => (asked && missing ? t("form.needed") : undefined);
  const send = async (): Promise<void> => {
    setAsked(true);
    if (origin.trim() === "" || owner === null) return;
    const truth = { field: row.field, origin: origin.trim(), record, owner };
    if ((await keep.run(id, truth)) !== undefined) close();
  };
  return (
    <Dialog
      title={t("form.title", { field: fieldName(row.field) })}
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
        {keep.error ? <Fault error={keep.error} /> : null}
        <TextField
          label={t("map.origin")}
          hint={t("form.originHint")}
          value={origin}
          onChange={setOrigin}
          error={needed(origin.trim() === "")}
        />
        <Select
          label={t("map.record")}
          hint={systems.length > 1 ? t("form.recordHint") : t("form.recordAlone")}
          choices={systems.map((system) => ({ value: system, label: system }))}
          value={record}
          onChange={setRecord}
        />
        {workspace.data ? (
          <Select
            label={t("map.owner")}
            hint={t("form.ownerHint")}
            choices={people.map((person) => ({ value: person.id, label: person.name }))}
            value={owner}
            onChange={setOwner}
            error={needed(owner === null)}
          />
        ) : (
          <Skeleton height="4rem" />
        )}
      </div>
    </Dialog>
  );
}
