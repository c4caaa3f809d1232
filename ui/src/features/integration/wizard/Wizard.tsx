import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Problem } from "../../../api/bindings";
import { useAct, useRead } from "../../../api/query";
import { Button } from "../../../components/Button";
import { Page, PageHeader } from "../../../components/Page";
import { ConnectionStep } from "./ConnectionStep";
import { type Draft, emptyDraft, isBegun, STEPS, type Step, stepOf, wholeOf, withReport } from "./draft";
import { FieldsStep } from "./FieldsStep";
import { FilesStep } from "./FilesStep";
import { FinishStep } from "./FinishStep";
import { FoundStep } from "./FoundStep";
import { dropDraft, keepDraft } from "./keep";
import { useAsked, useExcerpts } from "./offer";
import { OriginStep } from "./OriginStep";
import { ReadStep } from "./ReadStep";
import { RouteStep } from "./RouteStep";
import { RulesStep } from "./RulesStep";
import { useKept, usePreview, useReport } from "./state";
import { chooseOrigin, originOf, reportOf, withExcerpts } from "./system";
import styles from "./Wizard.module.css";

/** Changes the draft from what it was. */
export type Edit = (change: (before: Draft) => Draft) => void;

/** From files or a system to an integration: six steps that can be left and returned to; what was said is kept at
 * every moment, but no secret. */
export function Wizard({ folder, begin }: { folder: string; begin: Draft }): ReactNode {
  const { t } = useTranslation("wizard");
  const navigate = useNavigate();
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const departments = useMemo(() => workspace.data?.departments ?? [], [workspace.data]);
  const [draft, setDraft] = useState(begin);
  const [done, setDone] = useState(false);
  const edit = useCallback<Edit>(
    (change) => setDraft((before) => ({ ...change(before), kept: new Date().toISOString() })),
    [],
  );
  const kept = useKept(folder, !done && isBegun(draft) ? draft : null);
  const paths = useMemo(() => draft.chosen.map((one) => one.path), [draft.chosen]);
  const report = useReport(paths);
  const origin = originOf(draft);
  const excerpts = useExcerpts(draft);
  const checked = useAsked();
  const offered = useAsked();
  const discard = useAct(commands.draftDiscard);
  const found = useMemo(
    () => (origin === "system" ? excerpts.data && reportOf(excerpts.data) : report.data),
    [excerpts.data, origin, report.data],
  );
  const fresh = origin === "files" && found !== undefined && !report.waiting;

  // A table that nobody has decided on yet becomes a stream with what its names and contents suggest.
  useEffect(() => {
    if (!fresh || departments.length === 0) return;
    setDraft((before) =>
      withReport(
        before,
        found,
        departments.map((one) => one.id),
      ),
    );
  }, [found, fresh, departments]);

  // The same of a system, once its first rows are there.
  useEffect(() => {
    if (origin !== "system" || excerpts.data === undefined || departments.length === 0) return;
    const read = excerpts.data;
    setDraft((before) =>
      withExcerpts(
        before,
        read,
        departments.map((one) => one.id),
      ),
    );
  }, [departments, excerpts.data, origin]);

  const streams = draft.integration.stream.length;
  const preview = usePreview(streams > 0 ? draft : null);
  const problems = useMemo(
    () => (streams > 0 ? (preview.data?.problems ?? []) : []),
    [preview.data, streams],
  );
  const step = streams === 0 && draft.step !== "found" ? "files" : draft.step;
  const top = useRef<HTMLDivElement>(null);
  const go = (next: Step): void => {
    edit((before) => ({ ...before, step: next }));
    top.current?.scrollIntoView({ block: "start" });
  };
  const reachable = (one: Step): boolean =>
    one === "files" || (one === "found" ? draft.chosen.length > 0 || origin === "system" : streams > 0);
  const choose = (one: Parameters<typeof chooseOrigin>[1]): void => {
    const begun = chooseOrigin(draft, one);
    // What an earlier draft left in the keyring is nothing that this system should be given.
    if (one !== "files") void discard.run(wholeOf(begun));
    edit(() => begun);
  };
  const other = (): void => {
    // What was entered for one system is nothing that another should be given.
    if (origin === "system") void discard.run(wholeOf(draft));
    dropDraft(folder);
    setDraft((before) => ({ ...emptyDraft(before.kept) }));
  };
  const at = STEPS.indexOf(step);
  const previous = STEPS[at - 1];
  const next = STEPS[at + 1];
  const name = draft.integration.name;

  return (
    <Page>
      <div ref={top} className={styles.top} />
      <PageHeader
        title={draft.existing ? t("titleChange", { name }) : t(origin === "files" ? "titleFiles" : "title")}
        actions={
          <>
            {kept && isBegun(draft) ? <span className={styles.quiet}>{t("kept")}</span> : null}
            <Button
              onPress={() => {
                if (isBegun(draft)) keepDraft(folder, draft);
                void navigate({ to: "/integrations" });
              }}
            >
              {t("close")}
            </Button>
          </>
        }
      />
      {origin === null ? <OriginStep choose={choose} /> : null}
      {origin === null ? null : (
        <Steps step={step} system={origin === "system"} problems={problems} reachable={reachable} go={go} />
      )}
      {step === "files" && origin === "files" ? (
        <FilesStep draft={draft} edit={edit} report={report} other={other} />
      ) : null}
      {step === "files" && origin === "system" ? (
        <ConnectionStep draft={draft} edit={edit} asked={checked} other={other} />
      ) : null}
      {step === "found" && origin === "files" ? (
        <FoundStep draft={draft} edit={edit} report={report} />
      ) : null}
      {step === "found" && origin === "system" ? (
        <ReadStep draft={draft} edit={edit} offered={offered} excerpts={excerpts} departments={departments} />
      ) : null}
      {step === "fields" ? (
        <FieldsStep draft={draft} edit={edit} report={found} preview={preview} departments={departments} />
      ) : null}
      {step === "route" ? <RouteStep draft={draft} edit={edit} departments={departments} /> : null}
      {step === "rules" ? <RulesStep draft={draft} edit={edit} /> : null}
      {step === "finish" ? (
        <FinishStep
          draft={draft}
          edit={edit}
          preview={preview}
          zone={workspace.data?.time_zone ?? "UTC"}
          folder={folder}
          saved={() => setDone(true)}
        />
      ) : null}
      {step !== "files" ? (
        <Problems problems={problems} here={step} system={origin === "system"} go={go} />
      ) : null}
      <footer className={styles.foot} hidden={origin === null}>
        {previous ? <Button onPress={() => go(previous)}>{t("back")}</Button> : <span />}
        {next ? (
          <Button look="primary" isDisabled={!reachable(next)} onPress={() => go(next)}>
            {t("next", { step: t(`${origin === "system" ? "systemStep" : "step"}.${next}`) })}
          </Button>
        ) : null}
      </footer>
    </Page>
  );
}

