import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { DepartmentView, Milestone, StandardTable } from "../../../api/bindings";
import { Button } from "../../../components/Button";
import { classes } from "../../../components/classes";
import { DayField } from "../../../components/DayField";
import { DepartmentBadge } from "../../../components/Department";
import { Checkbox, NumberField, Select, TextField } from "../../../components/Field";
import { Icon } from "../../../components/Icon";
import table from "../../../components/table.module.css";
import {
  addStandard,
  defaultDays,
  type Draft,
  mappedMilestones,
  moveLeg,
  passMilestone,
  setDefaultDays,
  setRoute,
  setStandard,
  specialStandards,
} from "./draft";
import { MILESTONES } from "./field";
import type { Edit } from "./Wizard";
import styles from "./Wizard.module.css";

const DAYS_MAX = 3650;
const PER_MILLE = 1000;

interface RouteProps {
  draft: Draft;
  edit: Edit;
  departments: readonly DepartmentView[];
}

/** The way of an order: milestones, who answers for each leg, how many days it may take. */
export function RouteStep({ draft, edit, departments }: RouteProps): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const { route } = draft.integration;
  const owners = departments.map((one) => ({
    value: one.id,
    label: one.name,
    mark: <DepartmentBadge department={one} name={false} />,
  }));
  const passed = route.legs.map((leg) => leg.to);
  return (
    <section className={styles.step}>
      <h2>{t("route.title")}</h2>
      <p className={styles.lead}>{t("route.lead")}</p>
      <Legs draft={draft} edit={edit} departments={departments} />
      <div className={styles.columns}>
        <Select<Milestone>
          label={t("route.promise")}
          hint={t("route.promiseHint")}
          value={route.promise ?? "delivered"}
          choices={[...new Set([...passed, route.promise ?? "delivered"])].map((one) => ({
            value: one,
            label: word(`name.${one}`),
          }))}
          onChange={(promise) => edit((before) => setRoute(before, { promise }))}
        />
        <Select
          label={t("route.promisedBy")}
          hint={t("route.promisedByHint")}
          placeholder={t("route.departmentNone")}
          value={route.promised_by === "" ? null : route.promised_by}
          choices={owners}
          onChange={(promised_by) => edit((before) => setRoute(before, { promised_by }))}
        />
        <NumberField
          label={t("route.invoicing")}
          hint={t("route.invoicingHint")}
          min={0}
          max={DAYS_MAX}
          value={route.invoicing_days ?? null}
          onChange={(invoicing_days) => edit((before) => setRoute(before, { invoicing_days }))}
        />
        <NumberField
          label={t("route.tolerance")}
          hint={t("route.toleranceHint")}
          min={0}
          max={1}
          step={1 / PER_MILLE}
          format={{ style: "percent", maximumFractionDigits: 1 }}
          value={(route.tolerance_per_mille ?? 0) / PER_MILLE}
          onChange={(share) =>
            edit((before) => setRoute(before, { tolerance_per_mille: Math.round((share ?? 0) * PER_MILLE) }))
          }
        />
      </div>
      <Standards draft={draft} edit={edit} />
    </section>
  );
}

