import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MeetingRun } from "../../../api/bindings";
import { toast } from "../../../components";
import { CardLayer } from "../../win/CardLayer";
import { Agenda } from "./Agenda";
import { Attendance } from "./Attendance";
import { Capture } from "./Capture";
import { Captured } from "./Captured";
import { blank, type Draft, type Kind, useDraft } from "./draft";
import { Foot } from "./Foot";
import { Head } from "./Head";
import { type RunKey, useRunKeys } from "./keys";
import { Round } from "./Round";
import styles from "./Run.module.css";
import { Stage } from "./Stage";
import { useRunActs } from "./useRunActs";

/** What stands beside the item. */
export type Side = "captured" | "attendance" | "round" | "agenda";

interface RunProps {
  run: MeetingRun;
  /** When the core counted the seconds, milliseconds. */
  readAt: number;
  isFull: boolean;
  setFull: (isFull: boolean) => void;
}

/** Keys that leave a win's card where it is. */
const STAYS: ReadonlySet<RunKey> = new Set(["pause", "extend", "full"]);

/** Somebody who has promised more than people keep. */
export interface Crowded {
  person: string;
  open: number;
}

/** One item at a time, its clock, what comes of it. Everything has a key. */
export function Run({ run, readAt, isFull, setFull }: RunProps): ReactNode {
  const { t } = useTranslation("meeting");
  const meeting = run.agenda.meeting.meeting;
  const acts = useRunActs(run);
  const [draft, setDraft] = useDraft(meeting);
  const [chosen, setChosen] = useState<Side | null>(null);
  const [crowded, setCrowded] = useState<Crowded | null>(null);
  const [isCard, setCard] = useState(false);
  const stage = useRef<HTMLElement>(null);
  const isRound = acts.item?.subject.about === "round";
  const side = chosen ?? (isRound ? "round" : "captured");
  const subject = acts.item?.subject;
  const win = subject?.about === "win" ? subject.win : null;
  const card = isCard ? win : null;

  // The next item is read from its top, and the side shows what belongs to it.
  const { current } = run;
  const shown = useRef(current);
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    setChosen(null);
    setCard(false);
    stage.current?.focus({ preventScroll: true });
    stage.current?.scrollTo(0, 0);
  }, [current]);

  const show = (what: Side): void => setChosen(side === what ? "captured" : what);
  const capture = (kind: Kind): void => {
    // What was begun is finished or left first: a key never throws a text away.
    if (draft === null) setDraft(blank(kind, run.current));
  };
  const leaveDraft = (): void => {
    const left = draft;
    setDraft(null);
    stage.current?.focus({ preventScroll: true });
    if (left !== null && left.text.trim() !== "") {
      toast(t("capture.left"), { undo: () => setDraft(left) });
    }
  };
  const leaveCard = (): void => setCard(false);
  // What lies below the card takes no focus while it is there.
  const wasCard = useRef(card);
  useEffect(() => {
    if (wasCard.current !== null && card === null) stage.current?.focus({ preventScroll: true });
    wasCard.current = card;
  }, [card]);
  const onKey = (key: RunKey): void => {
    if (card !== null && (key === "card" || key === "leave")) {
      leaveCard();
      return;
    }
    // Whatever is done with the item is done beside it: the card makes room.
    if (card !== null && !STAYS.has(key)) leaveCard();
    if (key === "next" || key === "back" || key === "pause" || key === "extend") acts[key]();
    else if (key === "understood" || key === "parked" || key === "next_time") acts.close(key);
    else if (key === "attendance" || key === "round" || key === "agenda") show(key);
    else if (key === "card") setCard(win !== null);
    else if (key === "full") setFull(!isFull);
    else if (key === "leave") setFull(false);
    else capture(key);
  };
  useRunKeys(onKey);
  const edit = (next: Draft): void => {
    if (draft !== null && draft.text.trim() !== "") return;
    setDraft(next);
  };
  return (
    <>
      <div className={styles.run} inert={card !== null}>
        <Head run={run} readAt={readAt} acts={acts} isFull={isFull} setFull={setFull} />
        <div className={styles.body}>
          <Stage ref={stage} run={run} acts={acts} showCard={() => setCard(true)} />
          <aside className={styles.side} aria-label={t(`side.${side}`)}>
            {side === "attendance" ? <Attendance run={run} /> : null}
            {side === "round" ? <Round run={run} /> : null}
            {side === "agenda" ? <Agenda run={run} acts={acts} /> : null}
            {side === "captured" ? <Captured run={run} edit={edit} crowded={crowded} /> : null}
          </aside>
        </div>
        {draft === null ? (
          <Foot capture={capture} acts={acts} side={side} show={show} />
        ) : (
          <Capture
            key={`${draft.kind} ${draft.id ?? ""}`}
            meeting={meeting}
            draft={draft}
            change={setDraft}
            saved={() => {
              setDraft(null);
              setChosen(null);
              stage.current?.focus({ preventScroll: true });
            }}
            leave={leaveDraft}
            onCrowded={setCrowded}
          />
        )}
      </div>
      {card === null ? null : <CardLayer key={card} win={card} close={leaveCard} next={acts.next} />}
    </>
  );
}
