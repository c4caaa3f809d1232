import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Basis, type KpiId, type KpiPage as KpiPageData } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Chart } from "../../charts/Chart";
import {
  Button,
  DepartmentBadge,
  departmentOf,
  EmptyState,
  ErrorState,
  LinkButton,
  Notice,
  Page,
  PageHeader,
  Select,
  Skeleton,
  Tabs,
} from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { Icons } from "../board/Icons";
import { useKpiWords } from "../board/words";
import { KpiMarks } from "../conversation/Marks";
import { FlagButton } from "../flag/FlagButton";
import { BringFile } from "../measure/BringFile";
import { EnterWeek } from "../measure/EnterWeek";
import { useThing, useThingRef } from "../menu/thing";
import { useChartThings } from "../menu/useChartThings";
import { Definition } from "./Definition";
import { Journeys } from "./Journeys";
import styles from "./Kpi.module.css";
import { usePick } from "./search";
import { Signals } from "./Signals";
import { Week } from "./Week";

const BASES: readonly Basis[] = ["promised", "requested", "agreed"];

/** The page of the KPI that the address names. */
export function KpiRoute(): ReactNode {
  const { kpi } = useParams({ from: "/kpi/$kpi" });
  return <KpiPage key={kpi} kpi={kpi} />;
}

function KpiPage({ kpi }: { kpi: KpiId }): ReactNode {
  const { t } = useTranslation("kpi");
  const { t: measure } = useTranslation("measure");
  const { t: files } = useTranslation("figures");
  const language = useLanguage();
  const search = useSearch({ from: "/kpi/$kpi" });
  const basis = search.basis ?? "promised";
  const words = useKpiWords();
  const pick = usePick(kpi);
  const page = useRead(["kpi", language, kpi, basis], () => commands.kpiRead(language, kpi, basis), {
    keep: true,
  });
  const { data, error } = page;
  const definition = data?.definition;
  return (
    <Page>
      <PageHeader
        above={<Link to="/">{t("backToBoard")}</Link>}
        title={words.name(kpi, definition?.name ?? null)}
        lead={words.question(kpi, definition?.question ?? null)}
        actions={
          kpi === "promise-kept" ? (
            <Select
              label={t("basis.label")}
              choices={BASES.map((value) => ({ value, label: t(`basis.${value}`) }))}
              value={basis}
              onChange={(chosen) => pick({ basis: chosen === "promised" ? undefined : chosen })}
            />
          ) : data?.measure && data.latest ? (
            <>
              <LinkButton to="/kpi/$kpi/files" params={{ kpi }} search={{}}>
                {files("title")}
              </LinkButton>
              <BringFile kpi={kpi} />
              <EnterWeek kpi={kpi} week={data.measure.next_week} label={measure("enter")} />
            </>
          ) : null
        }
      />
      {error ? (
        data ? (
          <Notice tone="bad">{error.message}</Notice>
        ) : (
          <ErrorState error={error} retry={() => void page.refetch()} />
        )
      ) : null}
      {data ? <Filled page={data} basis={basis} /> : null}
      {!data && !error ? <Waiting /> : null}
    </Page>
  );
}

function Waiting(): ReactNode {
  return (
    <div aria-busy="true">
      <Skeleton width="9rem" height="2.4rem" />
      <p className={styles.sentence}>
        <Skeleton width="60%" />
      </p>
      <Skeleton height="18rem" />
    </div>
  );
}

