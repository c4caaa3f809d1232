import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type DebriefView, type VisitView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, TextField, toast } from "../../components";
import { useFormat } from "../../i18n/format";
import { DebriefDialog } from "./DebriefDialog";
import styles from "./Rotation.module.css";

interface DebriefTextProps {
  visit: VisitView;
  /** The level of its heading: one below what it stands under. */
  level?: 2 | 3;
}

/** A debrief with what the host said to it. */
export function DebriefText({ visit, level = 3 }: DebriefTextProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const format = useFormat();
  const [writing, setWriting] = useState(false);
  const { debrief } = visit;
  const Heading = level === 2 ? "h2" : "h3";
  if (debrief === null) return null;
  const said = [
    { label: t("debrief.saw"), text: debrief.saw },
    { label: t("debrief.surprised"), text: debrief.surprised },
    { label: t("debrief.change"), text: debrief.change },
    { label: t("debrief.thank"), text: debrief.thanks_names.join(", ") },
  ];
  return (
    <article className={styles.debrief}>
      <Heading>
        {t("debrief.heading", { visitor: visit.visitor_name, home: visit.home_name, host: visit.host_name })}
      </Heading>
      <p className={styles.quiet}>
        {format.days(visit.from, visit.until)} · {visit.rotation_name}
      </p>
      <dl>
        {said
          .filter((one) => one.text !== "")
          .map((one) => (
            <div key={one.label}>
              <dt>{one.label}</dt>
              <dd>{one.text}</dd>
            </div>
          ))}
        {debrief.answers.map((answer) => (
          <div key={answer.at}>
            <dt>{t("debrief.answerOf", { name: answer.by ?? "–" })}</dt>
            <dd>{answer.text}</dd>
          </div>
        ))}
      </dl>
      <TakenUp visit={visit} debrief={debrief} />
      {visit.may_debrief ? (
        <div className={styles.actions}>
          <Button look="quiet" onPress={() => setWriting(true)}>
            {common("edit")}
          </Button>
        </div>
      ) : null}
      {visit.may_answer ? <Answer visit={visit} /> : null}
      {writing ? <DebriefDialog visit={visit} close={() => setWriting(false)} /> : null}
    </article>
  );
}

/** What a debrief became, and what it can become by a click. */
function TakenUp({ visit, debrief }: { visit: VisitView; debrief: DebriefView }): ReactNode {
  const { t } = useTranslation("rotation");
  const need = useAct(commands.debriefToNeed);
  const thread = useAct(commands.debriefToThread);
  const agenda = useAct(commands.debriefToAgenda);
  const names = { visitor: visit.visitor_name, host: visit.host_name };
  const acts = { need, thread, agenda };
  const act = async (into: keyof typeof acts): Promise<void> => {
    if ((await acts[into].run(visit.rotation, visit.placement)) !== undefined) toast(t(`taken.did.${into}`));
  };
  return (
    <div className={styles.actions} role="group" aria-label={t("taken.group", names)}>
      {debrief.need !== null ? (
        <Link to="/meeting/promises" search={{ of: debrief.need }}>
          {t("taken.need")}
        </Link>
      ) : debrief.change === "" ? null : (
        <Button
          look="quiet"
          isPending={need.pending}
          aria-label={t("taken.toNeedOf", names)}
          onPress={() => void act("need")}
        >
          {t("taken.toNeed")}
        </Button>
      )}
      {debrief.thread !== null ? (
        <Link to="/conversations/$thread" params={{ thread: debrief.thread }}>
          {t("taken.thread")}
        </Link>
      ) : (
        <Button
          look="quiet"
          isPending={thread.pending}
          aria-label={t("taken.toThreadOf", names)}
          onPress={() => void act("thread")}
        >
          {t("taken.toThread")}
        </Button>
      )}
      {debrief.is_on_agenda ? (
        <span className={styles.quiet}>{t("taken.agenda")}</span>
      ) : (
        <Button
          look="quiet"
          isPending={agenda.pending}
          aria-label={t("taken.toAgendaOf", names)}
          onPress={() => void act("agenda")}
        >
          {t("taken.toAgenda")}
        </Button>
      )}
    </div>
  );
}

function Answer({ visit }: { visit: VisitView }): ReactNode {
  const { t } = useTranslation("rotation");
  const answer = useAct(commands.debriefAnswer, { inline: true });
  const [text, setText] = useState<string | null>(null);
  const act = async (): Promise<void> => {
    if (text === null) return;
    if ((await answer.run(visit.rotation, visit.placement, text)) !== undefined) setText(null);
  };
  if (text === null) {
    const names = { visitor: visit.visitor_name, host: visit.host_name };
    return (
      <div className={styles.actions}>
        <Button look="quiet" aria-label={t("debrief.beginAnswerOf", names)} onPress={() => setText("")}>
          {t("debrief.beginAnswer")}
        </Button>
      </div>
    );
  }
  return (
    <>
      <TextField
        label={t("debrief.answer")}
        rows={2}
        autoFocus
        value={text}
        onChange={setText}
        error={answer.error?.field("text") ?? answer.error?.message}
      />
      <div className={styles.actions}>
        <Button isPending={answer.pending} isDisabled={text.trim() === ""} onPress={() => void act()}>
          {t("debrief.send")}
        </Button>
      </div>
    </>
  );
}
