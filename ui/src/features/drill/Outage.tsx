import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type DrillPage, type IntegrationCard, type OutageView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Dialog, Icon, NumberField, TextField } from "../../components";
import { useFormat } from "../../i18n/format";
import { Fault } from "../workspace/FaultWords";
import { ClosingDialog } from "./ClosingDialog";
import styles from "./Drills.module.css";
import { Notes } from "./Notes";

/** An outage: how to begin it, what is under way, and what its record still needs. */
export function Outage({ card, page }: { card: IntegrationCard; page: DrillPage }): ReactNode {
  const { t } = useTranslation("drill");
  const [beginning, setBeginning] = useState(false);
  return (
    <section className={styles.part} aria-label={t("outage.title")}>
      <h2>{t("outage.title")}</h2>
      {page.outage === null ? <p>{t("outage.lead")}</p> : null}
      {page.fallback === "" ? (
        <p className={styles.quiet}>{t("outage.noFallback")}</p>
      ) : (
        <p>
          <strong className={styles.label}>{t("outage.fallback")}</strong>
          {page.fallback}
        </p>
      )}
      {page.outage === null ? (
        <div className={styles.actions}>
          <Button isDisabled={page.fallback === "" || !page.may_decide} onPress={() => setBeginning(true)}>
            {t("outage.begin")}
          </Button>
          {page.may_decide ? null : <span className={styles.quiet}>{t("outage.mayNot")}</span>}
        </div>
      ) : (
        <Open card={card} page={page} outage={page.outage} />
      )}
      {beginning ? <BeginDialog card={card} page={page} close={() => setBeginning(false)} /> : null}
    </section>
  );
}

function Open(props: { card: IntegrationCard; page: DrillPage; outage: OutageView }): ReactNode {
  const { t } = useTranslation("drill");
  const format = useFormat();
  const { card, page, outage } = props;
  const end = useAct(commands.outageEnd);
  const [closing, setClosing] = useState(false);
  return (
    <div className={styles.open}>
      <p className={styles.state}>
        <Icon name="clock" />
        <strong>
          {outage.is_cut ? t("outage.cut", { when: format.moment(outage.over) }) : t("outage.over")}
        </strong>
        <span className={styles.quiet}>
          {t("outage.since", { when: format.moment(outage.began) })}
          {outage.by === null ? null : ` · ${t("outage.by", { name: outage.by })}`}
        </span>
      </p>
      {outage.purpose === "" ? null : <p>{outage.purpose}</p>}
      <NoteForm id={card.id} />
      {outage.notes.length === 0 ? (
        <p className={styles.quiet}>{t("outage.noNotes")}</p>
      ) : (
        <Notes notes={outage.notes} />
      )}
      {outage.record === null ? null : (
        <>
          <strong>{t("outage.record")}</strong>
          <ul className={styles.sentences}>
            {outage.record.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      {!outage.is_cut && outage.record === null ? <p>{t("outage.pullFirst")}</p> : null}
      <div className={styles.actions}>
        {outage.is_cut ? (
          <Button isDisabled={!page.may_decide} isPending={end.pending} onPress={() => void end.run(card.id)}>
            {t("outage.end")}
          </Button>
        ) : null}
        {!outage.is_cut && outage.record !== null ? (
          <Button look="primary" onPress={() => setClosing(true)}>
            {t("outage.close")}
          </Button>
        ) : null}
      </div>
      {closing ? <ClosingDialog id={card.id} close={() => setClosing(false)} /> : null}
    </div>
  );
}

function NoteForm({ id }: { id: string }): ReactNode {
  const { t } = useTranslation("drill");
  const keep = useAct(commands.outageNote, { inline: true });
  const [words, setWords] = useState("");
  const send = async (): Promise<void> => {
    if (words.trim() === "") return;
    if ((await keep.run(id, words.trim())) !== undefined) setWords("");
  };
  return (
    <div className={styles.note}>
      {keep.error ? <Fault error={keep.error} /> : null}
      <TextField label={t("outage.note")} rows={2} value={words} onChange={setWords} />
      <Button isDisabled={words.trim() === ""} isPending={keep.pending} onPress={() => void send()}>
        {t("outage.noteAdd")}
      </Button>
    </div>
  );
}

const MINUTES_AN_HOUR = 60;

function BeginDialog(props: { card: IntegrationCard; page: DrillPage; close: () => void }): ReactNode {
  const { t } = useTranslation("drill");
  const { t: common } = useTranslation();
  const { card, page, close } = props;
  const begin = useAct(commands.outageBegin, { inline: true });
  const [hours, setHours] = useState<number | null>(4);
  const [purpose, setPurpose] = useState("");
  const [least, most] = page.minutes;
  const act = async (): Promise<void> => {
    if (hours === null) return;
    const draft = { minutes: Math.round(hours * MINUTES_AN_HOUR), purpose: purpose.trim() };
    if ((await begin.run(card.id, draft)) !== undefined) close();
  };
  return (
    <Dialog
      title={t("begin.title", { name: card.name })}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={begin.pending} onPress={() => void act()}>
            {t("begin.action")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("begin.lead")}</p>
        {begin.error ? <Fault error={begin.error} /> : null}
        <NumberField
          label={t("begin.hours")}
          min={least / MINUTES_AN_HOUR}
          max={most / MINUTES_AN_HOUR}
          value={hours}
          onChange={setHours}
        />
        <TextField
          label={t("begin.purpose")}
          hint={t("begin.purposeHint")}
          rows={2}
          value={purpose}
          onChange={setPurpose}
        />
      </div>
    </Dialog>
  );
}
