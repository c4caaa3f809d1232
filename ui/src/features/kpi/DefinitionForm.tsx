import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type KpiChange, type KpiPage } from "../../api/bindings";
import { useAct } from "../../api/query";
import {
  Button,
  ComboBox,
  Dialog,
  Notice,
  NumberField,
  Select,
  Switch,
  TextField,
  toast,
} from "../../components";
import { usePeople } from "../frame/start";
import styles from "./Kpi.module.css";

/** The fewest points of a fixed baseline; the core holds it, the field says it. */
const BASELINE_FEWEST = 12;

/** Changes a definition; a new version with a reason. */
export function DefinitionForm({ page, onClose }: { page: KpiPage; onClose: () => void }): ReactNode {
  const { t } = useTranslation("kpi");
  const { t: common } = useTranslation();
  const now = page.definition;
  const people = usePeople().filter((person) => person.left === null);
  const act = useAct(commands.kpiChange, { inline: true });
  const [target, setTarget] = useState(now.target);
  const [ruleSet, setRuleSet] = useState(now.rule_set);
  const [screening, setScreening] = useState(now.screening);
  const [baseline, setBaseline] = useState(now.baseline);
  const [decision, setDecision] = useState(now.decision ?? "");
  const [decides, setDecides] = useState(now.decides);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const missing = reason.trim() === "";
  const refused = act.error;

  const save = async (): Promise<void> => {
    setAsked(true);
    if (missing) return;
    const change: KpiChange = {
      target: target !== now.target ? target : null,
      clear_target: target === null && now.target !== null,
      rule_set: ruleSet !== now.rule_set ? ruleSet : null,
      screening: screening !== now.screening ? screening : null,
      baseline: baseline !== now.baseline ? (baseline ?? 0) : null,
      decision: decision.trim() !== (now.decision ?? "") ? decision.trim() : null,
      decides: decides !== now.decides ? decides : null,
      reason: reason.trim(),
    };
    if ((await act.run(page.kpi, change)) === undefined) return;
    toast(t("definition.saved"));
    onClose();
  };

  return (
    <Dialog
      title={t("definition.edit")}
      open
      wide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{common("cancel")}</Button>
          <Button look="primary" isPending={act.pending} onPress={() => void save()}>
            {common("save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.quiet}>{t("definition.editWords")}</p>
        {refused && refused.fields.length === 0 ? <Notice tone="bad">{refused.message}</Notice> : null}
        <TextField
          label={t("definition.decision")}
          hint={t("definition.decisionHint")}
          value={decision}
          onChange={setDecision}
          error={refused?.field("decision")}
        />
        <div className={styles.pair}>
          <ComboBox
            label={t("definition.decides")}
            choices={people.map((person) => ({ value: person.id, label: person.name }))}
            value={decides}
            onChange={setDecides}
            error={refused?.field("decides")}
          />
          <NumberField
            label={t("definition.target")}
            hint={t("definition.targetHint")}
            value={target}
            onChange={setTarget}
            format={{ maximumFractionDigits: 3 }}
            error={refused?.field("target")}
          />
        </div>
        <div className={styles.pair}>
          <Select
            label={t("definition.rules")}
            choices={[
              { value: "mdc", label: t("definition.mdc") },
              { value: "wheeler", label: t("definition.wheeler") },
            ]}
            value={ruleSet}
            onChange={setRuleSet}
            error={refused?.field("rule_set")}
          />
          <NumberField
            label={t("definition.baseline")}
            hint={t("definition.baselineHint")}
            value={baseline}
            onChange={setBaseline}
            min={BASELINE_FEWEST}
            step={1}
            error={refused?.field("baseline")}
          />
        </div>
        <Switch selected={screening} onChange={setScreening}>
          {t("definition.screening")}: {t("definition.screeningHint")}
        </Switch>
        <TextField
          label={common("reason")}
          value={reason}
          onChange={setReason}
          rows={2}
          required
          error={asked && missing ? t("reasonNeeded") : refused?.field("reason")}
        />
      </div>
    </Dialog>
  );
}
