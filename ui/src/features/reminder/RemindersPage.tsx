import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type ReminderForm, type ReminderKind, type ReminderPage } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import {
  Button,
  Checkbox,
  ErrorState,
  LinkButton,
  Notice,
  Page,
  PageHeader,
  Skeleton,
  Switch,
  TextField,
  toast,
} from "../../components";
import { useLanguage } from "../../i18n/format";
import styles from "../workspace/Workspace.module.css";

const KINDS: readonly ReminderKind[] = [
  "meeting",
  "commitment",
  "thread",
  "need",
  "attention",
  "visit",
];

/** What this computer reminds of, and when it is quiet. */
export function RemindersPage(): ReactNode {
  const { t } = useTranslation("reminder");
  const page = useRead(["reminder"], commands.reminderRead);
  const { data, error } = page;
  return (
    <Page narrow>
      <PageHeader title={t("title")} lead={data ? t("lead", { most: data.most }) : undefined} />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="18rem" />
        </div>
      ) : null}
      {data ? <Shown page={data} /> : null}
    </Page>
  );
}

function Shown({ page }: { page: ReminderPage }): ReactNode {
  const { t } = useTranslation("reminder");
  const language = useLanguage();
  const set = useAct(commands.reminderSet);
  const { form } = page;
  const change = (next: Partial<ReminderForm>): void => void set.run(language, { ...form, ...next });
  return (
    <>
      <Whom page={page} />
      <section className={styles.section}>
        <Switch selected={form.is_on} onChange={(on) => change({ is_on: on })}>
          {t("on")}
        </Switch>
        <p className={styles.hint}>{t("thisDevice")}</p>
      </section>
      <section className={styles.section} aria-labelledby="reminds">
        <h2 id="reminds">{t("what")}</h2>
        {KINDS.map((kind) => (
          <Checkbox
            key={kind}
            selected={form.kinds.includes(kind)}
            disabled={!form.is_on}
            onChange={(wanted) =>
              change({
                kinds: KINDS.filter((one) => (one === kind ? wanted : form.kinds.includes(one))),
              })
            }
          >
            {t(`kind.${kind}`, { minutes: page.soon_minutes })}
          </Checkbox>
        ))}
        {form.is_on && form.kinds.length === 0 ? <Notice>{t("none")}</Notice> : null}
      </section>
      <section className={styles.section} aria-labelledby="quiet">
        <h2 id="quiet">{t("when")}</h2>
        <Switch
          selected={form.is_quiet}
          disabled={!form.is_on}
          onChange={(quiet) => change({ is_quiet: quiet })}
        >
          {t("quiet")}
        </Switch>
        {form.is_quiet ? <Times key={`${form.from} ${form.to}`} page={page} /> : null}
        <Switch
          selected={form.only_working_days}
          disabled={!form.is_on}
          onChange={(only) => change({ only_working_days: only })}
        >
          {t("daysOff")}
        </Switch>
        <p className={styles.hint}>{t("daysOffHint")}</p>
      </section>
      <section className={styles.section} aria-labelledby="privacy">
        <h2 id="privacy">{t("privacy")}</h2>
        <Switch
          selected={form.without_details}
          disabled={!form.is_on}
          onChange={(without) => change({ without_details: without })}
        >
          {t("without")}
        </Switch>
        <p className={styles.hint}>{t("withoutHint")}</p>
      </section>
      <Trial />
    </>
  );
}

/** Whom this computer reminds, or why nobody. */
function Whom({ page }: { page: ReminderPage }): ReactNode {
  const { t } = useTranslation("reminder");
  if (page.person === null) {
    return (
      <Notice tone="warn" actions={<LinkButton to="/workspace/people">{t("toPeople")}</LinkButton>}>
        {t("nobody")}
      </Notice>
    );
  }
  if (page.acting_for !== null) return <Notice tone="warn">{t("acting", { name: page.acting_for })}</Notice>;
  return <p className={styles.lead}>{t("for", { name: page.person })}</p>;
}

/** The quiet hours, kept together: half of them would mean something else. */
function Times({ page }: { page: ReminderPage }): ReactNode {
  const { t } = useTranslation("reminder");
  const language = useLanguage();
  const set = useAct(commands.reminderSet, { inline: true });
  const { form } = page;
  const [from, setFrom] = useState(form.from);
  const [to, setTo] = useState(form.to);
  const fault = (field: string): string | undefined =>
    set.error?.fields.find((one) => one.field === field)?.words;
  const isSame = from.trim() === form.from && to.trim() === form.to;
  const save = async (): Promise<void> => {
    if ((await set.run(language, { ...form, from: from.trim(), to: to.trim() })) === undefined) return;
    toast(t("saved"));
  };
  return (
    <>
      <div className={styles.times}>
        <TextField
          label={t("from")}
          value={from}
          onChange={setFrom}
          disabled={!form.is_on}
          error={fault("from")}
        />
        <TextField label={t("to")} value={to} onChange={setTo} disabled={!form.is_on} error={fault("to")} />
        <Button isPending={set.pending} isDisabled={!form.is_on || isSame} onPress={() => void save()}>
          {t("saveTimes")}
        </Button>
      </div>
      <p className={styles.hint}>{t("timeHint", { zone: page.zone })}</p>
      {set.error && set.error.fields.length === 0 ? <Notice tone="bad">{set.error.message}</Notice> : null}
    </>
  );
}

/** An example at once, and what shows it here. */
function Trial(): ReactNode {
  const { t } = useTranslation("reminder");
  const language = useLanguage();
  const service = useRead(["reminder", "service"], commands.reminderService);
  const example = useAct(commands.reminderTry);
  const show = async (): Promise<void> => {
    if ((await example.run(language)) === undefined) {
      // Whether anything shows notifications may have changed since the page was opened.
      void service.refetch();
      return;
    }
    toast(t("tried"));
  };
  const name = service.data;
  return (
    <section className={styles.section} aria-labelledby="trial">
      <h2 id="trial">{t("tryTitle")}</h2>
      {service.isPending ? <p className={styles.hint}>{t("asking")}</p> : null}
      {service.error ? <ErrorState error={service.error} retry={() => void service.refetch()} /> : null}
      {name === null ? <Notice tone="warn">{t("noService")}</Notice> : null}
      <div>
        <Button isPending={example.pending} onPress={() => void show()}>
          {t("try")}
        </Button>
      </div>
      {name ? <p className={styles.hint}>{t("shownBy", { name })}</p> : null}
    </section>
  );
}
