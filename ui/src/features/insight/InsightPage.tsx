import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Insight, type Insights } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Chart } from "../../charts/Chart";
import {
  DepartmentBadge,
  departmentOf,
  EmptyState,
  ErrorState,
  LinkButton,
  Page,
  PageHeader,
  Skeleton,
} from "../../components";
import table from "../../components/table.module.css";
import { useFormat, useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { useStart } from "../frame/start";
import { MeetingNav } from "../meeting/MeetingNav";
import styles from "./Insight.module.css";

/** How people talk, over the weeks. Nobody is ranked: only the whole and pairs of departments are counted. */
export function InsightPage(): ReactNode {
  const { t } = useTranslation("insight");
  const language = useLanguage();
  const page = useRead(["insights", language], () => commands.insightRead(language));
  const { data, error } = page;
  return (
    <Page>
      <PageHeader above={<MeetingNav />} title={t("title")} lead={t("lead")} />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? <Skeleton height="20rem" /> : null}
      {data ? <Shown insights={data} /> : null}
    </Page>
  );
}

function Shown({ insights }: { insights: Insights }): ReactNode {
  const { t } = useTranslation("insight");
  if (insights.measures.length === 0 && insights.needs.length === 0) {
    return (
      <EmptyState
        title={t("empty.title")}
        actions={<LinkButton to="/meeting">{t("empty.action")}</LinkButton>}
      >
        {t("empty.words")}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles.measures}>
        {insights.measures.map((insight) => (
          <Measure key={insight.measure} insight={insight} />
        ))}
      </div>
      <Pairs needs={insights.needs} />
    </>
  );
}

function Measure({ insight }: { insight: Insight }): ReactNode {
  const { t } = useTranslation("insight");
  const word = known(en.insight.measure, insight.measure);
  return (
    <section aria-label={word === null ? insight.chart.title : t(`measure.${word}`)}>
      <h2>{word === null ? insight.chart.title : t(`measure.${word}`)}</h2>
      <p className={styles.sentence}>{insight.sentence}</p>
      <Chart chart={insight.chart} corner />
    </section>
  );
}

function Pairs({ needs }: { needs: Insights["needs"] }): ReactNode {
  const { t } = useTranslation("insight");
  const format = useFormat();
  const departments = useStart().data?.workspace?.departments ?? [];
  return (
    <section className={styles.pairs} aria-labelledby="pairs">
      <h2 id="pairs">{t("pairs.title")}</h2>
      {needs.length === 0 ? (
        <p className={styles.quiet}>{t("pairs.none")}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t("pairs.from")}</th>
                <th scope="col">{t("pairs.to")}</th>
                <th scope="col" className={table.end}>
                  {t("pairs.asked")}
                </th>
                <th scope="col" className={table.end}>
                  {t("pairs.accepted")}
                </th>
                <th scope="col" className={table.end}>
                  {t("pairs.declined")}
                </th>
              </tr>
            </thead>
            <tbody>
              {needs.map((pair) => (
                <tr key={`${pair.from} ${pair.to}`}>
                  <th scope="row">
                    <DepartmentBadge department={departmentOf(departments, pair.from)} />
                  </th>
                  <td>
                    <DepartmentBadge department={departmentOf(departments, pair.to)} />
                  </td>
                  <td className={table.end}>{format.count(pair.asked)}</td>
                  <td className={table.end}>{format.count(pair.accepted)}</td>
                  <td className={table.end}>{format.count(pair.declined)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
