import { Link, useParams, useRouter, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type OrderPage as OrderPageData } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, ErrorState, Icon, LinkButton, Notice, Page, PageHeader, Skeleton } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { useKpiWords } from "../board/words";
import { isKpiKind } from "../kpi/kinds";
import { OrderMarks } from "../conversation/Marks";
import { FlagButton } from "../flag/FlagButton";
import { useThing } from "../menu/thing";
import { anchorOf, recordAnchorOf } from "./anchor";
import { Arithmetic } from "./Arithmetic";
import { Facts } from "./Facts";
import styles from "./Order.module.css";
import { Records } from "./Records";
import { Timeline } from "./Timeline";

/** The page of the order line that the address names. */
export function OrderRoute(): ReactNode {
  const { t } = useTranslation("order");
  const { order, line } = useParams({ from: "/order/$order/$line" });
  const { record, system } = useSearch({ from: "/order/$order/$line" });
  const language = useLanguage();
  const router = useRouter();
  const page = useRead(["order", language, order, line, system ?? null], () =>
    commands.orderRead(language, order, line, system ?? null),
  );
  const { data, error } = page;
  return (
    <Page>
      <PageHeader
        above={
          <Button look="quiet" onPress={() => router.history.back()}>
            <Icon name="left" />
            {t("back")}
          </Button>
        }
        title={t("title", { order, line })}
        lead={
          data ? [data.customer, data.product, data.system].filter((word) => word !== null).join(" · ") : null
        }
      />
      {error && data ? <Notice tone="bad">{error.message}</Notice> : null}
      {error && !data ? (
        <ErrorState
          error={error}
          retry={() => void page.refetch()}
          actions={<LinkButton to="/">{t("toBoard")}</LinkButton>}
        />
      ) : null}
      {!data && !error ? <Skeleton height="24rem" /> : null}
      {data ? <Filled page={data} record={record} /> : null}
    </Page>
  );
}

function Filled({ page, record }: { page: OrderPageData; record: string | undefined }): ReactNode {
  const { t } = useTranslation("order");
  const { t: talk } = useTranslation("conversation");
  const anchor = anchorOf(page, "order");
  const opened = recordAnchorOf(page, record) ?? anchor;
  useThing(
    opened
      ? {
          name: t("lineOf", { order: page.order, line: page.line }),
          flag: { anchor: opened },
          value: `${page.order} / ${page.line}`,
        }
      : null,
  );
  return (
    <>
      <Systems page={page} />
      <Verdict page={page} />
      {anchor ? (
        <p className={styles.talk}>
          <FlagButton target={{ anchor }}>
            {talk("talkAbout")} <kbd>F</kbd>
          </FlagButton>
        </p>
      ) : null}
      <OrderMarks system={page.system} order={page.order} line={page.line} />
      <Facts page={page} />
      <Timeline page={page} />
      <Arithmetic page={page} />
      <Around page={page} />
      <Records page={page} opened={record} />
    </>
  );
}

/** That the number stands in several systems, and the way to the other ones. */
function Systems({ page }: { page: OrderPageData }): ReactNode {
  const { t } = useTranslation("order");
  const format = useFormat();
  if (page.systems.length < 2) return null;
  return (
    <nav className={styles.systems} aria-label={t("systems.label")}>
      <span>{t("systems.words", { number: format.count(page.systems.length), system: page.system })}</span>
      {page.systems
        .filter((system) => system !== page.system)
        .map((system) => (
          <Link
            key={system}
            to="/order/$order/$line"
            params={{ order: page.order, line: page.line }}
            search={{ system }}
          >
            {t("systems.other", { system })}
          </Link>
        ))}
    </nav>
  );
}

/** In one sentence: kept or missed, by how much, and why. */
function Verdict({ page }: { page: OrderPageData }): ReactNode {
  const { t } = useTranslation("order");
  const format = useFormat();
  const outcome = known(en.order.outcome, page.outcome);
  // How late it is says more than that it is late.
  const why = page.counts.flatMap((count) => {
    if (count === "late") return [];
    const key = known(en.order.count, count);
    return key ? [t(`count.${key}`)] : [];
  });
  const days = page.lateness_days;
  if (days !== null && days > 0 && page.reached === null) {
    // An open order is late up to a day that is not today.
    const until = page.legs.find((leg) => leg.running)?.actual_to;
    if (until) why.push(t("measuredTo", { day: format.day(until) }));
  }
  const lateBy = page.working_days ? "lateByWorking" : "lateBy";
  return (
    <p className={styles.verdict}>
      {outcome ? t(`outcome.${outcome}`) : page.outcome}
      {days !== null && days > 0 ? ` ${t(lateBy, { count: days })}` : ""}
      {days !== null && days < 0 ? ` ${t("earlyBy", { count: -days })}` : ""}
      {why.length > 0 ? ` (${why.join(", ")})` : ""}
    </p>
  );
}

/** Exceptions, where it counts, and the order's other lines. */
function Around({ page }: { page: OrderPageData }): ReactNode {
  const { t } = useTranslation("order");
  const format = useFormat();
  const words = useKpiWords();
  const others = page.lines.filter((line) => line !== page.line);
  return (
    <div className={`${styles.section} ${styles.columns}`}>
      <section>
        <h2>{t("exceptions.title")}</h2>
        {page.exceptions.length === 0 ? <p className={styles.quiet}>{t("exceptions.none")}</p> : null}
        <ul className={styles.list}>
          {page.exceptions.map((exception) => (
            <li key={`${exception.kind} ${exception.words}`}>
              {exception.day ? <strong>{format.day(exception.day)} </strong> : null}
              {exception.words}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t("counted.title")}</h2>
        {page.counted_in.length === 0 ? <p className={styles.quiet}>{t("counted.none")}</p> : null}
        <ul className={styles.list}>
          {page.counted_in.map((counted) =>
            isKpiKind(counted.kpi) ? (
              <li key={`${counted.kpi} ${counted.week}`}>
                <Link to="/kpi/$kpi" params={{ kpi: counted.kpi }} search={{ week: counted.week }}>
                  {words.name(counted.kpi)}, {words.weekInYear(counted.week)}
                </Link>
              </li>
            ) : null,
          )}
        </ul>
        {others.length > 0 ? (
          <>
            <h2 style={{ marginTop: "1.2rem" }}>{t("lines.title")}</h2>
            <p className={styles.lines}>
              {others.map((line) => (
                <Link
                  key={line}
                  to="/order/$order/$line"
                  params={{ order: page.order, line }}
                  search={page.systems.length > 1 ? { system: page.system } : {}}
                >
                  {t("lines.line", { line })}
                </Link>
              ))}
            </p>
          </>
        ) : null}
      </section>
    </div>
  );
}
