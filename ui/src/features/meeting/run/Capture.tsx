import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button, TextField } from "../../../components";
import { Fault } from "../../workspace/FaultWords";
import { CommitmentFields, DecisionFields, NeedFields, NoteFields } from "./CaptureFields";
import type { Draft } from "./draft";
import type { Crowded } from "./Run";
import styles from "./Run.module.css";
import { missingOf, type Missing, useKeep } from "./useKeep";

interface CaptureProps {
  meeting: string;
  draft: Draft;
  change: (draft: Draft) => void;
  saved: () => void;
  leave: () => void;
  onCrowded: (crowded: Crowded | null) => void;
}

/** Fields of one kind, as they are given their draft. */
export interface FieldsProps {
  draft: Draft;
  put: (part: Partial<Draft>) => void;
  fault: (name: Missing) => string | undefined;
}

/** A line at the foot of the wall: Tab goes on, Enter keeps it, Escape leaves it. */
export function Capture({ meeting, draft, change, saved, leave, onCrowded }: CaptureProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: common } = useTranslation();
  const keep = useKeep(meeting);
  const [asked, setAsked] = useState(false);
  const missing = missingOf(draft);
  const put = (part: Partial<Draft>): void => change({ ...draft, ...part });
  const fault = (name: Missing): string | undefined =>
    asked && missing.includes(name)
      ? t(name === "to" && draft.to !== null ? "capture.itself" : "needed")
      : keep.error?.field(name);
  const save = async (): Promise<void> => {
    setAsked(true);
    if (missing.length > 0 || keep.pending) return;
    const kept = await keep.run(draft);
    if (kept === false) return;
    if (typeof kept === "object" && draft.person !== null) {
      onCrowded(kept.is_many ? { person: draft.person, open: kept.open } : null);
    }
    saved();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    // What lies above the page answers its own keys, though React lets them through to here.
    if (!(event.target instanceof HTMLElement) || !event.currentTarget.contains(event.target)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      leave();
    } else if (event.key === "Enter" && event.target.closest("button") === null) {
      event.preventDefault();
      void save();
    }
  };
  // A day's parts keep Enter and Escape to themselves, and Enter opens a list: here they mean the whole form first.
  const onKeyDownCapture = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    if (!(event.target instanceof HTMLElement) || !event.currentTarget.contains(event.target)) return;
    const isInDay = event.target.closest("[role='spinbutton']") !== null;
    if (!isInDay && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") leave();
    else void save();
  };
  const fields: FieldsProps = { draft, put, fault };
  const title = t(draft.id === null ? `capture.new.${draft.kind}` : `capture.change.${draft.kind}`);
  return (
    <form
      className={styles.capture}
      aria-label={title}
      noValidate
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={onKeyDown}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      {keep.error ? <Fault error={keep.error} /> : null}
      <div className={styles.captureLine}>
        <div className={styles.captureText}>
          <TextField
            label={title}
            placeholder={t(`capture.placeholder.${draft.kind}`)}
            value={draft.text}
            onChange={(text) => put({ text })}
            autoFocus
            error={fault("text")}
          />
        </div>
        {draft.kind === "decision" ? <DecisionFields {...fields} /> : null}
        {draft.kind === "need" ? <NeedFields {...fields} /> : null}
        {draft.kind === "commitment" ? <CommitmentFields {...fields} /> : null}
        {draft.kind === "note" ? <NoteFields {...fields} /> : null}
        <div className={styles.captureActs}>
          <Button type="submit" look="primary" isPending={keep.pending}>
            {common("save")} <kbd>{t("capture.enter")}</kbd>
          </Button>
          <Button look="quiet" onPress={leave}>
            {common("cancel")} <kbd>Esc</kbd>
          </Button>
        </div>
      </div>
    </form>
  );
}
