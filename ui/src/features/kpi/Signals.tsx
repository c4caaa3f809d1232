import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import {
  type Anchor,
  commands,
  type KpiId,
  type KpiPage,
  type PhaseView,
  type SignalView,
} from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, DepartmentBadge, departmentOf, toast } from "../../components";
import { useFormat } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import { FlagButton } from "../flag/FlagButton";
import { usePeople } from "../frame/start";
import styles from "./Kpi.module.css";
import { ReasonDialog } from "../workspace/ReasonDialog";

const STATES = ["new", "in_thread", "explained", "lapsed"] as const;
type State = (typeof STATES)[number];

function isState(word: string): word is State {
  return STATES.some((state) => state === word);
}

/** What is taken up: the week and the part at which the signal ends. */
function signalAnchor(kpi: KpiId, signal: SignalView): Anchor {
  const at = { kpi, week: signal.to, part: signal.department };
  // What is not on record yet is flagged by its week.
  return signal.signal === null ? { on: "week", ...at } : { on: "signal", signal: signal.signal, ...at };
}

/** What the chart found, and the stretches with limits of their own. */
export function Signals({ page, onPick }: { page: KpiPage; onPick: (week: string) => void }): ReactNode {
  const { t } = useTranslation("kpi");
  return (
    <>
      <h2 className={styles.subhead}>{t("signals.title")}</h2>
      {page.signals.length === 0 ? <p className={styles.quiet}>{t("signals.none")}</p> : null}
      <ul className={styles.list}>
        {page.signals.map((signal) => (
          <SignalLine
            key={`${signal.rule} ${signal.department ?? ""} ${signal.from} ${signal.to} ${signal.state}`}
            page={page}
            signal={signal}
            onPick={onPick}
          />
        ))}
      </ul>
      <Phases page={page} />
    </>
  );
}

function SignalLine({
  page,
  signal,
  onPick,
}: {
  page: KpiPage;
  signal: SignalView;
  onPick: (week: string) => void;
}): ReactNode {
  const { t } = useTranslation("kpi");
  const { t: talk } = useTranslation("conversation");
  const words = useKpiWords();
  const department = departmentOf(page.departments, signal.department);
  return (
    <li className={styles.item}>
      <span>{signal.words}</span>
      {department ? <DepartmentBadge department={department} /> : null}
      <Button look="quiet" onPress={() => onPick(signal.to)}>
        {signal.from === signal.to
          ? words.weekInYear(signal.from)
          : t("signals.span", { from: words.weekInYear(signal.from), to: words.weekInYear(signal.to) })}
      </Button>
      <span className={styles.quiet}>
        {isState(signal.state) ? t(`signals.${signal.state}`) : signal.state}
      </span>
      {signal.state === "new" ? (
        <FlagButton
          target={{ anchor: signalAnchor(page.kpi, signal), cause: "signal" }}
          label={talk("takeUpOf", { what: `${signal.words}${department ? `, ${department.name}` : ""}` })}
        >
          {talk("takeUp")}
        </FlagButton>
      ) : null}
    </li>
  );
}

function Phases({ page }: { page: KpiPage }): ReactNode {
  const { t } = useTranslation("kpi");
  const [asked, setAsked] = useState<PhaseView | null>(null);
  const words = useKpiWords();
  const sign = useAct(commands.phaseSign);
  const withdraw = useAct(commands.phaseWithdraw);
  const { kpi } = page;
  const signing = asked?.proposed ?? true;
  const week = asked ? words.weekInYear(asked.from) : "";
  const confirm = async (reason: string): Promise<boolean> => {
    if (!asked) return false;
    if (asked.proposed) {
      const done = (await sign.run(kpi, null, asked.from, reason)) !== undefined;
      if (done) {
        toast(t("phases.signed", { week }), {
          undo: () => void withdraw.run(kpi, null, asked.from, t("phases.undone")),
        });
      }
      return done;
    }
    const done = (await withdraw.run(kpi, null, asked.from, reason)) !== undefined;
    if (done) {
      toast(t("phases.withdrawn", { week }), {
        undo: () => void sign.run(kpi, null, asked.from, asked.reason),
      });
    }
    return done;
  };
  return (
    <>
      <h2 className={styles.subhead}>{t("phases.title")}</h2>
      <p className={styles.quiet}>{t("phases.words")}</p>
      <ul className={styles.list}>
        {page.phases.map((phase) => (
          <PhaseLine key={`${phase.from} ${phase.proposed}`} phase={phase} onAsk={() => setAsked(phase)} />
        ))}
      </ul>
      <ReasonDialog
        title={signing ? t("phases.signTitle", { week }) : t("phases.withdrawTitle", { week })}
        words={signing ? t("phases.signWords") : t("phases.withdrawWords")}
        confirm={signing ? t("phases.sign") : t("phases.withdraw")}
        open={asked !== null}
        pending={sign.pending || withdraw.pending}
        onClose={() => setAsked(null)}
        onConfirm={confirm}
      />
    </>
  );
}

function PhaseLine({ phase, onAsk }: { phase: PhaseView; onAsk: () => void }): ReactNode {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const words = useKpiWords();
  const people = usePeople();
  const by = people.find((person) => person.id === phase.by)?.name;
  return (
    <li className={styles.item}>
      <span>
        <strong>{t("phases.from", { week: words.weekInYear(phase.from) })}</strong> {phase.reason}
      </span>
      <span className={styles.quiet}>
        {phase.proposed
          ? t("phases.proposed")
          : t("phases.by", { name: by ?? t("phases.somebody"), day: format.day(phase.signed) })}
      </span>
      <Button onPress={onAsk}>{phase.proposed ? t("phases.sign") : t("phases.withdraw")}</Button>
    </li>
  );
}
