import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type FigureFileRow, type KpiId } from "../../api/bindings";
import { useRead } from "../../api/query";
import { classes, EmptyState, ErrorState, Notice, Page, PageHeader, Skeleton } from "../../components";
import table from "../../components/table.module.css";
import { useFormat, useLanguage } from "../../i18n/format";
import { BringFile } from "./BringFile";
import styles from "./Figures.module.css";
import { FileLook } from "./FileLook";

/** The files of the measure that the address names, and the one that is looked at before it is brought in. */
export function FilesRoute(): ReactNode {
  const { kpi } = useParams({ from: "/kpi/$kpi/files" });
  const { path } = useSearch({ from: "/kpi/$kpi/files" });
  return <Files key={`${kpi} ${path ?? ""}`} kpi={kpi} path={path} />;
}

function Files({ kpi, path }: { kpi: KpiId; path: string | undefined }): ReactNode {
  const { t } = useTranslation("figures");
  const language = useLanguage();
  const list = useRead(["figure-files", language, kpi], () => commands.figureFileList(language, kpi), {
    keep: true,
  });
  const { data, error } = list;
  return (
    <Page>
      <PageHeader
        above={
          <Link to="/kpi/$kpi" params={{ kpi }}>
            {data?.measure.name ?? t("back")}
          </Link>
        }
        title={t("title")}
        lead={t("lead")}
        actions={<BringFile kpi={kpi} />}
      />
      <div className={styles.figures}>
        {path === undefined ? null : <FileLook kpi={kpi} path={path} />}
        {error && !data ? <ErrorState error={error} retry={() => void list.refetch()} /> : null}
        {error && data ? <Notice tone="bad">{error.message}</Notice> : null}
        {!data && !error ? (
          <div aria-busy="true">
            <Skeleton height="10rem" />
          </div>
        ) : null}
        {data ? <Brought kpi={kpi} files={data.files} isLooking={path !== undefined} /> : null}
      </div>
    </Page>
  );
}

interface BroughtProps {
  kpi: KpiId;
  files: FigureFileRow[];
  isLooking: boolean;
}

/** The files that were brought, the newest first. */
function Brought({ kpi, files, isLooking }: BroughtProps): ReactNode {
  const { t } = useTranslation("figures");
  const format = useFormat();
  if (files.length === 0) {
    return isLooking ? null : (
      <EmptyState title={t("empty.title")} actions={<BringFile kpi={kpi} primary />}>
        {t("empty.words")}
      </EmptyState>
    );
  }
  return (
    <section aria-label={t("list.title")}>
      <h2>{t("list.title")}</h2>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t("list.file")}</th>
              <th scope="col">{t("list.state")}</th>
              <th scope="col">{t("list.by")}</th>
              <th scope="col" className={table.end}>
                {t("list.weeks")}
              </th>
              <th scope="col" className={table.end}>
                {t("list.refused")}
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <tr key={file.figures}>
                <th scope="row">
                  <Link to="/kpi/$kpi/files/$figures" params={{ kpi, figures: file.figures }}>
                    {file.file}
                  </Link>
                </th>
                <td className={classes(file.state === "waiting" ? styles.waiting : undefined)}>
                  {t(`state.${file.state}`)}
                </td>
                <td>{t("by", { name: file.by.name ?? t("somebody"), when: format.moment(file.by.at) })}</td>
                <td className={table.end}>{format.count(file.weeks)}</td>
                <td className={table.end}>{format.count(file.refused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
