import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type AgendaView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components";
import { ItemWords } from "./Agenda";
import styles from "./Agenda.module.css";
import meeting from "./Meeting.module.css";

interface QueueProps {
  agenda: AgendaView;
  open: boolean;
}

/** What found no room: it waits for the next meeting, or is put on this agenda. */
export function Waiting({ agenda, open }: QueueProps): ReactNode {
  const { t } = useTranslation("meeting");
  const change = useAct(commands.agendaChange);
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className={meeting.heading}>
        {t("waiting.title")}
      </h2>
      <p className={meeting.quiet}>{t(agenda.waiting.length === 0 ? "waiting.none" : "waiting.words")}</p>
      <ul className={styles.queue}>
        {agenda.waiting.map((item) => (
          <li key={item.item} className={styles.line}>
            <ItemWords item={item} />
            <span className={styles.minutes}>{t("minutes", { count: item.minutes })}</span>
            {open ? (
              <Button
                aria-label={t("waiting.putOf", { title: item.title })}
                onPress={() => void change.run(agenda.meeting.meeting, item.item, { is_chosen: true })}
              >
                {t("waiting.put")}
              </Button>
            ) : null}
            {open && item.is_chosen === false ? (
              <Button
                look="quiet"
                aria-label={t("unchoose.actionOf", { title: item.title })}
                onPress={() => void change.run(agenda.meeting.meeting, item.item, { is_unchosen: true })}
              >
                {t("unchoose.action")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What somebody took off, with why. */
export function Dropped({ agenda, open }: QueueProps): ReactNode {
  const { t } = useTranslation("meeting");
  const change = useAct(commands.agendaChange);
  if (agenda.dropped.length === 0) return null;
  return (
    <section aria-labelledby="dropped">
      <h2 id="dropped" className={meeting.heading}>
        {t("droppedItems.title")}
      </h2>
      <ul className={styles.queue}>
        {agenda.dropped.map((item) => (
          <li key={item.item} className={styles.line}>
            <div className={styles.words}>
              <strong>{item.title}</strong>
              <p className={styles.reason}>{item.dropped}</p>
            </div>
            {open ? (
              <Button
                aria-label={t("droppedItems.backOf", { title: item.title })}
                onPress={() => void change.run(agenda.meeting.meeting, item.item, { dropped: "" })}
              >
                {t("droppedItems.back")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
