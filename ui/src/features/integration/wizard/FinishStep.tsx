import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type PreviewCounts } from "../../../api/bindings";
import { useAct, useRead } from "../../../api/query";
import { Button } from "../../../components/Button";
import { ComboBox, TextField } from "../../../components/Field";
import { Notice } from "../../../components/State";
import { toast } from "../../../components/toast";
import { weekParts, useFormat, useLanguage } from "../../../i18n/format";
import { JobProgress } from "../../job/JobProgress";
import { isRunning, noteNew, useJob, usePull } from "../../job/jobs";
import { zoneChoices } from "../../start/zones";
import { Fault } from "../../workspace/FaultWords";
import { type Draft, isSlug, nameFrom, slug, wholeOf } from "./draft";
import { dropDraft } from "./keep";
import { PreviewPane } from "./PreviewPane";
import type { usePreview } from "./state";
import { isSystem } from "./system";
import type { Edit } from "./Wizard";
import styles from "./Wizard.module.css";

const AS_WORKSPACE = "\u0000";

interface FinishProps {
  draft: Draft;
  edit: Edit;
  preview: ReturnType<typeof usePreview>;
  zone: string;
  folder: string;
  saved: () => void;
}

/** Ten rows, then all of them counted; then its name, and the first pull. */
export function FinishStep({ draft, edit, preview, zone, folder, saved }: FinishProps): ReactNode {
  const { t } = useTranslation("wizard");
  const asks = isSystem(draft);
  return (
    <section className={styles.step}>
      <h2>{t(asks ? "finish.systemTitle" : "finish.title")}</h2>
      <p className={styles.lead}>{t(asks ? "finish.systemLead" : "finish.lead")}</p>
      {draft.integration.stream.map((stream) => (
        <div key={stream.name}>
          {draft.integration.stream.length > 1 ? <h3>{stream.name}</h3> : null}
          <PreviewPane preview={preview} stream={stream.name} />
        </div>
      ))}
      {asks ? null : <Count draft={draft} />}
      <Naming
        draft={draft}
        edit={edit}
        zone={zone}
        folder={folder}
        saved={saved}
        open={(preview.data?.problems.length ?? 0) > 0}
      />
      <AsToml draft={draft} />
    </section>
  );
}

function Count({ draft }: { draft: Draft }): ReactNode {
  const { t } = useTranslation("wizard");
  const language = useLanguage();
  const client = useQueryClient();
  const count = useAct(commands.integrationCount, { inline: true });
  // What it is called changes no count.
  const question = useMemo(
    () => JSON.stringify({ ...wholeOf(draft), id: "", name: "", system: "" }),
    [draft],
  );
  const [begun, setBegun] = useState<{ id: number; question: string } | null>(null);
  const job = useJob(begun?.id ?? null);
  const counted = useRead(
    ["integration", "counted", begun?.id ?? null],
    () => commands.integrationCounted(begun?.id ?? 0),
    { enabled: begun !== null && job?.state === "done" },
  );
  const begin = async (): Promise<void> => {
    const started = await count.run(language, wholeOf(draft));
    if (!started) return;
    noteNew(client, started);
    setBegun({ id: started.id, question });
  };
  const running = job !== null && isRunning(job);
  return (
    <section className={styles.stack}>
      <div className={styles.bar}>
        <Button isDisabled={running} isPending={count.pending} onPress={() => void begin()}>
          {running ? t("finish.counting") : counted.data ? t("finish.countAgain") : t("finish.count")}
        </Button>
        {begun !== null && begun.question !== question ? (
          <span className={styles.warns}>{t("finish.stale")}</span>
        ) : null}
      </div>
      {count.error ? <Fault error={count.error} /> : null}
      {job && job.state !== "done" ? <JobProgress job={job} retry={() => void begin()} /> : null}
      {counted.error ? <Fault error={counted.error} /> : null}
      {counted.data ? <Counted counts={counted.data} /> : null}
    </section>
  );
}

