import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MeetingLine, TurnView } from "../../api/bindings";
import { Button } from "../../components";
import { useKpiWords } from "../board/words";
import { FacilitatorDialog } from "./FacilitatorDialog";
import styles from "./Meeting.module.css";

interface TurnsProps {
  turns: readonly TurnView[];
  /** The meeting whose facilitator can be changed. */
  meeting: MeetingLine | null;
}

/** Who facilitates in turn, whoever is next first; a turn can be skipped or swapped, and why is kept. */
export function Turns({ turns, meeting }: TurnsProps): ReactNode {
  const { t } = useTranslation("meeting");
  const words = useKpiWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const times = (turn: TurnView): string => {
    if (turn.last === null) return t("turn.never");
    return t("turn.times", { count: turn.times, week: words.week(turn.last) });
  };
  const after = turns.find((turn) => turn.name !== meeting?.facilitator);
  return (
    <section aria-labelledby="turns">
      <h2 id="turns" className={styles.heading}>
        {t("turn.title")}
      </h2>
      {turns.length === 0 ? <p className={styles.quiet}>{t("turn.none")}</p> : null}
      <ol className={styles.turns}>
        {turns.map((turn) => (
          <li key={turn.person}>
            <span>
              <strong>{turn.name}</strong>
              <span className={styles.quiet}> {times(turn)}</span>
            </span>
            {meeting && turn.name !== meeting.facilitator && meeting.state !== "running" ? (
              <Button
                look="quiet"
                aria-label={
                  turn === after
                    ? t("turn.skipTo", { name: turn.name })
                    : t("turn.swapWith", { name: turn.name })
                }
                onPress={() => setChosen(turn.person)}
              >
                {turn === after ? t("turn.skip") : t("turn.swap")}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      {chosen !== null && meeting ? (
        <FacilitatorDialog meeting={meeting} turns={turns} suggested={chosen} close={() => setChosen(null)} />
      ) : null}
    </section>
  );
}
