import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type RotationList } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, classes, EmptyState, ErrorState, Page, PageHeader, Skeleton } from "../../components";
import table from "../../components/table.module.css";
import { useFormat, useLanguage } from "../../i18n/format";
import { Absences } from "./Absences";
import { MatrixTable } from "./MatrixTable";
import { ProgramDialog } from "./ProgramDialog";
import styles from "./Rotation.module.css";
import { SwapList } from "./SwapList";
import { VisitTable } from "./VisitTable";

/** All rotations, what waits for the reader, and who has walked in whose shoes. */
export function RotationsPage(): ReactNode {
  const { t } = useTranslation("rotation");
  const language = useLanguage();
  const list = useRead(["rotation", "list", language], () => commands.rotationList(language));
  const [adding, setAdding] = useState(false);
  const { data, error } = list;
  const add = data?.may_plan ? (
    <Button look="primary" onPress={() => setAdding(true)}>
      {t("list.add")}
    </Button>
  ) : null;
  return (
    <Page>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={data && data.rotations.length > 0 ? add : null}
      />
      {error && !data ? <ErrorState error={error} retry={() => void list.refetch()} /> : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="18rem" />
        </div>
      ) : null}
      {data && data.rotations.length === 0 ? (
        <EmptyState title={t("list.empty")} actions={add}>
          {t(data.may_plan ? "list.emptyWords" : "list.emptyReader")}
        </EmptyState>
      ) : null}
      {data && data.rotations.length > 0 ? <Shown list={data} /> : null}
      {data && adding ? (
        <ProgramDialog program={null} weeks={data.weeks} close={() => setAdding(false)} />
      ) : null}
    </Page>
  );
}

function Shown({ list }: { list: RotationList }): ReactNode {
  const { t } = useTranslation("rotation");
  const own = [...list.to_debrief, ...list.mine];
  return (
    <>
      <nav className={styles.nav} aria-label={t("title")}>
        <Link to="/rotations/learned">{t("learned.link")}</Link>
      </nav>
      {own.length > 0 ? (
        <section className={styles.section} aria-labelledby="mine">
          <h2 id="mine">{t("list.mine")}</h2>
          <VisitTable visits={own} />
        </section>
      ) : null}
      {list.swaps.length > 0 ? (
        <section className={styles.section} aria-labelledby="swaps">
          <h2 id="swaps">{t("swap.waiting")}</h2>
          <SwapList swaps={list.swaps} />
        </section>
      ) : null}
      <Rotations list={list} />
      <section className={styles.section} aria-labelledby="matrix">
        <h2 id="matrix">{t("matrix.title")}</h2>
        <MatrixTable matrix={list.matrix} />
      </section>
      <Absences absences={list.absences} me={list.me} forAll={list.may_plan} />
    </>
  );
}

function Rotations({ list }: { list: RotationList }): ReactNode {
  const { t } = useTranslation("rotation");
  const format = useFormat();
  return (
    <section className={styles.section} aria-labelledby="rotations">
      <h2 id="rotations">{t("list.title")}</h2>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t("column.rotation")}</th>
              <th scope="col">{t("column.days")}</th>
              <th scope="col">{t("column.visits")}</th>
              <th scope="col">{t("column.debriefs")}</th>
            </tr>
          </thead>
          <tbody>
            {list.rotations.map((row) => (
              <tr key={row.rotation} className={classes(row.ended !== null && styles.off)}>
                <th scope="row">
                  <Link to="/rotations/$rotation" params={{ rotation: row.rotation }}>
                    {row.name}
                  </Link>
                  <div className={styles.quiet}>{row.question}</div>
                </th>
                <td>{format.days(row.from, row.until)}</td>
                <td>
                  {row.is_published
                    ? t("list.visits", { over: row.over, all: row.visits })
                    : t("list.unpublished")}
                </td>
                <td>{format.count(row.debriefs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
