import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import {
  commands,
  type CommitmentView,
  type DecisionView,
  type MeetingNote,
  type MeetingRun,
  type NeedView,
} from "../../../api/bindings";
import { useAct } from "../../../api/query";
import { Button, DepartmentBadge, departmentOf, Icon, Notice, toast } from "../../../components";
import { useFormat } from "../../../i18n/format";
import { usePeople, useStart } from "../../frame/start";
import { useNeedAnswer } from "../../promise/words";
import { nameOf } from "../words";
import { type Draft, fromCommitment, fromDecision, fromNeed, fromNote, type Kind } from "./draft";
import type { Crowded } from "./Run";
import styles from "./Run.module.css";
import { useKeep } from "./useKeep";

interface CapturedProps {
  run: MeetingRun;
  edit: (draft: Draft) => void;
  crowded: Crowded | null;
}

/** What came of the item, to be corrected or taken back; below it the parking lot. */
export function Captured({ run, edit, crowded }: CapturedProps): ReactNode {
  const { t } = useTranslation("meeting");
  const people = usePeople();
  const under = <T extends { item: string | null }>(list: readonly T[]): T[] =>
    list.filter((one) => one.item !== null && one.item === run.current);
  const decisions = under(run.decisions);
  const needs = under(run.needs);
  const commitments = under(run.commitments);
  const notes = under(run.notes);
  const isEmpty = decisions.length + needs.length + commitments.length + notes.length === 0;
  const { meeting } = run.agenda.meeting;
  return (
    <>
      <section aria-labelledby="captured">
        <h2 id="captured">{t("side.captured")}</h2>
        {crowded === null ? null : (
          <Notice tone="warn">
            {t("captured.crowded", { name: nameOf(people, crowded.person), count: crowded.open })}
          </Notice>
        )}
        {isEmpty ? <p className={styles.marks}>{t("captured.none")}</p> : null}
        <ul className={styles.captured}>
          {decisions.map((decision) => (
            <Decision key={decision.decision} meeting={meeting} decision={decision} edit={edit} />
          ))}
          {needs.map((need) => (
            <Need key={need.need} meeting={meeting} need={need} edit={edit} />
          ))}
          {commitments.map((commitment) => (
            <Commitment key={commitment.commitment} meeting={meeting} commitment={commitment} edit={edit} />
          ))}
          {notes.map((note) => (
            <Note key={note.note} meeting={meeting} note={note} edit={edit} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="parking">
        <h2 id="parking">{t("side.parking")}</h2>
        {run.parked.length === 0 ? <p className={styles.marks}>{t("captured.parkingNone")}</p> : null}
        <ul className={styles.captured}>
          {run.parked.map((note) => (
            <Note key={note.note} meeting={meeting} note={note} edit={edit} />
          ))}
        </ul>
      </section>
    </>
  );
}

interface EntryProps {
  /** Nothing in the parking lot: all that lies there are notes. */
  kind: Kind | null;
  text: string;
  /** Below the text. */
  children?: ReactNode;
  edit: () => void;
  /** Takes it back; true when that was done. */
  takeBack: () => Promise<boolean>;
  /** Writes it down again. */
  again: () => void;
}

function Entry({ kind, text, children, edit, takeBack, again }: EntryProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: common } = useTranslation();
  const leave = async (): Promise<void> => {
    if (await takeBack()) toast(t("captured.takenBack", { text }), { undo: again });
  };
  return (
    <li>
      {kind === null ? null : <p className={styles.kind}>{t(`capture.${kind}`)}</p>}
      <p className={styles.entry}>{text}</p>
      {children}
      <div className={styles.entryActs}>
        <Button look="quiet" icon aria-label={t("captured.editOf", { text })} onPress={edit}>
          <Icon name="pen" size={14} label={common("edit")} />
        </Button>
        <Button
          look="quiet"
          icon
          aria-label={t("captured.takeBackOf", { text })}
          onPress={() => void leave()}
        >
          <Icon name="close" size={14} label={common("remove")} />
        </Button>
      </div>
    </li>
  );
}

interface OwnProps {
  meeting: string;
  edit: (draft: Draft) => void;
}

function Decision({ meeting, decision, edit }: OwnProps & { decision: DecisionView }): ReactNode {
  const { t } = useTranslation("meeting");
  const withdraw = useAct(commands.decisionWithdraw);
  const keep = useKeep(meeting);
  const marks = [decision.owner_name, decision.expected?.words].filter(Boolean).join(" · ");
  return (
    <Entry
      kind="decision"
      text={decision.text}
      edit={() => edit(fromDecision(decision))}
      takeBack={async () => (await withdraw.run(decision.decision, t("captured.reason"))) !== undefined}
      again={() => void keep.run({ ...fromDecision(decision), id: null })}
    >
      {marks === "" ? null : <p className={styles.marks}>{marks}</p>}
    </Entry>
  );
}

function Need({ meeting, need, edit }: OwnProps & { need: NeedView }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const departments = useStart().data?.workspace?.departments ?? [];
  const withdraw = useAct(commands.needWithdraw);
  const answer = useAct(commands.needAnswer);
  const keep = useKeep(meeting);
  const answerWords = useNeedAnswer();
  return (
    <Entry
      kind="need"
      text={need.text}
      edit={() => edit(fromNeed(need))}
      takeBack={async () => (await withdraw.run(need.need, t("captured.reason"))) !== undefined}
      again={() => void keep.run({ ...fromNeed(need), id: null })}
    >
      <p className={styles.pair}>
        <DepartmentBadge department={departmentOf(departments, need.from)} />
        <span aria-hidden="true">→</span>
        <DepartmentBadge department={departmentOf(departments, need.to)} />
        <span className={styles.marks}>{t("captured.by", { day: format.dayShort(need.by) })}</span>
      </p>
      <p className={styles.marks}>{answerWords(need.answer)}</p>
      {need.answer === null || need.answer.answer === "open" ? (
        <Button
          aria-label={t("captured.acceptOf", { text: need.text })}
          onPress={() => void answer.run(need.need, { answer: "accepted" })}
        >
          {t("captured.accept")}
        </Button>
      ) : null}
    </Entry>
  );
}

function Commitment({ meeting, commitment, edit }: OwnProps & { commitment: CommitmentView }): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const withdraw = useAct(commands.commitmentWithdraw);
  const keep = useKeep(meeting);
  return (
    <Entry
      kind="commitment"
      text={commitment.text}
      edit={() => edit(fromCommitment(commitment))}
      takeBack={async () => (await withdraw.run(commitment.commitment, t("captured.reason"))) !== undefined}
      again={() => void keep.run({ ...fromCommitment(commitment), id: null })}
    >
      <p className={styles.marks}>
        {t("captured.due", { name: commitment.name, day: format.dayShort(commitment.due) })}
      </p>
    </Entry>
  );
}

function Note({ meeting, note, edit }: OwnProps & { note: MeetingNote }): ReactNode {
  const write = useAct(commands.noteWrite);
  return (
    <Entry
      kind={note.item === null ? null : "note"}
      text={note.text}
      edit={() => edit(fromNote(note))}
      // An empty text takes a note away; the same text brings it back.
      takeBack={async () => (await write.run(meeting, note.item, note.note, "")) !== undefined}
      again={() => void write.run(meeting, note.item, note.note, note.text)}
    />
  );
}