function Steps(props: {
  step: Step;
  system: boolean;
  problems: readonly Problem[];
  reachable: (step: Step) => boolean;
  go: (step: Step) => void;
}): ReactNode {
  const { t } = useTranslation("wizard");
  return (
    <nav aria-label={t("steps")}>
      <ol className={styles.steps}>
        {STEPS.map((one, place) => {
          const open = props.problems.filter((problem) => stepOf(problem) === one).length;
          return (
            <li key={one} data-current={one === props.step || undefined}>
              <Button
                look="quiet"
                isDisabled={!props.reachable(one)}
                {...(one === props.step ? { "aria-current": "step" as const } : {})}
                onPress={() => props.go(one)}
              >
                <span className={styles.place} aria-hidden="true">
                  {place + 1}
                </span>
                {t(`${props.system ? "systemStep" : "step"}.${one}`)}
                {open > 0 ? (
                  <span className={styles.open} title={t("stepOpen", { count: open })}>
                    <span aria-hidden="true">{open}</span>
                    <span className={styles.hidden}>{t("stepOpen", { count: open })}</span>
                  </span>
                ) : null}
              </Button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Problems({
  problems,
  here,
  system,
  go,
}: {
  problems: readonly Problem[];
  here: Step;
  system: boolean;
  go: (step: Step) => void;
}): ReactNode {
  const { t } = useTranslation("wizard");
  if (problems.length === 0) return null;
  return (
    <section className={styles.problems} aria-live="polite">
      <h2>{t("problems.title", { count: problems.length })}</h2>
      <ul>
        {problems.map((problem) => {
          const step = stepOf(problem);
          const key = `${problem.step} ${problem.stream} ${problem.field} ${problem.words}`;
          return (
            <li key={key}>
              <span>{problem.words}</span>
              {step === here ? null : (
                <Button look="quiet" onPress={() => go(step)}>
                  {t(`${system ? "systemStep" : "step"}.${step}`)} →
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
