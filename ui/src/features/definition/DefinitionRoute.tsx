import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import {
  commands,
  type DefinitionForm,
  type DefinitionPage as DefinitionPageData,
  type JobView,
  type KpiId,
} from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import {
  Button,
  ErrorState,
  Notice,
  Page,
  PageHeader,
  Skeleton,
  Switch,
  TextField,
  toast,
} from "../../components";
import { useLanguage } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import { JobProgress } from "../job/JobProgress";
import { isRunning, useJob, useJobEnd, useNewJob } from "../job/jobs";
import { ChartFields, PeopleFields, WordFields, type FieldsProps } from "./Fields";
import styles from "./Definition.module.css";
import { Preview } from "./Preview";
import { SettingFields } from "./SettingFields";

/** The form of the KPI that the address names. */
export function DefinitionRoute(): ReactNode {
  const { kpi } = useParams({ from: "/definitions/$kpi" });
  return <DefinitionPage key={kpi} kpi={kpi} />;
}

function DefinitionPage({ kpi }: { kpi: KpiId }): ReactNode {
  const { t } = useTranslation("definition");
  const words = useKpiWords();
  const page = useRead(["definition", kpi], () => commands.definitionRead(kpi), { keep: true });
  const { data, error } = page;
  const [begun, setBegun] = useState<DefinitionPageData | null>(null);
  // What was begun stays as it was begun: another version that came meanwhile is refused when this one is saved.
  const shown = begun ?? data;
  return (
    <Page>
      <PageHeader
        above={<Link to="/definitions">{t("title")}</Link>}
        title={t("formTitle", { name: words.name(kpi, data?.form.name || null) })}
        lead={t("formLead")}
      />
      {error && !shown ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!shown && !error ? (
        <div aria-busy="true">
          <Skeleton height="24rem" />
        </div>
      ) : null}
      {begun && data && data.form.version !== begun.form.version ? (
        <Notice actions={<Button onPress={() => setBegun(data)}>{t("takeNewer")}</Button>}>
          {t("newer")}
        </Notice>
      ) : null}
      {shown ? (
        <Editor key={shown.form.version} page={shown} onBegin={() => setBegun((now) => now ?? shown)} />
      ) : null}
    </Page>
  );
}

function Editor({ page, onBegin }: { page: DefinitionPageData; onBegin: () => void }): ReactNode {
  const { t } = useTranslation("definition");
  const language = useLanguage();
  const newJob = useNewJob();
  const [form, setForm] = useState<DefinitionForm>(page.form);
  const [looked, setLooked] = useState<{ job: number; at: string } | null>(null);
  const look = useAct(commands.definitionPreview, { inline: true });
  const job = useJob(looked?.job ?? null);
  const now = JSON.stringify(form);
  const isSame = now === JSON.stringify(page.form);
  const refused = look.error;
  const change: FieldsProps["change"] = (part) => {
    onBegin();
    setForm((before) => ({ ...before, ...part }));
  };
  const start = async (): Promise<void> => {
    const begun = await look.run(language, page.kpi, form);
    if (begun === undefined) return;
    newJob(begun);
    setLooked({ job: begun.id, at: now });
  };
  const fields: FieldsProps = { page, form, change, error: (field) => refused?.field(field) };
  return (
    <div className={styles.form}>
      <WordFields {...fields} />
      <PeopleFields {...fields} />
      <ChartFields {...fields} />
      <SettingFields {...fields} />
      <section className={styles.section}>
        <h2>{t("board")}</h2>
        <Switch selected={form.active} onChange={(active) => change({ active })}>
          {t("active")}
        </Switch>
        {refused?.field("active") ? (
          <p className={styles.fault} role="alert">
            {refused.field("active")}
          </p>
        ) : null}
      </section>
      <section className={styles.preview} aria-label={t("preview.title")}>
        <h2>{t("preview.title")}</h2>
        <p className={styles.quiet}>{t("preview.words")}</p>
        {refused ? (
          <Notice tone="bad">{refused.fields.length === 0 ? refused.message : t("preview.faults")}</Notice>
        ) : null}
        <div className={styles.actions}>
          <Button
            look={looked?.at === now ? "plain" : "primary"}
            isPending={look.pending}
            isDisabled={isSame || (job !== null && isRunning(job))}
            onPress={() => void start()}
          >
            {t("preview.look")}
          </Button>
          {isSame ? <span className={styles.quiet}>{t("preview.same")}</span> : null}
        </div>
        {job ? <JobProgress job={job} retry={() => void start()} /> : null}
        {job && looked && job.state === "done" ? (
          looked.at === now ? (
            <>
              <Preview job={job.id} unit={page.unit} />
              <Save page={page} form={form} preview={job.id} />
            </>
          ) : (
            <Notice>{t("preview.stale")}</Notice>
          )
        ) : null}
      </section>
    </div>
  );
}

/** Saving, with a reason: only what was looked at can be saved. */
function Save({
  page,
  form,
  preview,
}: {
  page: DefinitionPageData;
  form: DefinitionForm;
  preview: number;
}): ReactNode {
  const { t } = useTranslation(["definition", "kpi", "common"]);
  const language = useLanguage();
  const navigate = useNavigate();
  const newJob = useNewJob();
  const save = useAct(commands.definitionSave, { inline: true });
  const found = useRead(["definition", "preview", preview], () => commands.definitionPreviewed(preview));
  const [reason, setReason] = useState("");
  const [saving, setSaving] = useState<number | null>(null);
  const job = useJob(saving);
  const ended = useCallback(
    (end: JobView) => {
      if (end.state !== "done") return;
      toast(t("kpi:definition.saved"));
      void navigate({ to: "/kpi/$kpi", params: { kpi: page.kpi }, search: { tab: "definition" } });
    },
    [navigate, page.kpi, t],
  );
  useJobEnd(job, ended);
  const start = async (): Promise<void> => {
    const begun = await save.run(language, page.kpi, form, reason);
    if (begun === undefined) return;
    newJob(begun);
    setSaving(begun.id);
  };
  if (!found.data) return null;
  const other = save.error && !save.error.field("reason") ? save.error : null;
  return (
    <>
      {other ? (
        <Notice tone="bad">{other.fields.map((field) => field.words).join(" ") || other.message}</Notice>
      ) : null}
      <TextField
        label={t("common:reason")}
        hint={t("definition:reasonHint")}
        value={reason}
        onChange={setReason}
        rows={2}
        required
        error={save.error?.field("reason")}
      />
      <div className={styles.actions}>
        <Button
          look="primary"
          isPending={save.pending}
          isDisabled={found.data.held !== null || (job !== null && isRunning(job))}
          onPress={() => void start()}
        >
          {t("definition:save", { version: page.form.version + 1 })}
        </Button>
      </div>
      {job ? <JobProgress job={job} retry={() => void start()} /> : null}
    </>
  );
}
