import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type LearnedPage as Learned } from "../../api/bindings";
import { useRead } from "../../api/query";
import { EmptyState, ErrorState, Page, PageHeader, Select, Skeleton } from "../../components";
import { useLanguage } from "../../i18n/format";
import { DebriefText } from "./DebriefText";
import styles from "./Rotation.module.css";

/** Stands for all departments. */
const ALL = "\u0000";

/** What people learned about a department in a year. */
export function LearnedPage(): ReactNode {
  const { t } = useTranslation("rotation");
  const language = useLanguage();
  const search = useSearch({ from: "/rotations/learned" });
  const navigate = useNavigate();
  const { department = null, year = null } = search;
  const show = (next: typeof search): void => {
    void navigate({ to: "/rotations/learned", search: { ...search, ...next }, replace: true });
  };
  const page = useRead(
    ["rotation", "learned", language, department, year],
    () => commands.learnedRead(language, department, year),
    { keep: true },
  );
  const { data, error } = page;
  const about = data?.department?.name;
  return (
    <Page narrow>
      <PageHeader
        title={about ? t("learned.titleOf", { department: about }) : t("learned.title")}
        above={<Link to="/rotations">{t("title")}</Link>}
      />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="18rem" />
        </div>
      ) : null}
      {data ? (
        <>
          <div className={styles.pair}>
            <Select
              label={t("learned.department")}
              choices={[
                { value: ALL, label: t("learned.all") },
                ...data.departments.map((one) => ({ value: one.id, label: one.name })),
              ]}
              value={department ?? ALL}
              onChange={(next) => show({ department: next === ALL ? undefined : next })}
            />
            <Select
              label={t("learned.year")}
              choices={data.years.map((one) => ({ value: String(one), label: String(one) }))}
              value={String(data.year)}
              onChange={(next) => show({ year: Number(next) })}
            />
          </div>
          <Found page={data} />
        </>
      ) : null}
    </Page>
  );
}

function Found({ page }: { page: Learned }): ReactNode {
  const { t } = useTranslation("rotation");
  if (page.visits.length === 0) {
    return <EmptyState title={t("learned.none")}>{t("learned.noneWords")}</EmptyState>;
  }
  return (
    <>
      {page.visits.map((visit) => (
        <DebriefText key={visit.placement} visit={visit} level={2} />
      ))}
      {page.more > 0 ? <p className={styles.quiet}>{t("learned.more", { count: page.more })}</p> : null}
      {page.without > 0 ? (
        <p className={styles.quiet}>{t("learned.without", { count: page.without })}</p>
      ) : null}
    </>
  );
}
