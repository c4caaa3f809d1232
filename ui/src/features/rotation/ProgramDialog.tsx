import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type CalendarWeek, type RotationProgram } from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { useAct } from "../../api/query";
import { Button, Dialog, NumberField, Select, TextField } from "../../components";
import { useWorkspace } from "../frame/start";
import { Fault } from "../workspace/FaultWords";
import { newProgram } from "./program";
import { ProgramDepartments, ProgramPairs } from "./ProgramParts";
import { ProgramPeople } from "./ProgramPeople";
import { ProgramWeeks } from "./ProgramWeeks";
import styles from "./Rotation.module.css";

interface ProgramDialogProps {
  /** What is changed; nothing for a new one. */
  program: RotationProgram | null;
  weeks: readonly CalendarWeek[];
  close: () => void;
}

/** A program begins within a year. */
const BEGIN_WITHIN_WEEKS = 53;

/** A rotation's program: what for, who may visit whom, how long and how often. */
export function ProgramDialog({ program, weeks, close }: ProgramDialogProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const { departments } = useWorkspace();
  const ids = departments.map((department) => department.id);
  const [form, setForm] = useState(() => program ?? newProgram(ids, mayBegin(weeks)[1]?.week ?? ""));
  // What it was when the form was opened: what others change meanwhile is not taken back.
  const [was] = useState(program);
  const save = useAct(commands.rotationSave, { inline: true });
  const change = (next: Partial<RotationProgram>): void => setForm({ ...form, ...next });
  const act = async (): Promise<void> => {
    const id = await save.run(form, was);
    if (id === undefined) return;
    close();
    if (program === null) void navigate({ to: "/rotations/$rotation", params: { rotation: id } });
  };
  const said = (field: string): string | undefined => save.error?.field(field);
  // Only weeks that are planned can be closed, or be a peak.
  const begin = Math.max(
    0,
    weeks.findIndex((week) => week.week === form.first),
  );
  const planned = weeks.slice(begin, begin + Math.max(1, form.weeks));
  return (
    <Dialog
      title={t(program === null ? "program.new" : "program.change")}
      open
      wide
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={save.pending} onPress={() => void act()}>
            {common("save")}
          </Button>
        </>
      }
    >
      {save.error ? <Fault error={save.error} /> : null}
      <TextField
        label={t("program.name")}
        required
        autoFocus
        value={form.name}
        onChange={(name) => change({ name })}
        error={said("name")}
      />
      <TextField
        label={t("program.purpose")}
        rows={2}
        required
        value={form.purpose}
        onChange={(purpose) => change({ purpose })}
        error={said("purpose")}
      />
      <TextField
        label={t("program.question")}
        hint={t("program.questionHint")}
        required
        value={form.question}
        onChange={(question) => change({ question })}
        error={said("question")}
      />
      <Times form={form} weeks={weeks} change={change} error={save.error} />
      <ProgramWeeks
        label={t("weeks.closed")}
        spans={form.closed}
        weeks={planned}
        added={{ first: form.first, last: form.first }}
        change={(closed) => change({ closed })}
        error={said("closed")}
      />
      <ProgramPairs program={form} change={setForm} error={said("pairs")} />
      <ProgramDepartments program={form} weeks={planned} change={setForm} error={said("departments")} />
      <ProgramPeople program={form} change={setForm} error={save.error} />
    </Dialog>
  );
}

interface TimesProps {
  form: RotationProgram;
  weeks: readonly CalendarWeek[];
  change: (next: Partial<RotationProgram>) => void;
  error: PlazaError | null;
}

/** The weeks in which a program may begin. */
function mayBegin(weeks: readonly CalendarWeek[]): CalendarWeek[] {
  const now = Math.max(
    0,
    weeks.findIndex((week) => week.is_now),
  );
  return weeks.slice(now, now + BEGIN_WITHIN_WEEKS);
}

/** When it is, how long a visit takes and how often. */
function Times({ form, weeks, change, error }: TimesProps): ReactNode {
  const { t } = useTranslation("rotation");
  const said = (field: string): string | undefined => error?.field(field);
  const choice = (week: CalendarWeek): { value: string; label: string } => ({
    value: week.week,
    label: week.label,
  });
  const offered = mayBegin(weeks).map(choice);
  // A rotation that has begun keeps its first week.
  const own = weeks.find((week) => week.week === form.first);
  const known = offered.some((week) => week.value === form.first);
  const first = known || own === undefined ? offered : [choice(own), ...offered];
  return (
    <div className={styles.pair}>
      <Select
        label={t("program.first")}
        choices={first}
        value={form.first}
        onChange={(week) => change({ first: week })}
      />
      <NumberField
        label={t("program.weeks")}
        min={1}
        max={104}
        value={form.weeks}
        onChange={(weeks_) => change({ weeks: weeks_ ?? 0 })}
        error={said("weeks")}
      />
      <NumberField
        label={t("program.length")}
        min={1}
        value={form.length.count}
        onChange={(count) => change({ length: { ...form.length, count: count ?? 0 } })}
        error={said("length")}
      />
      <Select
        label={t("program.unit")}
        choices={[
          { value: "weeks", label: t("program.unitWeeks") },
          { value: "days", label: t("program.unitDays") },
        ]}
        value={form.length.unit}
        onChange={(unit) => change({ length: { unit, count: form.length.count } })}
      />
      <NumberField
        label={t("program.period")}
        hint={t("program.periodHint")}
        min={1}
        value={form.period_weeks}
        onChange={(period) => change({ period_weeks: period ?? 0 })}
        error={said("period_weeks")}
      />
      <NumberField
        label={t("program.due")}
        min={0}
        value={form.due}
        onChange={(due) => change({ due: due ?? 0 })}
        error={said("due")}
      />
      <NumberField
        label={t("program.most")}
        min={1}
        value={form.most}
        onChange={(most) => change({ most: most ?? 0 })}
        error={said("most")}
      />
      <NumberField
        label={t("program.target")}
        min={0}
        value={form.pair_target}
        onChange={(target) => change({ pair_target: target ?? 0 })}
        error={said("pair_target")}
      />
    </div>
  );
}
