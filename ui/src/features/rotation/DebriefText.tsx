import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type VisitView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, TextField } from "../../components";
import { useFormat } from "../../i18n/format";
import { DebriefDialog } from "./DebriefDialog";
import styles from "./Rotation.module.css";

/** A debrief with what the host said to it. */
export function DebriefText({ visit }: { visit: VisitView }): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const format = useFormat();
  const [writing, setWriting] = useState(false);
  const { debrief } = visit;
  if (debrief === null) return null;
  const said = [
    { label: t("debrief.saw"), text: debrief.saw },
    { label: t("debrief.surprised"), text: debrief.surprised },
    { label: t("debrief.change"), text: debrief.change },
    { label: t("debrief.thank"), text: debrief.thanks_names.join(", ") },
  ];
  return (
    <article className={styles.debrief}>
      <h3>
        {t("debrief.heading", { visitor: visit.visitor_name, home: visit.home_name, host: visit.host_name })}
      </h3>
      <p className={styles.quiet}>
        {format.day(visit.from)} – {format.day(visit.until)} · {visit.rotation_name}
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

function Answer({ visit }: { visit: VisitView }): ReactNode {
  const { t } = useTranslation("rotation");
  const answer = useAct(commands.debriefAnswer, { inline: true });
  const [text, setText] = useState("");
  const act = async (): Promise<void> => {
    if ((await answer.run(visit.rotation, visit.placement, text)) !== undefined) setText("");
  };
  return (
    <>
      <TextField
        label={t("debrief.answer")}
        rows={2}
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
