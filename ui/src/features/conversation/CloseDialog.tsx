import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Outcome, type ThreadView } from "../../api/bindings";
import { useAct } from "../../api/query";
import {
  AddressLink,
  Button,
  Dialog,
  Notice,
  NumberField,
  RadioGroup,
  Select,
  TextField,
  toast,
} from "../../components";
import { useFormat } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { Fault } from "../workspace/FaultWords";
import styles from "./Dialogs.module.css";
import { Shares, sharesOf, sumOf, sumsUp } from "./Shares";
import { useTalkWords } from "./words";

/** What is filled in, whatever the outcome; each outcome asks for its own part of it. */
interface Filled {
  outcome: string | null;
  words: string;
  cause: string;
  correction: string | null;
  version: number | null;
  shares: ReadonlyMap<string, number | null>;
}

/** Anchors whose data error must name the request for correction: it is an order's. */
const ORDERS: readonly string[] = ["order", "split", "record"];

/** Choice of a correction that stands for none. */
const NO_CORRECTION = "-";

type Field = "outcome" | "words" | "cause" | "correction" | "version" | "shares";

/** Which fields of the form cannot be as they are. */
function missing(thread: ThreadView, filled: Filled): ReadonlySet<Field> {
  const found = new Set<Field>();
  const silent = filled.words.trim() === "";
  switch (filled.outcome) {
    case null:
      found.add("outcome");
      break;
    case "real_change":
      if (filled.cause.trim() === "") found.add("cause");
      break;
    case "data_error":
      if (ORDERS.includes(thread.anchor.on) && filled.correction === null) found.add("correction");
      if (filled.correction === null && silent) found.add("words");
      break;
    case "definition_changed":
      if (filled.version === null) found.add("version");
      break;
    case "split_stays":
      if (silent) found.add("words");
      break;
    case "split_overridden":
      if (!sumsUp(filled.shares)) found.add("shares");
      if (silent) found.add("words");
      break;
    default:
  }
  return found;
}

/** The outcome as the core takes it; nothing where it is one that this window does not know. */
function outcomeOf(filled: Filled): Outcome | null {
  switch (filled.outcome) {
    case "normal_variation":
    case "split_stays":
    case "split_overridden":
      return { outcome: filled.outcome };
    case "real_change":
      return { outcome: "real_change", cause: filled.cause.trim() };
    case "data_error":
      return { outcome: "data_error", correction: filled.correction };
    case "definition_changed":
      return filled.version === null ? null : { outcome: "definition_changed", version: filled.version };
    default:
      return null;
  }
}