function Filled({ page, basis }: { page: KpiPageData; basis: Basis }): ReactNode {
  const { t } = useTranslation("kpi");
  const { t: talk } = useTranslation("conversation");
  const { t: measure } = useTranslation("measure");
  const { kpi, latest } = page;
  const search = useSearch({ from: "/kpi/$kpi" });
  const pick = usePick(kpi);
  const words = useKpiWords();
  const week = search.week ?? latest?.week ?? "";
  const name = words.name(kpi, page.definition.name);
  const points = useChartThings(kpi, name);
  const value = page.chart.points.find((point) => point.week === week)?.text;
  useThing(
    latest
      ? {
          name: `${name}, ${words.weekInYear(week)}`,
          flag: { anchor: { on: "week", kpi, week, part: null } },
          ...(value === undefined ? {} : { value }),
        }
      : null,
  );
  if (!latest && page.measure) {
    return (
      <EmptyState
        title={measure("empty.title")}
        actions={
          <>
            <BringFile kpi={kpi} primary />
            <EnterWeek kpi={kpi} week={page.measure.next_week} label={measure("enterFirst")} />
          </>
        }
      >
        {measure("empty.words")}
      </EmptyState>
    );
  }
  if (!latest) {
    return (
      <EmptyState
        title={t("empty.title")}
        actions={<LinkButton to="/integrations">{t("empty.go")}</LinkButton>}
      >
        {t("empty.words")}
      </EmptyState>
    );
  }
  const target = { anchor: { on: "week", kpi, week, part: null } } as const;
  const found = page.signals.length + page.phases.length;
  return (
    <>
      <Top page={page}>
        <FlagButton target={target}>
          {talk("talkAbout")} <kbd>F</kbd>
        </FlagButton>
      </Top>
      <p className={styles.sentence}>{page.sentence}</p>
      <div className={styles.chart}>
        <Chart
          chart={page.chart}
          week={week}
          onPick={(chosen) => pick({ week: chosen, tab: undefined })}
          {...points}
        />
        <KpiMarks kpi={kpi} />
      </div>
      <Multiples page={page} week={week} onPick={(chosen) => pick({ week: chosen, tab: undefined })} />
      <Tabs
        label={t("tabs.label")}
        value={search.tab ?? "chart"}
        onChange={(tab) => pick({ tab: tab === "chart" ? undefined : tab })}
        tabs={[
          {
            value: "chart",
            label: words.weekTitle(week),
            content: () => (
              <>
                <Week page={page} basis={basis} week={week} onPick={(chosen) => pick({ week: chosen })} />
                {page.measure ? null : <Journeys page={page} basis={basis} week={week} />}
              </>
            ),
          },
          {
            value: "signals",
            label: t("tabs.signals"),
            ...(found > 0 ? { count: String(found) } : {}),
            content: () => (
              <Signals page={page} onPick={(chosen) => pick({ week: chosen, tab: undefined })} />
            ),
          },
          { value: "definition", label: t("tabs.definition"), content: () => <Definition page={page} /> },
        ]}
      />
    </>
  );
}

function Top({ page, children }: { page: KpiPageData; children: ReactNode }): ReactNode {
  const { t } = useTranslation(["kpi", "board"]);
  const format = useFormat();
  const words = useKpiWords();
  const { latest, unit, definition } = page;
  if (!latest) return null;
  return (
    <div className={styles.top}>
      <p className={styles.value}>
        <strong>{format.value(latest.value, unit)}</strong>
        <span>{words.unit(unit, latest.value, page.unit_word)}</span>
      </p>
      <div>
        <p className={styles.meta}>
          {words.weekInYear(latest.week)}
          {definition.target === null
            ? ""
            : ` · ${t("board:target", { value: format.number(definition.target, 2) })}`}
          {page.measure ? "" : ` · ${t("board:n", { count: latest.n, n: format.count(latest.n) })}`}
          {latest.small_n ? ` · ${t("board:smallN")}` : ""}
          {` · ${words.state(latest)}`}
        </p>
        <Icons
          variation={page.variation}
          variationWords={page.variation_words}
          assurance={page.assurance}
          assuranceWords={page.assurance_words}
        />
      </div>
      {children}
    </div>
  );
}

interface MultiplesProps {
  page: KpiPageData;
  week: string;
  onPick: (week: string) => void;
}

/** The parts on the same time axis. */
function Multiples({ page, week, onPick }: MultiplesProps): ReactNode {
  const { t } = useTranslation(["kpi", "chart"]);
  const [table, setTable] = useState(false);
  if (page.parts.length === 0) return null;
  return (
    <section>
      <div className={styles.multiplesHead}>
        <h2>{t("kpi:parts.title")}</h2>
        <Button look="quiet" onPress={() => setTable(!table)}>
          {table ? t("chart:allAsChart") : t("chart:allAsTable")}
        </Button>
      </div>
      <div className={styles.multiples}>
        {page.parts.map((part) => (
          <Multiple key={part.department} page={page} part={part} week={week} onPick={onPick} table={table} />
        ))}
      </div>
    </section>
  );
}

interface MultipleProps extends MultiplesProps {
  part: KpiPageData["parts"][number];
  table: boolean;
}

/** One department's part. */
function Multiple({ page, part, week, onPick, table }: MultipleProps): ReactNode {
  const words = useKpiWords();
  const department = departmentOf(page.departments, part.department);
  const name = `${words.name(page.kpi, page.definition.name)}, ${department?.name ?? part.department}`;
  const points = useChartThings(page.kpi, name, part.department);
  const value = part.chart.points.find((point) => point.week === week)?.text;
  const stood = useThingRef({
    name: `${name}, ${words.weekInYear(week)}`,
    flag: { anchor: { on: "week", kpi: page.kpi, week, part: part.department } },
    ...(value === undefined ? {} : { value }),
    address: `/kpi/${page.kpi}?week=${week}&department=${part.department}`,
  });
  return (
    <div ref={stood} className={styles.multiple}>
      <h3 className={styles.multipleHead}>
        <DepartmentBadge department={department} />
      </h3>
      <p className={styles.multipleWords}>{part.sentence}</p>
      <Chart chart={part.chart} week={week} onPick={onPick} bare asTable={table} {...points} />
    </div>
  );
}
