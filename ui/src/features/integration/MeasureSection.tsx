import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MeasureView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Chart } from "../../charts/Chart";
import { Button } from "../../components/Button";
import { NumberField, Select } from "../../components/Field";
import { toast } from "../../components/toast";
import { useFormat, weekParts } from "../../i18n/format";
import styles from "./Charter.module.css";

/** Before and after: the weeks of the success measure, and whether the target is reached. */
export function MeasureSection({ id, measure }: { id: string; measure: MeasureView }): ReactNode {
  const { t } = useTranslation("charter");
  return (
    <section className={styles.section}>
      <h2>{t("measure.title")}</h2>
      <p data-verdict={measure.verdict}>{measure.sentence}</p>
      {measure.chart === null ? (
        <p className={styles.quiet}>{t("measure.none")}</p>
      ) : (
        <Chart chart={measure.chart} />
      )}
      {measure.weeks.length === 0 ? null : <Enter id={id} measure={measure} />}
    </section>
  );
}

/** A week's number, entered by hand. */
function Enter({ id, measure }: { id: string; measure: MeasureView }): ReactNode {
  const { t } = useTranslation("charter");
  const { t: common } = useTranslation();
  const format = useFormat();
  const enter = useAct(commands.measureEnter, { inline: true });
  const [first] = measure.weeks;
  const [week, setWeek] = useState(first?.week ?? "");
  const [value, setValue] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  const save = async (): Promise<void> => {
    setAsked(true);
    if (value === null) return;
    if ((await enter.run(id, week, value)) === undefined) return;
    setValue(null);
    setAsked(false);
    toast(t("measure.entered"));
  };
  const choices = measure.weeks.map((one) => ({
    value: one.week,
    label:
      one.value === null
        ? t("measure.week", weekParts(one.week))
        : t("measure.weekWith", { ...weekParts(one.week), value: format.number(one.value, 2) }),
  }));
  return (
    <div className={styles.pair}>
      <Select
        label={t("measure.enterWeek")}
        choices={choices}
        value={week}
        onChange={setWeek}
        error={enter.error?.field("week")}
      />
      <NumberField
        label={t("measure.enterValue")}
        value={value}
        onChange={setValue}
        format={{ maximumFractionDigits: 3 }}
        error={asked && value === null ? t("measure.valueFault") : enter.error?.field("value")}
      />
      <div className={styles.acts}>
        <Button isPending={enter.pending} onPress={() => void save()}>
          {common("save")}
        </Button>
      </div>
      {enter.error && enter.error.fields.length === 0 ? (
        <p className={styles.fault}>{enter.error.message}</p>
      ) : null}
    </div>
  );
}