function Counted({ counts }: { counts: PreviewCounts }): ReactNode {
  const { t } = useTranslation("wizard");
  const format = useFormat();
  const figures = [
    [counts.read, t("finish.read")],
    [counts.journeys, t("finish.journeys")],
    [counts.quarantined, t("finish.quarantined")],
    [counts.without_promise, t("finish.withoutPromise")],
  ] as const;
  const week = (text: string): string => {
    const { week: number, year } = weekParts(text);
    return t("finish.week", { number, year });
  };
  return (
    <div className={styles.stack} aria-live="polite">
      <dl className={styles.figures}>
        {figures.map(([value, words]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{format.count(value)}</dd>
          </div>
        ))}
      </dl>
      <p>
        {counts.first_week && counts.last_week
          ? t("finish.weeks", { first: week(counts.first_week), last: week(counts.last_week) })
          : t("finish.noWeeks")}
      </p>
      {counts.reasons.length === 0 ? (
        <p className={styles.quiet}>{t("finish.noReasons")}</p>
      ) : (
        <>
          <h3>{t("finish.reasons")}</h3>
          <ul className={styles.reasons}>
            {counts.reasons.map((reason) => (
              <li key={reason.rule}>
                <span>{format.count(reason.rows)}</span> {reason.words}
              </li>
            ))}
          </ul>
        </>
      )}
      {counts.warnings.length > 0 ? (
        <Notice tone="warn">
          <strong>{t("finish.warnings")}</strong>
          <ul>
            {counts.warnings.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </div>
  );
}

function Naming(props: {
  draft: Draft;
  edit: Edit;
  zone: string;
  folder: string;
  saved: () => void;
  open: boolean;
}): ReactNode {
  const { t } = useTranslation("wizard");
  const navigate = useNavigate();
  const pull = usePull();
  const save = useAct(commands.integrationSave, { inline: true });
  const { draft, edit } = props;
  const { integration } = draft;
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState(false);
  // What nobody has named yet is named after the first file; what is shown is what will be saved.
  const name = integration.name === "" && !asked ? nameFrom(draft) : integration.name;
  const id = integration.id === "" ? slug(name) : integration.id;
  const faults = {
    name: name.trim() === "",
    system: integration.system.trim() === "",
    id: !isSlug(id),
  };
  const change = (part: Partial<Draft["integration"]>): void =>
    edit((before) => ({ ...before, integration: { ...before.integration, ...part } }));
  const zones = useMemo(() => zoneChoices([integration.time_zone ?? ""]), [integration.time_zone]);

  const act = async (andPull: boolean): Promise<void> => {
    if (faults.name || faults.system || faults.id) {
      if (integration.name === "" && name !== "") change({ name });
      setAsked(true);
      return;
    }
    const whole = { ...wholeOf(draft), id, name: name.trim(), system: integration.system.trim() };
    const saved = await save.run(whole, note.trim(), draft.existing);
    if (saved === undefined) return;
    props.saved();
    dropDraft(props.folder, draft.existing ? integration.id : null);
    if (andPull && (await pull(saved)) !== undefined) toast(t("finish.begun"));
    await navigate({ to: "/integrations/$id", params: { id: saved }, search: { tab: "runs" } });
  };
  const fault = (is: boolean, words: string): string | undefined => (asked && is ? words : undefined);

  return (
    <section className={styles.stack}>
      <div className={styles.columns}>
        <TextField
          label={t("finish.name")}
          hint={t("finish.nameHint")}
          value={name}
          onChange={(text) => {
            setAsked(asked || text === "");
            change({ name: text });
          }}
          error={fault(faults.name, t("finish.nameFault"))}
        />
        <TextField
          label={t("finish.system")}
          hint={t("finish.systemHint")}
          value={integration.system}
          onChange={(system) => change({ system })}
          error={fault(faults.system, t("finish.systemFault"))}
        />
        <TextField
          code
          label={t("finish.id")}
          hint={t("finish.idHint")}
          disabled={draft.existing}
          value={id}
          onChange={(text) => change({ id: text })}
          error={fault(faults.id, t("finish.idFault"))}
        />
        <ComboBox
          label={t("finish.zone")}
          hint={t("finish.zoneHint")}
          choices={[
            { value: AS_WORKSPACE, label: t("finish.zoneWorkspace", { zone: props.zone }) },
            ...zones,
          ]}
          value={integration.time_zone ?? AS_WORKSPACE}
          onChange={(zone) => change({ time_zone: zone === AS_WORKSPACE ? null : zone })}
        />
        <TextField label={t("finish.note")} hint={t("finish.noteHint")} value={note} onChange={setNote} />
      </div>
      {save.error ? <Fault error={save.error} /> : null}
      <div className={styles.bar}>
        <Button
          look="primary"
          isDisabled={props.open}
          isPending={save.pending}
          onPress={() => void act(true)}
        >
          {t("finish.save")}
        </Button>
        <Button isDisabled={props.open || save.pending} onPress={() => void act(false)}>
          {t("finish.saveOnly")}
        </Button>
        {props.open ? <span className={styles.warns}>{t("finish.open")}</span> : null}
      </div>
    </section>
  );
}

function AsToml({ draft }: { draft: Draft }): ReactNode {
  const { t } = useTranslation("wizard");
  const [open, setOpen] = useState(false);
  const whole = wholeOf(draft);
  const toml = useRead(
    ["integration", "toml", JSON.stringify(whole)],
    () => commands.integrationToml(whole),
    {
      enabled: open,
      keep: true,
    },
  );
  return (
    <section className={styles.stack}>
      <div>
        <Button look="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? t("finish.tomlHide") : t("finish.toml")}
        </Button>
      </div>
      {open && toml.error ? <Fault error={toml.error} /> : null}
      {open && toml.data !== undefined ? (
        // oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
        <pre className={styles.toml} tabIndex={0} aria-label={t("finish.tomlLabel")}>
          {toml.data}
        </pre>
      ) : null}
    </section>
  );
}
