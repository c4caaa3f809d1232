import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Basis, type JourneyRow, type KpiPage } from "../../api/bindings";
import { useAct } from "../../api/query";
import {
  Button,
  DepartmentBadge,
  departmentOf,
  ErrorState,
  Icon,
  Select,
  Skeleton,
  Switch,
  toast,
  VirtualTable,
  type Column,
  type Sort,
} from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { pickSave } from "../../platform/dialog";
import { useKpiWords } from "../board/words";
import { useStand } from "../menu/thing";
import styles from "./Kpi.module.css";
import { usePick } from "./search";
import { useJourneys, type JourneyWish } from "./useJourneys";

const OUTCOMES = ["kept", "missed", "pending", "cancelled", "counted"] as const;
type Outcome = (typeof OUTCOMES)[number];

function isOutcome(word: string): word is Outcome {
  return OUTCOMES.some((outcome) => outcome === word);
}

/** Choice of a department that stands for none. */
const EVERYBODY = "*";

function useColumns(page: KpiPage, basis: Basis): Column<JourneyRow>[] {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const paid = page.kpi === "order-to-cash";
  return [
    {
      id: "order",
      label: t("journeys.order"),
      width: "minmax(7rem, 1fr)",
      sortable: true,
      cell: (row) => `${row.order} / ${row.line}`,
    },
    {
      id: "customer",
      label: t("journeys.customer"),
      width: "minmax(9rem, 2fr)",
      sortable: true,
      cell: (row) => row.customer ?? "",
      title: (row) => row.customer ?? "",
    },
    {
      id: "product",
      label: t("journeys.product"),
      width: "minmax(8rem, 1.6fr)",
      cell: (row) => row.product ?? "",
      title: (row) => row.product ?? "",
    },
    {
      id: "promised",
      label: t(`journeys.${basis}`),
      width: "7.5rem",
      cell: (row) => format.day(row.promised),
    },
    {
      id: "reached",
      label: paid ? t("journeys.paid") : t("journeys.reached"),
      width: "7.5rem",
      cell: (row) => (row.reached === null ? t("journeys.open") : format.day(row.reached)),
    },
    {
      id: "lateness",
      label: paid
        ? t("journeys.days")
        : page.kpi === "promise-realism"
          ? t("journeys.gap")
          : t("journeys.late"),
      width: "6.5rem",
      end: true,
      sortable: true,
      cell: (row) => (paid ? format.number(row.days) : format.signed(row.days)),
    },
    {
      id: "outcome",
      label: t("journeys.outcome"),
      width: "6.5rem",
      cell: (row) => (isOutcome(row.outcome) ? t(`journeys.${row.outcome}`) : row.outcome),
    },
    {
      id: "parts",
      label: t("journeys.parts"),
      width: "10rem",
      cell: (row) => (
        <span className={styles.badges}>
          {row.parts
            .filter((part) => (part.share ?? 0) > 0)
            .map((part) => (
              <span key={part.department}>
                <DepartmentBadge department={departmentOf(page.departments, part.department)} name={false} />
                {format.number(part.value)}
              </span>
            ))}
          {row.is_agreed ? <span title={t("split.agreedHint")}>{t("split.mark")}</span> : null}
        </span>
      ),
      title: (row) =>
        row.parts
          .map(
            (part) =>
              `${departmentOf(page.departments, part.department)?.name ?? ""} ${format.number(part.value)}`,
          )
          .join(", "),
    },
    {
      id: "value",
      label: t("journeys.value"),
      width: "7.5rem",
      end: true,
      sortable: true,
      cell: (row) => format.money(row.value, row.currency),
    },
  ];
}

