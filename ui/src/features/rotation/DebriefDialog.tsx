import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type VisitView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";
import { PeopleChips } from "./PeopleChips";

/** What a visitor brings home. */
export function DebriefDialog({ visit, close }: { visit: VisitView; close: () => void }): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const write = useAct(commands.debriefWrite, { inline: true });
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
      <PeopleChips
        label={t("debrief.thank")}
        chosen={thanks}
        change={setThanks}
        error={write.error?.field("thanks")}
      />
    </Dialog>
  );
}
