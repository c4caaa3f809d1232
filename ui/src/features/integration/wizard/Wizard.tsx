import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Problem } from "../../../api/bindings";
import { useRead } from "../../../api/query";
import { Button } from "../../../components/Button";
import { Page, PageHeader } from "../../../components/Page";
import { type Draft, isBegun, STEPS, type Step, stepOf, withReport } from "./draft";
import { FieldsStep } from "./FieldsStep";
import { FilesStep } from "./FilesStep";
import { FinishStep } from "./FinishStep";
import { FoundStep } from "./FoundStep";
import { keepDraft } from "./keep";
import { RouteStep } from "./RouteStep";
import { RulesStep } from "./RulesStep";
import { useKept, usePreview, useReport } from "./state";
import styles from "./Wizard.module.css";

/** Changes the draft from what it was. */
export type Edit = (change: (before: Draft) => Draft) => void;

/** Six steps that can be left and returned to; what was said is kept at every moment. */
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
  const found = report.data;
  const fresh = found !== undefined && !report.waiting;

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
    one === "files" || (one === "found" ? draft.chosen.length > 0 : streams > 0);
  const at = STEPS.indexOf(step);
  const previous = STEPS[at - 1];
  const next = STEPS[at + 1];
  const name = draft.integration.name;

  return (
    <Page>
      <div ref={top} className={styles.top} />
      <PageHeader
        title={draft.existing ? t("titleChange", { name }) : t("title")}
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
      <Steps step={step} problems={problems} reachable={reachable} go={go} />
      {step === "files" ? <FilesStep draft={draft} edit={edit} report={report} /> : null}
      {step === "found" ? <FoundStep draft={draft} edit={edit} report={report} /> : null}
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
      {step !== "files" ? <Problems problems={problems} here={step} go={go} /> : null}
      <footer className={styles.foot}>
        {previous ? <Button onPress={() => go(previous)}>{t("back")}</Button> : <span />}
        {next ? (
          <Button look="primary" isDisabled={!reachable(next)} onPress={() => go(next)}>
            {t("next", { step: t(`step.${next}`) })}
          </Button>
        ) : null}
      </footer>
    </Page>
  );
}

function Steps(props: {
  step: Step;
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
                {t(`step.${one}`)}
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
  go,
}: {
  problems: readonly Problem[];
  here: Step;
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
                  {t(`step.${step}`)} →
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
