import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type VisitView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, ComboBox, Dialog, TextField } from "../../components";
import { usePeopleChoices } from "../meeting/words";
import { Fault } from "../workspace/FaultWords";
import styles from "./Rotation.module.css";

/** What a visitor brings home. */
export function DebriefDialog({ visit, close }: { visit: VisitView; close: () => void }): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const write = useAct(commands.debriefWrite, { inline: true });
  const people = usePeopleChoices();
  const known = visit.debrief;
  const [saw, setSaw] = useState(known?.saw ?? "");
  const [surprised, setSurprised] = useState(known?.surprised ?? "");
  const [change, setChange] = useState(known?.change ?? "");
  const [thanks, setThanks] = useState<readonly string[]>(known?.thanks ?? []);
  const act = async (): Promise<void> => {
    const { rotation, placement } = visit;
    const form = { rotation, placement, saw, surprised, change, thanks: [...thanks] };
    if ((await write.run(form)) !== undefined) close();
  };
  return (
    <Dialog
      title={t("debrief.title", { host: visit.host_name })}
      open
      wide
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={write.pending} onPress={() => void act()}>
            {common("save")}
          </Button>
        </>
      }
    >
      {write.error ? <Fault error={write.error} /> : null}
      <TextField
        label={t("debrief.saw")}
        rows={4}
        required
        autoFocus
        value={saw}
        onChange={setSaw}
        error={write.error?.field("saw")}
      />
      <TextField
        label={t("debrief.surprised")}
        rows={3}
        value={surprised}
        onChange={setSurprised}
        error={write.error?.field("surprised")}
      />
      <TextField
        label={t("debrief.change")}
        rows={3}
        value={change}
        onChange={setChange}
        error={write.error?.field("change")}
      />
      <ComboBox
        label={t("debrief.thank")}
        choices={people.filter((person) => !thanks.includes(person.value))}
        value={null}
        onChange={(person) => setThanks([...thanks, person])}
        placeholder={common("choose")}
        error={write.error?.field("thanks")}
      />
      {thanks.length > 0 ? (
        <div className={styles.actions}>
          {thanks.map((id) => {
            const name = people.find((person) => person.value === id)?.label ?? id;
            return (
              <Button
                key={id}
                look="quiet"
                aria-label={t("debrief.unthank", { name })}
                onPress={() => setThanks(thanks.filter((one) => one !== id))}
              >
                {name} ×
              </Button>
            );
          })}
        </div>
      ) : null}
    </Dialog>
  );
}
