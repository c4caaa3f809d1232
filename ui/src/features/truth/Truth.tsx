import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type DisagreementView, type TruthPage, type TruthRow } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, classes, EmptyState, ErrorState, Skeleton } from "../../components";
import table from "../../components/table.module.css";
import { useFormat, useLanguage } from "../../i18n/format";
import { useFieldName } from "../order/fields";
import { CorrectionDialog } from "./CorrectionDialog";
import { Corrections } from "./Corrections";
import styles from "./Truth.module.css";
import { TruthDialog } from "./TruthDialog";

/** The truth map of an integration: whose word counts, what is said differently, what is to be corrected. */
export function Truth({ integration }: { integration: string }): ReactNode {
  const { t } = useTranslation("truth");
  const language = useLanguage();
  const page = useRead(["truth", integration, language], () => commands.truthRead(language, integration), {
    keep: true,
  });
  if (page.error && !page.data) {
    return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  }
  if (!page.data) return <Skeleton height="16rem" />;
  const { home } = page.data;
  if (home !== null) {
    return (
      <EmptyState
        title={t("adds.title")}
        actions={
          <Link to="/integrations/$id" params={{ id: home }} search={{ tab: "truth" }}>
            {t("adds.go")}
          </Link>
        }
      >
        {t("adds.words")}
      </EmptyState>
    );
  }
  return (
    <div className={styles.truth}>
      <Map id={integration} page={page.data} />
      <Disagreements id={integration} page={page.data} />
      <Corrections corrections={page.data.corrections} />
    </div>
  );
}

function Map({ id, page }: { id: string; page: TruthPage }): ReactNode {
  const { t } = useTranslation("truth");
  const fieldName = useFieldName();
  const [changing, setChanging] = useState<TruthRow | null>(null);
  return (
    <section>
      <h2>{t("map.title")}</h2>
      <p className={styles.words}>{t("map.words")}</p>
      <div className={table.scroll}>
        <table className={classes(table.table, table.tight)}>
          <thead>
            <tr>
              <th scope="col">{t("map.field")}</th>
              <th scope="col">{t("map.origin")}</th>
              <th scope="col">{t("map.record")}</th>
              <th scope="col">{t("map.owner")}</th>
              <th scope="col">{t("map.places")}</th>
              {page.may_change ? <td /> : null}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <tr key={row.field}>
                <th scope="row">
                  {fieldName(row.field)}
                  {row.disagreements > 0 ? (
                    <div className={table.quiet}>{t("map.differs", { count: row.disagreements })}</div>
                  ) : null}
                </th>
                <td>{row.origin}</td>
                <td>{row.record}</td>
                <td>{row.owner_name ?? <span className={table.none}>{t("map.nobody")}</span>}</td>
                <td className={styles.places}>{row.places.join("; ")}</td>
                {page.may_change ? (
                  <td className={table.act}>
                    <Button
                      look="quiet"
                      aria-label={t("map.changeOf", { field: fieldName(row.field) })}
                      onPress={() => setChanging(row)}
                    >
                      {t("map.change")}
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {changing === null ? null : (
        <TruthDialog id={id} row={changing} systems={page.systems} close={() => setChanging(null)} />
      )}
    </section>
  );
}

function Disagreements({ id, page }: { id: string; page: TruthPage }): ReactNode {
  const { t } = useTranslation("truth");
  const format = useFormat();
  const fieldName = useFieldName();
  const [asking, setAsking] = useState<DisagreementView | null>(null);
  const [first] = page.systems;
  const alone = page.systems.length < 2 && page.disagreed === 0;
  return (
    <section>
      <h2>{t("differs.title")}</h2>
      <p className={styles.words}>
        {alone
          ? t("differs.alone", { system: first ?? "" })
          : page.disagreed === 0
            ? t("differs.none")
            : t("differs.words", { count: page.disagreed })}
      </p>
      {page.unknown_lines > 0 ? (
        <p className={styles.words}>{t("differs.unknown", { count: page.unknown_lines })}</p>
      ) : null}
      {page.disagreements.length === 0 ? null : (
        <div className={table.scroll}>
          <table className={classes(table.table, table.tight)}>
            <caption className={styles.words}>
              {page.disagreements.length < page.disagreed
                ? t("differs.some", { count: page.disagreements.length })
                : null}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t("differs.order")}</th>
                <th scope="col">{t("map.field")}</th>
                <th scope="col">{t("differs.kept")}</th>
                <th scope="col">{t("differs.other")}</th>
                <th scope="col">{t("differs.since")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {page.disagreements.map((one) => (
                <tr key={`${one.order} ${one.line} ${one.field} ${one.other_system}`}>
                  <th scope="row">
                    <Link
                      to="/order/$order/$line"
                      params={{ order: one.order, line: one.line }}
                      search={{ system: one.system }}
                    >
                      {one.order}/{one.line}
                    </Link>
                  </th>
                  <td>{fieldName(one.field)}</td>
                  <td>
                    <strong>{one.kept_value}</strong>
                    <div className={table.quiet}>{one.kept_system || t("differs.byHand")}</div>
                  </td>
                  <td>
                    {one.other_value}
                    <div className={table.quiet}>{one.other_system || t("differs.byHand")}</div>
                  </td>
                  <td>{one.since === null ? "" : format.ago(one.since)}</td>
                  <td className={table.act}>
                    {one.is_by_hand || one.records.length === 0 ? null : (
                      <Button look="quiet" onPress={() => setAsking(one)}>
                        {t("differs.ask")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asking === null ? null : (
        <CorrectionDialog
          id={id}
          fields={[asking.field]}
          records={asking.records}
          about={t("differs.about", { order: `${asking.order}/${asking.line}`, system: asking.other_system })}
          wanted={asking.kept_value}
          close={() => setAsking(null)}
        />
      )}
    </section>
  );
}
