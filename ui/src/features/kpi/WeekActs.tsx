import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Basis, type KpiPage, type WeekPanel } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, toast } from "../../components";
import { useKpiWords } from "../board/words";
import styles from "./Kpi.module.css";
import { ReasonDialog } from "../workspace/ReasonDialog";

const WHY_NOT = ["already_signed", "week_not_over", "no_value", "nobody"] as const;
type WhyNot = (typeof WHY_NOT)[number];

function isWhyNot(code: string | null): code is WhyNot {
  return WHY_NOT.some((reason) => reason === code);
}

interface WeekActsProps {
  page: KpiPage;
  basis: Basis;
  panel: WeekPanel;
}

/** What a person can do with a week: sign it, leave its point out, begin a phase with it. */
export function WeekActs({ page, basis, panel }: WeekActsProps): ReactNode {
  const { t } = useTranslation("kpi");
  const words = useKpiWords();
  const [asked, setAsked] = useState<"sign" | "ghost" | "phase" | null>(null);
  const sign = useAct(commands.weekSign);
  const ghost = useAct(commands.pointGhost);
  const unghost = useAct(commands.pointUnghost);
  const phase = useAct(commands.phaseSign);
  const withdraw = useAct(commands.phaseWithdraw);
  const { kpi } = page;
  const { week } = panel;
  // The other two dates are shown beside; what is signed and drawn is the KPI itself.
  if (basis !== "promised") return <p className={styles.meta}>{t("acts.otherBasis")}</p>;
  const name = words.week(week);
  const begins = page.phases.some((known) => known.from === week && !known.proposed);
  const whyNot = panel.sign.reason;

  const doGhost = async (reason: string): Promise<boolean> => {
    const done = (await ghost.run(kpi, null, week, reason)) !== undefined;
    if (done) toast(t("acts.ghosted", { week: name }), { undo: () => void unghost.run(kpi, null, week) });
    return done;
  };
  const doUnghost = async (): Promise<void> => {
    const reason = panel.ghost ?? "";
    if ((await unghost.run(kpi, null, week)) === undefined) return;
    toast(t("acts.unghosted", { week: name }), { undo: () => void ghost.run(kpi, null, week, reason) });
  };
  const doPhase = async (reason: string): Promise<boolean> => {
    const done = (await phase.run(kpi, null, week, reason)) !== undefined;
    if (done) {
      toast(t("phases.signed", { week: name }), {
        undo: () => void withdraw.run(kpi, null, week, t("phases.undone")),
      });
    }
    return done;
  };
  const doSign = async (note: string): Promise<boolean> => {
    const done = (await sign.run(kpi, week, panel.revision, note === "" ? null : note)) !== undefined;
    if (done) toast(t("acts.signed", { week: name }));
    return done;
  };

  return (
    <>
      <div className={styles.actions}>
        <Button
          look={panel.sign.possible ? "primary" : "plain"}
          isDisabled={!panel.sign.possible}
          onPress={() => setAsked("sign")}
        >
          {t("acts.sign")}
        </Button>
        {panel.value === null ? null : panel.ghost === null ? (
          <Button onPress={() => setAsked("ghost")}>{t("acts.ghost")}</Button>
        ) : (
          <Button onPress={() => void doUnghost()}>{t("acts.unghost")}</Button>
        )}
        {begins || panel.value === null ? null : (
          <Button onPress={() => setAsked("phase")}>{t("acts.phase")}</Button>
        )}
      </div>
      {!panel.sign.possible && isWhyNot(whyNot) ? (
        <p className={styles.meta}>{t(`acts.whyNot.${whyNot}`)}</p>
      ) : null}
      <ReasonDialog
        title={t("acts.signTitle", { week: name })}
        words={t("acts.signWords", {
          value: words.value(panel.value, page.unit, page.unit_word),
          revision: panel.revision,
        })}
        label={t("acts.note")}
        confirm={t("acts.sign")}
        required={false}
        open={asked === "sign"}
        pending={sign.pending}
        onClose={() => setAsked(null)}
        onConfirm={doSign}
      />
      <ReasonDialog
        title={t("acts.ghostTitle", { week: name })}
        words={t("acts.ghostWords")}
        confirm={t("acts.ghost")}
        open={asked === "ghost"}
        pending={ghost.pending}
        onClose={() => setAsked(null)}
        onConfirm={doGhost}
      />
      <ReasonDialog
        title={t("phases.signTitle", { week: name })}
        words={t("phases.signWords")}
        confirm={t("phases.sign")}
        open={asked === "phase"}
        pending={phase.pending}
        onClose={() => setAsked(null)}
        onConfirm={doPhase}
      />
    </>
  );
}