/** A conversation ends with what came of it. */
export function CloseDialog({ thread, close }: { thread: ThreadView; close: () => void }): ReactNode {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation();
  const words = useTalkWords();
  const act = useAct(commands.threadClose, { inline: true });
  const [asked, setAsked] = useState(false);
  const [filled, setFilled] = useState<Filled>(() => ({
    outcome: null,
    words: "",
    cause: "",
    correction: null,
    version: thread.seen.definition?.now ?? null,
    shares: sharesOf(thread.split),
  }));
  const change = (part: Partial<Filled>): void => setFilled((before) => ({ ...before, ...part }));
  const faults = missing(thread, filled);
  const send = async (): Promise<void> => {
    setAsked(true);
    const outcome = outcomeOf(filled);
    if (faults.size > 0 || outcome === null) return;
    const shares =
      outcome.outcome === "split_overridden"
        ? [...filled.shares].flatMap(([department, percent]) =>
            percent !== null && percent > 0 ? [{ department, percent }] : [],
          )
        : [];
    const done = await act.run(thread.thread, { outcome, words: filled.words.trim(), shares });
    if (done === undefined) return;
    toast(t("close.done"));
    close();
  };
  const offered = thread.outcomes.filter((outcome) => known(en.conversation.outcome, outcome) !== null);
  return (
    <Dialog
      title={t("close.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button
            look="primary"
            isDisabled={offered.length === 0}
            isPending={act.pending}
            onPress={() => void send()}
          >
            {t("close.send")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {act.error ? <Fault error={act.error} /> : null}
        <Right thread={thread} />
        {offered.length === 0 ? null : (
          <RadioGroup
            label={t("close.outcome")}
            choices={offered.map((outcome) => {
              const key = known(en.conversation.outcomeHint, outcome);
              return {
                value: outcome,
                label: words.outcome(outcome),
                detail: key ? t(`outcomeHint.${key}`) : null,
              };
            })}
            value={filled.outcome}
            onChange={(outcome) => change({ outcome })}
            error={asked && faults.has("outcome") ? t("close.outcomeNeeded") : undefined}
          />
        )}
        <OutcomeFields
          thread={thread}
          filled={filled}
          change={change}
          wrong={(field) => asked && faults.has(field)}
        />
        <Words filled={filled} change={change} wrong={asked && faults.has("words")} />
      </div>
    </Dialog>
  );
}

/** Who may change a disputed split, where whoever reads may not; and what closing does to one that was agreed here. */
function Right({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  const { split } = thread;
  if (split === null) return null;
  if (!split.may_decide) {
    const names = split.deciders.join(", ");
    return <Notice>{names === "" ? t("close.nobodyDecides") : t("close.deciders", { names })}</Notice>;
  }
  if (split.is_own) return <Notice>{t("close.takesBack")}</Notice>;
  return split.is_missed ? null : <Notice>{t("close.noMiss")}</Notice>;
}

function Words({
  filled,
  change,
  wrong,
}: {
  filled: Filled;
  change: (part: Partial<Filled>) => void;
  wrong: boolean;
}): ReactNode {
  const { t } = useTranslation("conversation");
  if (filled.outcome === null) return null;
  const overridden = filled.outcome === "split_overridden";
  const reasoned = overridden || filled.outcome === "split_stays";
  const needed = reasoned || (filled.outcome === "data_error" && filled.correction === null);
  return (
    <TextField
      label={
        overridden
          ? t("close.reason")
          : reasoned
            ? t("close.staysReason")
            : needed
              ? t("close.words")
              : t("close.wordsOptional")
      }
      rows={3}
      required={needed}
      value={filled.words}
      onChange={(words) => change({ words })}
      error={wrong ? (reasoned ? t("close.reasonNeeded") : t("close.wordsNeeded")) : undefined}
    />
  );
}

interface OutcomeFieldsProps {
  thread: ThreadView;
  filled: Filled;
  change: (part: Partial<Filled>) => void;
  wrong: (field: Field) => boolean;
}

/** What one outcome asks for beside the words. */
function OutcomeFields({ thread, filled, change, wrong }: OutcomeFieldsProps): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  switch (filled.outcome) {
    case "real_change":
      return (
        <TextField
          label={t("close.cause")}
          hint={t("close.causeHint")}
          rows={2}
          required
          value={filled.cause}
          onChange={(cause) => change({ cause })}
          error={wrong("cause") ? t("close.causeNeeded") : undefined}
        />
      );
    case "data_error":
      return <Correction thread={thread} filled={filled} change={change} wrong={wrong("correction")} />;
    case "definition_changed":
      return (
        <NumberField
          label={t("close.version")}
          required
          min={1}
          step={1}
          value={filled.version}
          onChange={(version) => change({ version })}
          error={wrong("version") ? t("close.versionNeeded") : undefined}
        />
      );
    case "split_overridden":
      return (
        <Shares
          split={thread.split}
          shares={filled.shares}
          onChange={(shares) => change({ shares })}
          error={
            wrong("shares")
              ? t("close.sumWrong", { percent: format.number(sumOf(filled.shares)) })
              : undefined
          }
        />
      );
    default:
      return null;
  }
}

/** Which request for correction it led to. */
function Correction({
  thread,
  filled,
  change,
  wrong,
}: {
  thread: ThreadView;
  filled: Filled;
  change: (part: Partial<Filled>) => void;
  wrong: boolean;
}): ReactNode {
  const { t } = useTranslation("conversation");
  const words = useTalkWords();
  const must = ORDERS.includes(thread.anchor.on);
  if (thread.corrections.length === 0) {
    return must ? (
      <p className={wrong ? styles.error : styles.quiet} {...(wrong ? { role: "alert" } : {})}>
        {t("close.correctionFirst")}{" "}
        <AddressLink address={thread.address}>{t("close.correctionGo")}</AddressLink>
      </p>
    ) : null;
  }
  const choices = thread.corrections.map((correction) => ({
    value: correction.correction,
    label: `${correction.text} (${words.standing(correction.standing)})`,
  }));
  return (
    <Select
      label={t("close.correction")}
      required={must}
      choices={must ? choices : [{ value: NO_CORRECTION, label: t("close.noCorrection") }, ...choices]}
      value={filled.correction ?? (must ? null : NO_CORRECTION)}
      onChange={(correction) => change({ correction: correction === NO_CORRECTION ? null : correction })}
      error={wrong ? t("close.correctionNeeded") : undefined}
    />
  );
}
