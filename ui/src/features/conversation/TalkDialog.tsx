import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type ThreadView, type Way } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Checkbox, Dialog, Segments, TextField, toast } from "../../components";
import { useWorkspace } from "../frame/start";
import { Fault } from "../workspace/FaultWords";
import styles from "./Dialogs.module.css";

/** Ways to talk, the nearest first. */
export const WAYS: readonly Way[] = ["call", "walk", "agenda"];

/** What is asked: that people talk, or what came of it when they had. */
export type TalkKind = "propose" | "met";

interface TalkDialogProps {
  thread: ThreadView;
  kind: TalkKind;
  way: Way;
  close: () => void;
}

/** Proposes to talk instead of writing on, or notes that people did. */
export function TalkDialog({ thread, kind, way: proposed, close }: TalkDialogProps): ReactNode {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation();
  const { people, me } = useWorkspace();
  const propose = useAct(commands.talkPropose, { inline: true });
  const met = useAct(commands.threadMet, { inline: true });
  const [way, setWay] = useState(proposed);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(thread.people.filter((person) => person.id !== me).map((person) => person.id)),
  );
  const [words, setWords] = useState("");
  const [asked, setAsked] = useState(false);
  const here = people.filter((person) => person.left === null && person.id !== me);
  const act = kind === "met" ? met : propose;
  // The agenda is everybody's; a call or a walk needs somebody at its other end.
  const nobody = way !== "agenda" && chosen.size === 0;
  const silent = kind === "met" && words.trim() === "";
  const send = async (): Promise<void> => {
    setAsked(true);
    if (nobody || silent) return;
    if ((await act.run(thread.thread, way, [...chosen], words.trim())) === undefined) return;
    toast(kind === "met" ? t("talk.metDone") : t("talk.done"));
    close();
  };
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <Dialog
      title={kind === "met" ? t("talk.metTitle") : t("talk.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={act.pending} onPress={() => void send()}>
            {kind === "met" ? t("talk.metSend") : t("talk.send")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {act.error ? <Fault error={act.error} /> : null}
        <Segments
          label={t("talk.way")}
          choices={WAYS.map((each) => ({ value: each, label: t(`way.${each}`) }))}
          value={way}
          onChange={setWay}
        />
        <fieldset className={styles.people}>
          <legend>{t("talk.with")}</legend>
          {here.length === 0 ? <p className={styles.quiet}>{t("talk.nobody")}</p> : null}
          {here.map((person) => (
            <Checkbox
              key={person.id}
              selected={chosen.has(person.id)}
              onChange={(on) => toggle(person.id, on)}
            >
              {person.name}
            </Checkbox>
          ))}
          {asked && nobody ? (
            <p className={styles.error} role="alert">
              {t("talk.whoNeeded")}
            </p>
          ) : null}
        </fieldset>
        <TextField
          label={kind === "met" ? t("talk.metWords") : t("talk.words")}
          rows={3}
          required={kind === "met"}
          value={words}
          onChange={setWords}
          error={asked && silent ? t("talk.wordsNeeded") : undefined}
        />
      </div>
    </Dialog>
  );
}
