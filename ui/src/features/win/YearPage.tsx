import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type WinYear } from "../../api/bindings";
import { useRead } from "../../api/query";
import {
  DepartmentBadge,
  EmptyState,
  ErrorState,
  LinkButton,
  Page,
  PageHeader,
  Skeleton,
} from "../../components";
import { useLanguage } from "../../i18n/format";
import { Wall } from "./Wall";
import styles from "./Win.module.css";

/** A year of wins, told in a few numbers that rank nobody. */
export function YearPage(): ReactNode {
  const { t } = useTranslation("win");
  const { year } = useParams({ from: "/wins/year/$year" });
  const language = useLanguage();
  const page = useRead(["wins", "year", year, language], () => commands.winYear(Number(year), language));
  const { data, error } = page;
  return (
    <Page>
      <PageHeader
        title={t("inReview", { year })}
        actions={<LinkButton to="/wins">{t("toWall")}</LinkButton>}
      />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="18rem" />
        </div>
      ) : null}
      {data ? <Shown year={data} /> : null}
    </Page>
  );
}

function Shown({ year }: { year: WinYear }): ReactNode {
  const { t } = useTranslation("win");
  if (year.wins === 0) return <EmptyState title={t("year.empty")}>{t("empty.words")}</EmptyState>;
  return (
    <div className={styles.board}>
      <ul className={styles.facts}>
        <li>{t("year.wins", { count: year.wins })}</li>
        <li>{t("year.shared", { count: year.shared })}</li>
        <li>{t("year.celebrated", { count: year.celebrated })}</li>
        <li>{t("year.people", { count: year.people })}</li>
        <li>{t("year.thanks", { count: year.thanks })}</li>
      </ul>
      {year.departments.length === 0 ? null : (
        <section aria-label={t("year.departments")}>
          <h2>{t("year.departments")}</h2>
          <div className={styles.badges}>
            {year.departments.map((one) => (
              <DepartmentBadge key={one.id} department={one} />
            ))}
          </div>
        </section>
      )}
      {year.customers.length === 0 ? null : (
        <section aria-label={t("year.customers")}>
          <h2>{t("year.customers")}</h2>
          <p>{year.customers.join(" · ")}</p>
        </section>
      )}
      <Wall quarters={year.quarters} departments={year.departments} />
    </div>
  );
}