/** The orders behind a week's number. */
export function Journeys({ page, basis, week }: { page: KpiPage; basis: Basis; week: string }): ReactNode {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const navigate = useNavigate();
  const { kpi } = page;
  const search = useSearch({ from: "/kpi/$kpi" });
  const pick = usePick(kpi);
  const counts = kpi === "order-to-cash" || kpi === "promise-realism";
  const missedOnly = !counts && search.all !== true;
  const [sort, setSort] = useState<Sort>({ column: "lateness", descending: true });
  const wish: JourneyWish = {
    kpi,
    basis,
    week,
    missed_only: missedOnly,
    department: search.department ?? null,
    sort: sort.column,
    descending: sort.descending,
  };
  const list = useJourneys(wish);
  // “Orders that missed” on the board leads here: the list is there only once it has been read.
  const wanted = useLocation({ select: (location) => location.hash === "journeys" });
  const section = useRef<HTMLElement>(null);
  const there = list.total !== null;
  useEffect(() => {
    if (wanted && there) section.current?.scrollIntoView();
  }, [wanted, there]);
  const columns = useColumns(page, basis);
  const stand = useLineStand();
  return (
    <section ref={section} className={styles.journeys} id="journeys">
      <h2>
        {counts
          ? t("journeys.titleCounted")
          : missedOnly
            ? t("journeys.titleMissed")
            : t("journeys.titleAll")}
      </h2>
      <div className={styles.tools}>
        {counts ? null : (
          <Switch selected={missedOnly} onChange={(only) => pick({ all: only ? undefined : true })}>
            {t("journeys.missedOnly")}
          </Switch>
        )}
        <div className={styles.department}>
          <Select
            bare
            label={t("journeys.department")}
            value={search.department ?? EVERYBODY}
            choices={[
              { value: EVERYBODY, label: t("journeys.everybody") },
              ...page.departments.map((department) => ({
                value: department.id,
                label: department.name,
                mark: <DepartmentBadge department={department} name={false} />,
              })),
            ]}
            onChange={(chosen) => pick({ department: chosen === EVERYBODY ? undefined : chosen })}
          />
        </div>
        <span className={styles.quiet} aria-live="polite">
          {list.total === null ? "" : t("journeys.total", { count: list.total, n: format.count(list.total) })}
        </span>
        <Export wish={wish} />
      </div>
      {list.error ? <ErrorState error={list.error} retry={list.retry} /> : null}
      {list.total === null && !list.error ? <Skeleton height="14rem" /> : null}
      {list.total === 0 ? (
        <p className={styles.quiet}>{missedOnly ? t("journeys.noneMissed") : t("journeys.none")}</p>
      ) : null}
      {list.total !== null && list.total > 0 ? (
        <VirtualTable
          label={t("journeys.titleAll")}
          columns={columns}
          count={list.total}
          row={list.row}
          onVisible={list.onVisible}
          sort={sort}
          onSort={setSort}
          onOpen={(row) =>
            void navigate({
              to: "/order/$order/$line",
              params: { order: row.order, line: row.line },
              search: row.system === null ? {} : { system: row.system },
            })
          }
          onStand={stand}
          height="26rem"
          minWidth="68rem"
        />
      ) : null}
    </section>
  );
}

/** An order line of the list, as something that can be flagged, copied and opened. */
function useLineStand(): (element: Element | null, row: JourneyRow) => void {
  const { t } = useTranslation("kpi");
  const stand = useStand();
  return (element, { order, line, system, integration }) =>
    stand(element, {
      name: t("journeys.lineOf", { order, line }),
      flag: { anchor: { on: "order", integration, order, line } },
      value: `${order} / ${line}`,
      address:
        `/order/${encodeURIComponent(order)}/${encodeURIComponent(line)}` +
        (system === null ? "" : `?system=${encodeURIComponent(system)}`),
    });
}

function Export({ wish }: { wish: JourneyWish }): ReactNode {
  const { t } = useTranslation("kpi");
  const words = useKpiWords();
  const language = useLanguage();
  const act = useAct(commands.kpiExport);
  const save = async (): Promise<void> => {
    const file = await pickSave(t("journeys.export"), `${wish.kpi}-${wish.week}.csv`, [
      { name: "CSV", extensions: ["csv"] },
    ]);
    if (file === null) return;
    // The core writes all rows; the slice is not looked at.
    const done = await act.run(language, { ...wish, offset: 0, limit: 1 }, file);
    if (done !== undefined) toast(t("journeys.exported", { week: words.weekInYear(wish.week), file }));
  };
  return (
    <Button isPending={act.pending} onPress={() => void save()}>
      <Icon name="export" />
      {t("journeys.export")}
    </Button>
  );
}
