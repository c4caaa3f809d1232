import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { CalendarWeek, DepartmentRule, RotationProgram } from "../../api/bindings";
import {
  classes,
  ComboBox,
  DepartmentBadge,
  NumberField,
  Select,
  TextField,
  type Choice,
} from "../../components";
import table from "../../components/table.module.css";
import { useWorkspace } from "../frame/start";
import { NOBODY, usePeopleChoices } from "../meeting/words";
import { allowedOf, ruleOf, withPair, withRule, type Allowed } from "./program";
import { ProgramWeeks } from "./ProgramWeeks";
import styles from "./Rotation.module.css";

interface PartProps {
  program: RotationProgram;
  change: (next: RotationProgram) => void;
  error: string | undefined;
}

/** Who may visit whom: homes in rows, hosts in columns. */
export function ProgramPairs({ program, change, error }: PartProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { departments } = useWorkspace();
  const choices: Choice<Allowed>[] = [
    { value: "no", label: t("program.allowed.no") },
    { value: "may", label: t("program.allowed.may") },
    { value: "must", label: t("program.allowed.must") },
  ];
  return (
    <section className={styles.section} aria-labelledby="pairs">
      <h3 id="pairs">{t("program.pairs")}</h3>
      {error ? <p role="alert">{error}</p> : null}
      <div className={table.scroll}>
        <table className={classes(table.table, styles.grid)}>
          <thead>
            <tr>
              <th scope="col">{t("matrix.corner")}</th>
              {departments.map((host) => (
                <th key={host.id} scope="col">
                  <DepartmentBadge department={host} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {departments.map((home) => (
              <tr key={home.id}>
                <th scope="row">
                  <DepartmentBadge department={home} />
                </th>
                {departments.map((host) => (
                  <td key={host.id}>
                    {home.id === host.id ? null : (
                      <Select
                        bare
                        label={t("program.pairOf", { home: home.name, host: host.name })}
                        choices={choices}
                        value={allowedOf(program, { home: home.id, host: host.id })}
                        onChange={(allowed) =>
                          change(withPair(program, { home: home.id, host: host.id }, allowed))
                        }
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What each department gives: places, people at home, somebody to turn to. */
export function ProgramDepartments({
  program,
  weeks,
  change,
  error,
}: PartProps & { weeks: readonly CalendarWeek[] }): ReactNode {
  const { t } = useTranslation("rotation");
  const { departments } = useWorkspace();
  const concerned = departments.filter((department) =>
    program.pairs.some((pair) => pair.home === department.id || pair.host === department.id),
  );
  return (
    <section className={styles.section} aria-labelledby="gives">
      <h3 id="gives">{t("program.departments")}</h3>
      {error ? <p role="alert">{error}</p> : null}
      {concerned.map((department) => (
        <fieldset key={department.id} className={styles.rule}>
          <legend>
            <DepartmentBadge department={department} />
          </legend>
          <Rule
            rule={ruleOf(program.departments, department.id)}
            weeks={weeks}
            first={program.first}
            change={(rule) => change(withRule(program, rule))}
          />
        </fieldset>
      ))}
    </section>
  );
}

interface RuleProps {
  rule: DepartmentRule;
  weeks: readonly CalendarWeek[];
  first: string;
  change: (rule: DepartmentRule) => void;
}

function Rule({ rule, weeks, first, change }: RuleProps): ReactNode {
  const { t } = useTranslation("rotation");
  const people = usePeopleChoices(rule.contact);
  return (
    <>
      <div className={styles.pair}>
        <NumberField
          label={t("program.capacity")}
          min={0}
          value={rule.capacity}
          onChange={(capacity) => change({ ...rule, capacity: capacity ?? 0 })}
        />
        <NumberField
          label={t("program.cover")}
          min={0}
          value={rule.cover}
          onChange={(cover) => change({ ...rule, cover: cover ?? 0 })}
        />
        <ComboBox
          label={t("program.contact")}
          choices={[{ value: NOBODY, label: t("program.nobody") }, ...people]}
          value={rule.contact ?? NOBODY}
          onChange={(contact) => change({ ...rule, contact: contact === NOBODY ? null : contact })}
        />
      </div>
      <TextField
        label={t("program.bring")}
        rows={2}
        value={rule.bring}
        onChange={(bring) => change({ ...rule, bring })}
      />
      <ProgramWeeks
        label={t("weeks.peaks")}
        spans={rule.peaks}
        weeks={weeks}
        added={{ first, last: first }}
        change={(peaks) => change({ ...rule, peaks })}
      />
      <ProgramWeeks
        label={t("weeks.capacity")}
        spans={rule.capacity_in}
        weeks={weeks}
        added={{ first, last: first, capacity: rule.capacity }}
        change={(capacity_in) => change({ ...rule, capacity_in })}
        more={(span, set) => (
          <NumberField
            label={t("program.capacity")}
            min={0}
            value={span.capacity}
            onChange={(capacity) => set({ ...span, capacity: capacity ?? 0 })}
          />
        )}
      />
    </>
  );
}
