import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, Checkbox, Dialog, ErrorState, Skeleton, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";
import styles from "./Drills.module.css";

/** Who took part in an outage, and what was learned: with that its record is closed. */
export function ClosingDialog({ id, close }: { id: string; close: () => void }): ReactNode {
  const { t } = useTranslation("drill");
  const { t: common } = useTranslation();
  const workspace = useRead(["workspace"], () => commands.workspaceRead());
  const keep = useAct(commands.outageClose, { inline: true });
  const [people, setPeople] = useState<string[]>([]);
  const [learned, setLearned] = useState("");
  const [asked, setAsked] = useState(false);
  const here = (workspace.data?.people ?? []).filter((person) => person.left === null);
  const act = async (): Promise<void> => {
    setAsked(true);
    if (people.length === 0 || learned.trim() === "") return;
    if ((await keep.run(id, { took_part: people, learned: learned.trim() })) !== undefined) close();
  };
  return (
    <Dialog
      title={t("closing.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={keep.pending} onPress={() => void act()}>
            {t("closing.action")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {keep.error ? <Fault error={keep.error} /> : null}
        {workspace.error && !workspace.data ? (
          <ErrorState error={workspace.error} retry={() => void workspace.refetch()} />
        ) : null}
        {!workspace.data && !workspace.error ? <Skeleton height="6rem" /> : null}
        <fieldset className={styles.people}>
          <legend>{t("closing.people")}</legend>
          {here.map((person) => (
            <Checkbox
              key={person.id}
              selected={people.includes(person.id)}
              onChange={(on) =>
                setPeople((before) =>
                  on ? [...before, person.id] : before.filter((one) => one !== person.id),
                )
              }
            >
              {person.name}
            </Checkbox>
          ))}
          {asked && people.length === 0 ? <p role="alert">{t("closing.needed")}</p> : null}
        </fieldset>
        <TextField
          label={t("closing.learned")}
          rows={3}
          required
          value={learned}
          onChange={setLearned}
          error={asked && learned.trim() === "" ? t("closing.needed") : undefined}
        />
      </div>
    </Dialog>
  );
}
