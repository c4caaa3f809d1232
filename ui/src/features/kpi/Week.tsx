import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Bases, type Basis, type KpiPage, type WeekPanel } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, ErrorState, Icon, Skeleton } from "../../components";
import { digitsOf, useFormat, useLanguage } from "../../i18n/format";
import { Parts } from "../board/Parts";
import { useKpiWords } from "../board/words";
import { KpiMarks } from "../conversation/Marks";
import { EnterWeek } from "../measure/EnterWeek";
import { useStand } from "../menu/thing";
import styles from "./Kpi.module.css";
import { Revisions } from "./Revisions";
import { WeekActs } from "./WeekActs";

interface WeekProps {
  page: KpiPage;
  basis: Basis;
  week: string;
  onPick: (week: string) => void;
}

/** Everything about one week. */
export function Week({ page, basis, week, onPick }: WeekProps): ReactNode {
  const { t } = useTranslation("kpi");
  const { t: measure } = useTranslation("measure");
  const language = useLanguage();
  const format = useFormat();
  const words = useKpiWords();
  const { kpi } = page;
  const stand = useStand();
  const read = useRead(
    ["week", language, kpi, basis, week],
    () => commands.kpiWeek(language, kpi, basis, week),
    {
      keep: true,
    },
  );
  const at = page.weeks.indexOf(week);
  const before = page.weeks[at - 1];
  const after = page.weeks[at + 1];
  const panel = read.data;
  if (!panel) {
    return read.error ? (
      <ErrorState error={read.error} retry={() => void read.refetch()} />
    ) : (
      <Skeleton height="14rem" />
    );
  }
  return (
    <section
      ref={(element) =>
        stand(element, {
          name: `${words.name(kpi, page.definition.name)}, ${words.weekInYear(panel.week)}`,
          flag: { anchor: { on: "week", kpi, week: panel.week, part: null } },
          value: format.value(panel.value, page.unit),
        })
      }
      aria-label={words.weekInYear(panel.week)}
    >
      <div className={styles.panelHead}>
        <h2>{words.weekTitle(panel.week)}</h2>
        <span className={styles.quiet}>
          {t("week.range", { from: format.dayShort(panel.from), to: format.day(panel.to) })}
        </span>
        <span className={styles.step}>
          <Button
            look="quiet"
            icon
            aria-label={t("week.before")}
            isDisabled={!before}
            onPress={() => before && onPick(before)}
          >
            <Icon name="left" />
          </Button>
          <Button
            look="quiet"
            icon
            aria-label={t("week.after")}
            isDisabled={!after}
            onPress={() => after && onPick(after)}
          >
            <Icon name="right" />
          </Button>
        </span>
      </div>
      <div className={styles.panel}>
        <Value page={page} panel={panel} />
        <div className={styles.block}>
          {panel.parts.length > 0 ? (
            <Parts
              title={page.measure ? measure("parts.heading") : t("week.parts")}
              parts={panel.parts}
              departments={page.departments}
              of={{ kpi, week: panel.week, name: words.name(kpi, page.definition.name) }}
              digits={Math.max(digitsOf(panel.value, page.unit), 1)}
            />
          ) : null}
          {panel.unassigned === null ? null : (
            <p className={styles.meta}>
              {measure("unassigned", {
                value: words.value(panel.unassigned, page.unit, page.unit_word),
              })}
            </p>
          )}
          {panel.bases ? <BasesTable bases={panel.bases} basis={basis} /> : null}
        </div>
        <div className={styles.block}>
          {basis === "promised" ? <Revisions kpi={kpi} panel={panel} unit={page.unit} /> : null}
          <WeekActs page={page} basis={basis} panel={panel} />
          {page.measure ? (
            <p>
              <EnterWeek kpi={kpi} week={week} label={measure("correct")} />
            </p>
          ) : null}
          <KpiMarks kpi={kpi} week={week} />
        </div>
      </div>
    </section>
  );
}

function Value({ page, panel }: { page: KpiPage; panel: WeekPanel }): ReactNode {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const words = useKpiWords();
  const { unit } = page;
  return (
    <div className={styles.block}>
      <p className={styles.value}>
        <strong>{format.value(panel.value, unit)}</strong>
        <span>{words.unit(unit, panel.value, page.unit_word)}</span>
      </p>
      <dl className={styles.facts} style={{ marginTop: "0.8rem" }}>
        {page.measure ? <Fraction page={page} panel={panel} /> : <Counted panel={panel} />}
        {panel.late_days === null ? null : (
          <>
            <dt>{t("week.lateDays")}</dt>
            <dd>{format.number(panel.late_days)}</dd>
          </>
        )}
        <dt>{t("week.state")}</dt>
        <dd>{words.state(panel)}</dd>
        {panel.ghost === null ? null : (
          <>
            <dt>{t("week.ghost")}</dt>
            <dd>{panel.ghost}</dd>
          </>
        )}
      </dl>
      <ul className={styles.rules}>
        {panel.rules.length === 0 ? <li className={styles.quiet}>{t("week.noRule")}</li> : null}
        {panel.rules.map((rule) => (
          <li key={rule}>
            <Icon name="chart" /> {rule}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was counted of the orders of a week. */
function Counted({ panel }: { panel: WeekPanel }): ReactNode {
  const { t } = useTranslation(["kpi", "board"]);
  const format = useFormat();
  return (
    <>
      <dt>{t("kpi:week.exact")}</dt>
      <dd>
        {format.count(Number(panel.numerator))} / {format.count(Number(panel.denominator))}
      </dd>
      <dt>{t("kpi:week.n")}</dt>
      <dd>
        {format.count(panel.n)}
        {panel.small_n ? ` · ${t("board:smallN")}` : ""}
      </dd>
      <dt>{t("kpi:week.pending")}</dt>
      <dd>{format.count(panel.pending)}</dd>
      <dt>{t("kpi:week.cancelled")}</dt>
      <dd>{format.count(panel.cancelled)}</dd>
    </>
  );
}

/** What was entered of a measure that is a ratio. */
function Fraction({ page, panel }: { page: KpiPage; panel: WeekPanel }): ReactNode {
  const { t } = useTranslation("measure");
  const format = useFormat();
  if (page.measure?.form !== "ratio") return null;
  return (
    <>
      <dt>{t("numbers")}</dt>
      <dd>
        {format.number(Number(panel.numerator), 3)} / {format.number(Number(panel.denominator), 3)}
      </dd>
    </>
  );
}

const BASES = ["requested", "promised", "agreed"] as const;

/** The same journeys, measured beside. */
function BasesTable({ bases, basis }: { bases: Bases; basis: Basis }): ReactNode {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const percent = (value: number | null): string => format.value(value, "percent");
  return (
    <>
      <table className={styles.bases} style={{ marginTop: "1.2rem" }}>
        <thead>
          <tr>
            <th scope="col">{t("bases.against")}</th>
            <th scope="col">{t("bases.lines")}</th>
            <th scope="col">{t("bases.orders")}</th>
            <th scope="col">{t("bases.quantity")}</th>
          </tr>
        </thead>
        <tbody>
          {BASES.map((name) => (
            <tr key={name} {...(name === basis ? { "data-current": "" } : {})}>
              <th scope="row">{t(`basis.${name}`)}</th>
              <td>{percent(bases[name].lines_percent)}</td>
              <td>{percent(bases[name].orders_percent)}</td>
              <td>{percent(bases[name].quantity_percent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.meta} style={{ marginTop: "0.4rem" }}>
        {t("bases.words")} {t("bases.early", { count: bases.early })}
      </p>
    </>
  );
}
