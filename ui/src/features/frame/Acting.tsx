import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type WorkspaceView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, ComboBox, Dialog } from "../../components";
import { Fault } from "../workspace/FaultWords";
import styles from "./Frame.module.css";

/** The way to act under another name on a shared computer. */
export function ActFor({ workspace }: { workspace: WorkspaceView }): ReactNode {
  const { t } = useTranslation("frame");
  const [open, setOpen] = useState(false);
  const others = workspace.people.filter((person) => person.left === null && person.id !== workspace.me);
  if (others.length === 0) return null;
  return (
    <>
      <button type="button" className={styles.link} onClick={() => setOpen(true)}>
        {t("acting.choose")}
      </button>
      {open ? <ActDialog others={others} close={() => setOpen(false)} /> : null}
    </>
  );
}

function ActDialog({ others, close }: { others: WorkspaceView["people"]; close: () => void }): ReactNode {
  const { t } = useTranslation("frame");
  const { t: common } = useTranslation();
  const choose = useAct(commands.actingChoose, { inline: true });
  const [person, setPerson] = useState<string | null>(null);
  const act = async (): Promise<void> => {
    if (person !== null && (await choose.run(person)) !== undefined) close();
  };
  return (
    <Dialog
      title={t("acting.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button
            look="primary"
            isDisabled={person === null}
            isPending={choose.pending}
            onPress={() => void act()}
          >
            {t("acting.confirm")}
          </Button>
        </>
      }
    >
      <p>{t("acting.lead")}</p>
      {choose.error ? <Fault error={choose.error} /> : null}
      <ComboBox
        label={t("acting.person")}
        choices={others.map((other) => ({ value: other.id, label: other.name }))}
        value={person}
        onChange={setPerson}
      />
    </Dialog>
  );
}

/** Says on every page that somebody acts under another name, and how that ends. */
export function ActingStrip({ workspace }: { workspace: WorkspaceView }): ReactNode {
  const { t } = useTranslation("frame");
  const choose = useAct(commands.actingChoose);
  const acting = workspace.acting_for;
  if (acting === null) return null;
  const nameOf = (id: string | null): string | undefined =>
    workspace.people.find((person) => person.id === id)?.name;
  const name = nameOf(acting) ?? acting;
  const owner = nameOf(workspace.me);
  return (
    <div className={styles.acting} role="status">
      <span>{owner ? t("acting.strip", { name, owner }) : t("acting.stripNobody", { name })}</span>
      <Button look="quiet" isPending={choose.pending} onPress={() => void choose.run(null)}>
        {t("acting.stop")}
      </Button>
    </div>
  );
}
