import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { SettingsForm } from "../../api/bindings";
import { NumberField, Select, Switch } from "../../components";
import styles from "./Definition.module.css";
import { NOBODY, type FieldsProps } from "./Fields";

/** What the KPI's own arithmetic is set to; only what changes a number here is offered. */
export function SettingFields(props: FieldsProps): ReactNode {
  const { t } = useTranslation("definition");
  const { page } = props;
  const { t: measure } = useTranslation("measure");
  if (page.kind === "measure") {
    return (
      <section className={styles.section}>
        <h2>{t("arithmetic")}</h2>
        <p className={styles.quiet}>{measure("fixed")}</p>
      </section>
    );
  }
  const isRight = page.kpi === "right-first-time";
  return (
    <section className={styles.section}>
      <h2>{t("arithmetic")}</h2>
      {page.offers.length === 0 ? <p className={styles.quiet}>{t("noSettings")}</p> : null}
      {page.kpi === "promise-kept" ? <PromiseFields {...props} /> : null}
      {isRight && page.offers.length > 0 ? <RightFields {...props} /> : null}
      <p className={styles.quiet}>
        {t("elsewhere")} <Link to="/integrations">{t("toIntegrations")}</Link> ·{" "}
        <Link to="/workspace/calendar">{t("toCalendar")}</Link>
      </p>
    </section>
  );
}

/** Changes some of the settings. */
function useSet({ form, change }: FieldsProps): (part: Partial<SettingsForm>) => void {
  return (part) => change({ settings: { ...form.settings, ...part } });
}

function PromiseFields(props: FieldsProps): ReactNode {
  const { t } = useTranslation("definition");
  const { form, page, error } = props;
  const { settings } = form;
  const set = useSet(props);
  const offers = (word: string): boolean => page.offers.includes(word);
  return (
    <>
      {offers("short") ? (
        <Switch selected={settings.counts_short} onChange={(counts_short) => set({ counts_short })}>
          {t("settings.short")}
        </Switch>
      ) : null}
      {offers("invoice") ? (
        <>
          <Switch selected={settings.counts_invoice} onChange={(counts_invoice) => set({ counts_invoice })}>
            {t("settings.invoice")}
          </Switch>
          <div className={styles.pair}>
            <NumberField
              label={t("settings.invoicingDays")}
              hint={t("settings.invoicingDaysHint")}
              value={settings.invoicing_days}
              onChange={(invoicing_days) => set({ invoicing_days })}
              disabled={!settings.counts_invoice}
              error={error("settings.invoicing_days")}
            />
            <NumberField
              label={t("settings.creditWindow")}
              hint={t("settings.creditWindowHint")}
              value={settings.credit_window_days}
              onChange={(days) => set({ credit_window_days: days ?? USUAL_WINDOW })}
              disabled={!settings.counts_invoice}
              error={error("settings.credit_window_days")}
            />
          </div>
        </>
      ) : null}
    </>
  );
}

/** What stands in a window's field when it is emptied. */
const USUAL_WINDOW = 28;

const AFTER = [
  { offer: "returns", counts: "counts_returns", to: "returns_to" },
  { offer: "credits", counts: "counts_credits", to: "credits_to" },
  { offer: "disputes", counts: "counts_disputes", to: "disputes_to" },
] as const;

function RightFields(props: FieldsProps): ReactNode {
  const { t } = useTranslation("definition");
  const { form, page, error } = props;
  const { settings } = form;
  const set = useSet(props);
  const departments = [
    { value: NOBODY, label: t("settings.asTheRoute") },
    ...page.departments.map((department) => ({ value: department.id, label: department.name })),
  ];
  const offered = AFTER.filter(({ offer }) => page.offers.includes(offer));
  return (
    <>
      <div className={styles.pair}>
        <NumberField
          label={t("settings.window")}
          hint={t("settings.windowHint")}
          value={settings.return_window_days}
          onChange={(days) => set({ return_window_days: days ?? USUAL_WINDOW })}
          error={error("settings.return_window_days")}
        />
      </div>
      {offered.map(({ offer, counts, to }) => (
        <div key={offer} className={styles.pair}>
          <Switch selected={settings[counts]} onChange={(on) => set({ [counts]: on })}>
            {t(`settings.${offer}`)}
          </Switch>
          <Select
            label={t(`settings.${offer}To`)}
            choices={departments}
            value={settings[to] ?? NOBODY}
            onChange={(id) => set({ [to]: id === NOBODY ? null : id })}
            disabled={!settings[counts]}
            error={error(`settings.${to}`)}
          />
        </div>
      ))}
      {error("settings.counts_returns") ? (
        <p className={styles.fault} role="alert">
          {error("settings.counts_returns")}
        </p>
      ) : null}
    </>
  );
}