function Legs({ draft, edit, departments }: RouteProps): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const { legs } = draft.integration.route;
  const days = defaultDays(draft.integration);
  const mapped = mappedMilestones(draft.integration);
  const ids = departments.map((one) => one.id);
  const rest = MILESTONES.filter((one) => one !== "ordered" && !legs.some((leg) => leg.to === one));
  return (
    <table className={classes(table.table, styles.legs)}>
      <thead>
        <tr>
          <th scope="col">{t("route.milestone")}</th>
          <th scope="col">{t("route.department")}</th>
          <th scope="col">{t("route.days")}</th>
          <th scope="col">{t("route.order")}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{word("name.ordered")}</th>
          <td colSpan={3} className={table.quiet}>
            {t("route.ordered")}
          </td>
        </tr>
        {legs.map((leg, place) => {
          const milestone = word(`name.${leg.to}`);
          return (
            <tr key={leg.to}>
              <th scope="row">
                <Checkbox
                  selected
                  aria-label={t("route.passes", { milestone })}
                  onChange={() => edit((before) => passMilestone(before, leg.to, false, ids))}
                >
                  {milestone}
                </Checkbox>
                {mapped.includes(leg.to) ? null : <div className={styles.warns}>{t("route.notMapped")}</div>}
              </th>
              <td>
                <Select
                  bare
                  label={`${t("route.department")}: ${milestone}`}
                  placeholder={t("route.departmentNone")}
                  value={leg.department === "" ? null : leg.department}
                  choices={departments.map((one) => ({
                    value: one.id,
                    label: one.name,
                    mark: <DepartmentBadge department={one} name={false} />,
                  }))}
                  onChange={(department) =>
                    edit((before) =>
                      setRoute(before, {
                        legs: before.integration.route.legs.map((one) =>
                          one.to === leg.to ? { ...one, department } : one,
                        ),
                      }),
                    )
                  }
                />
              </td>
              <td>
                <div className={styles.days}>
                  <NumberField
                    bare
                    label={`${t("route.days")}: ${milestone}`}
                    min={0}
                    max={DAYS_MAX}
                    value={days[leg.to] ?? null}
                    onChange={(count) => edit((before) => setDefaultDays(before, leg.to, count))}
                  />
                  {days[leg.to] == null ? <span className={styles.warns}>{t("route.daysOpen")}</span> : null}
                </div>
              </td>
              <td className={styles.moves}>
                <Button
                  look="quiet"
                  icon
                  aria-label={t("route.up", { milestone })}
                  isDisabled={place === 0}
                  onPress={() => edit((before) => moveLeg(before, place, place - 1))}
                >
                  <Icon name="up" />
                </Button>
                <Button
                  look="quiet"
                  icon
                  aria-label={t("route.down", { milestone })}
                  isDisabled={place === legs.length - 1}
                  onPress={() => edit((before) => moveLeg(before, place, place + 1))}
                >
                  <Icon name="down" />
                </Button>
              </td>
            </tr>
          );
        })}
        {rest.map((one) => {
          const milestone = word(`name.${one}`);
          return (
            <tr key={one}>
              <th scope="row">
                <Checkbox
                  selected={false}
                  aria-label={t("route.passes", { milestone })}
                  onChange={() => edit((before) => passMilestone(before, one, true, ids))}
                >
                  <span className={styles.off}>{milestone}</span>
                </Checkbox>
              </th>
              <td colSpan={3} className={table.quiet}>
                {mapped.includes(one) ? t("route.mapped") : ""}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type Scope = "product" | "group" | "all";

function scopeOf(standard: StandardTable): Scope {
  if (standard.product != null) return "product";
  return standard.product_group == null ? "all" : "group";
}

function Standards({ draft, edit }: { draft: Draft; edit: Edit }): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const special = specialStandards(draft.integration);
  const { legs } = draft.integration.route;
  return (
    <section className={styles.stack}>
      <h3>{t("route.standards")}</h3>
      <p className={styles.quiet}>{t("route.standardsHint")}</p>
      {special.length === 0 ? (
        <p className={styles.quiet}>{t("route.standardEmpty")}</p>
      ) : (
        <div className={table.scroll}>
          <table className={classes(table.table, table.tight, styles.legs)}>
            <thead>
              <tr>
                <th scope="col">{t("route.standardFor")}</th>
                <th scope="col">{t("route.standardName")}</th>
                <th scope="col">{t("route.standardFrom")}</th>
                {legs.map((leg) => (
                  <th key={leg.to} scope="col">
                    {word(`name.${leg.to}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {special.map(({ at, standard }) => {
                const scope = scopeOf(standard);
                const name = standard.product ?? standard.product_group ?? "";
                const set = (next: StandardTable | null): void =>
                  edit((before) => setStandard(before, at, next));
                const named = (kind: Scope, text: string): StandardTable => ({
                  ...standard,
                  product: kind === "product" ? text : null,
                  product_group: kind === "group" ? text : null,
                });
                return (
                  <tr key={at}>
                    <td>
                      <Select<Scope>
                        bare
                        label={t("route.standardFor")}
                        value={scope}
                        choices={[
                          { value: "product", label: t("route.standardProduct") },
                          { value: "group", label: t("route.standardGroup") },
                          { value: "all", label: t("route.standardAll") },
                        ]}
                        onChange={(kind) => set(named(kind, name))}
                      />
                    </td>
                    <td>
                      {scope === "all" ? null : (
                        <TextField
                          bare
                          label={t("route.standardName")}
                          value={name}
                          onChange={(text) => set(named(scope, text))}
                        />
                      )}
                    </td>
                    <td>
                      <DayField
                        bare
                        label={t("route.standardFrom")}
                        value={standard.valid_from ?? null}
                        onChange={(valid_from) => set({ ...standard, valid_from })}
                      />
                    </td>
                    {legs.map((leg) => (
                      <td key={leg.to}>
                        <NumberField
                          bare
                          label={`${word(`name.${leg.to}`)}: ${name}`}
                          min={0}
                          max={DAYS_MAX}
                          value={standard.days[leg.to] ?? null}
                          onChange={(count) => {
                            const days = { ...standard.days };
                            if (count === null) delete days[leg.to];
                            else days[leg.to] = count;
                            set({ ...standard, days });
                          }}
                        />
                      </td>
                    ))}
                    <td className={table.act}>
                      <Button
                        look="quiet"
                        icon
                        aria-label={t("route.standardRemove", { name })}
                        onPress={() => set(null)}
                      >
                        <Icon name="close" />
                      </Button>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <div>
        <Button onPress={() => edit(addStandard)}>
          <Icon name="plus" /> {t("route.standardAdd")}
        </Button>
      </div>
    </section>
  );
}
