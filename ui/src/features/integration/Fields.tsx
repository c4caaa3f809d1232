import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type FieldRead, type Integration, type Stream } from "../../api/bindings";
import { useRead } from "../../api/query";
import { classes } from "../../components/classes";
import { DepartmentBadge, departmentOf } from "../../components/Department";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import styles from "./Integration.module.css";
import { defaultDays, readOf } from "./wizard/draft";
import { FIELD_GROUPS } from "./wizard/field";

/** What each field is read from, and how; and the way that an order takes. */
export function Fields({ integration }: { integration: Integration }): ReactNode {
  return (
    <>
      {integration.stream.map((stream) => (
        <StreamFields key={stream.name} stream={stream} />
      ))}
      <Way integration={integration} />
    </>
  );
}

function StreamFields({ stream }: { stream: Stream }): ReactNode {
  const { t } = useTranslation("integration");
  const { t: word } = useTranslation("field");
  return (
    <section className={styles.section}>
      <h2>{stream.name}</h2>
      <dl className={styles.pairs}>
        {stream.folder ? (
          <>
            <dt>{t("fields.folder")}</dt>
            <dd>{t("fields.pattern", { folder: stream.folder, pattern: stream.pattern ?? "*.csv" })}</dd>
          </>
        ) : null}
        {(stream.files ?? []).length > 0 ? (
          <>
            <dt>{t("fields.files")}</dt>
            <dd>
              {(stream.files ?? []).map((file) => (
                <div key={file}>{file}</div>
              ))}
            </dd>
          </>
        ) : null}
        {stream.from ? (
          <>
            <dt>{t("fields.system")}</dt>
            <dd>
              {stream.from.name ?? t("fields.query")}
              {stream.from.cursor ? (
                <div className={styles.how}>
                  {t("fields.cursor", {
                    field: stream.from.cursor,
                    minutes: stream.from.overlap_minutes ?? 15,
                  })}
                </div>
              ) : null}
              {stream.from.query ? <pre className={styles.query}>{stream.from.query}</pre> : null}
            </dd>
          </>
        ) : null}
        <dt>{t("fields.delivery")}</dt>
        <dd>{t(`fields.${stream.delivery}`)}</dd>
        {stream.snapshot_date ? (
          <>
            <dt>{t("fields.snapshotDate")}</dt>
            <dd>{stream.snapshot_date}</dd>
          </>
        ) : null}
      </dl>
      <div className={table.scroll}>
        <table className={classes(table.table, table.tight)}>
          <thead>
            <tr>
              <th scope="col">{t("fields.field")}</th>
              <th scope="col">{t("fields.column")}</th>
              <th scope="col">{t("fields.how")}</th>
            </tr>
          </thead>
          <tbody>
            {FIELD_GROUPS.map(({ group, fields }) => {
              const mapped = fields.flatMap((field) => {
                const read = readOf(stream.fields[field]);
                return read === null ? [] : [{ field, read }];
              });
              if (mapped.length === 0) return null;
              return (
                <Fragment key={group}>
                  <tr className={styles.groupRow}>
                    <th colSpan={3} scope="colgroup">
                      {word(`group.${group}`)}
                    </th>
                  </tr>
                  {mapped.map(({ field, read }) => (
                    <tr key={field}>
                      <th scope="row">{word(`name.${field}`)}</th>
                      <td>
                        {read.column == null ? (
                          t("fields.constant", { value: read.constant ?? "" })
                        ) : (
                          <span className={styles.column}>{read.column}</span>
                        )}
                      </td>
                      <td className={styles.how}>
                        <How read={read} />
                      </td>
                    </tr>
                  ))}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function How({ read }: { read: FieldRead }): ReactNode {
  const { t } = useTranslation("integration");
  const { locale } = useFormat();
  const list = new Intl.ListFormat(locale, { type: "unit", style: "short" });
  const said = [
    ...(read.formats?.length ? [t("fields.formats", { formats: list.format(read.formats) })] : []),
    ...(read.decimal ? [t("fields.decimal", { mark: read.decimal })] : []),
    ...(read.empty_words?.length ? [t("fields.emptyWords", { words: list.format(read.empty_words) })] : []),
    ...(Object.keys(read.values ?? {}).length > 0
      ? [
          t("fields.values", {
            values: list.format(
              Object.entries(read.values ?? {}).map(([from, to]) => t("fields.valuePair", { from, to })),
            ),
          }),
        ]
      : []),
  ];
  return said.length === 0 ? t("fields.plain") : said.join(" · ");
}

function Way({ integration }: { integration: Integration }): ReactNode {
  const { t } = useTranslation("integration");
  const { t: word } = useTranslation("field");
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const departments = workspace.data?.departments ?? [];
  const days = defaultDays(integration);
  const { route } = integration;
  const promiser = departmentOf(departments, route.promised_by);
  return (
    <section className={styles.section}>
      <h2>{t("fields.route")}</h2>
      <p>
        {t("fields.routeText", {
          milestone: word(`name.${route.promise ?? "delivered"}`),
          department: promiser?.name ?? route.promised_by,
        })}
      </p>
      <ol className={styles.way}>
        <li>{word("name.ordered")}</li>
        {route.legs.map((leg) => {
          const owner = departmentOf(departments, leg.department);
          const count = days[leg.to];
          const words = { milestone: word(`name.${leg.to}`), department: owner?.name ?? leg.department };
          return (
            <li key={leg.to}>
              {owner ? <DepartmentBadge department={owner} name={false} /> : null}
              {count === undefined ? t("fields.routeTo", words) : t("fields.routeDays", { ...words, count })}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
