import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type OrderPage, type RecordView } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, ErrorState, Icon, Skeleton } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { useThingRef } from "../menu/thing";
import { CorrectionDialog } from "../truth/CorrectionDialog";
import { recordAnchorOf } from "./anchor";
import { useFieldName } from "./fields";
import styles from "./Order.module.css";

/** The raw records behind the order line: which system, run, file, row, and whom to call. */
export function Records({ page, opened }: { page: OrderPage; opened: string | undefined }): ReactNode {
  const { t } = useTranslation("order");
  const navigate = useNavigate();
  const { system } = useSearch({ from: "/order/$order/$line" });
  const open = (record: string | undefined): void => {
    void navigate({
      to: "/order/$order/$line",
      params: { order: page.order, line: page.line },
      search: { system, record },
      resetScroll: false,
    });
  };
  return (
    <section className={styles.section}>
      <h2>{t("records.title")}</h2>
      <p className={styles.quiet}>{t("records.words")}</p>
      {page.records.map((record) => (
        <Listed
          key={record.id}
          page={page}
          record={record}
          open={record.id === opened}
          onToggle={() => open(record.id === opened ? undefined : record.id)}
        />
      ))}
    </section>
  );
}

interface ListedProps {
  page: OrderPage;
  record: RecordView;
  open: boolean;
  onToggle: () => void;
}

/** One record, opened or at a glance. */
function Listed({ page, record, open, onToggle }: ListedProps): ReactNode {
  const anchor = recordAnchorOf(page, record.id);
  const { t } = useTranslation("order");
  const format = useFormat();
  const place = t("records.place", { file: record.file, row: format.count(record.row) });
  const stood = useThingRef({
    name: `${record.system} · ${record.stream}, ${place}`,
    ...(anchor ? { flag: { anchor } } : {}),
    value: place,
    address: `/integrations/${record.integration}?tab=runs`,
  });
  return (
    <div ref={stood} className={styles.record}>
      <Head record={record} open={open} onToggle={onToggle} />
      {open ? <Opened page={page} record={record} /> : <Mapped record={record} />}
    </div>
  );
}

function Head({
  record,
  open,
  onToggle,
}: {
  record: RecordView;
  open: boolean;
  onToggle: () => void;
}): ReactNode {
  const { t } = useTranslation("order");
  const format = useFormat();
  return (
    <button type="button" className={styles.recordHead} aria-expanded={open} onClick={onToggle}>
      <Icon name={open ? "chevron" : "right"} />
      <span>
        <strong>{record.system}</strong> · {record.stream}
      </span>
      <span>{t("records.place", { file: record.file, row: format.count(record.row) })}</span>
      <span className={styles.quiet}>
        {t("records.pulled", { moment: format.moment(record.pulled) })}
        {record.version > 1 ? ` · ${t("records.version", { version: record.version })}` : ""}
      </span>
      <span className={styles.quiet}>
        {record.owner ? t("records.owner", { name: record.owner }) : t("records.noOwner")}
        {record.by_hand ? ` · ${t("records.byHand")}` : ""}
      </span>
    </button>
  );
}

/** Fields at a glance, before the record is opened. */
function Mapped({ record }: { record: RecordView }): ReactNode {
  const { t } = useTranslation("order");
  const fieldName = useFieldName();
  const mapped = record.cells.filter((cell) => cell.fields.length > 0 && cell.text !== "");
  if (mapped.length === 0) return null;
  return (
    <p className={styles.mapped}>
      {mapped
        .map((cell) =>
          [
            `${cell.fields.map(fieldName).join(", ")}: ${cell.read_as ?? cell.text}`,
            ...(cell.counts ? [] : [`(${t("records.notCounted")})`]),
            ...(cell.owner === null ? [] : [`(${t("records.fieldOwner", { name: cell.owner })})`]),
          ].join(" "),
        )
        .join(" · ")}
    </p>
  );
}

/** Fields that only name a row: nobody is asked to correct those. */
const NAMES = new Set(["order", "line", "row_key", "changed_at"]);

/** A record with its versions, and the way to have it corrected where it was entered. */
function Opened({ page, record }: { page: OrderPage; record: RecordView }): ReactNode {
  const { t } = useTranslation("order");
  const [asking, setAsking] = useState(false);
  const fields = [...new Set(record.cells.flatMap((cell) => cell.fields))].filter((one) => !NAMES.has(one));
  return (
    <>
      <Versions id={record.id} />
      {fields.length === 0 || record.by_hand ? null : (
        <Button look="quiet" onPress={() => setAsking(true)}>
          {t("records.ask")}
        </Button>
      )}
      {asking ? (
        <CorrectionDialog
          id={record.integration}
          fields={fields}
          records={[record.id]}
          about={t("records.about", {
            order: `${page.order}/${page.line}`,
            stream: record.stream,
            system: record.system,
          })}
          close={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function Versions({ id }: { id: string }): ReactNode {
  const { t } = useTranslation("order");
  const language = useLanguage();
  const format = useFormat();
  const versions = useRead(["record", language, id], () => commands.recordRead(language, id));
  if (versions.error) return <ErrorState error={versions.error} retry={() => void versions.refetch()} />;
  if (!versions.data) return <Skeleton height="10rem" />;
  return (
    <div className={styles.recordBody}>
      {versions.data.map((version, at) => (
        <div key={version.version} className={styles.version}>
          <h3>
            {t("records.version", { version: version.version })}
            {version.current ? ` · ${t("records.current")}` : ""} · {format.moment(version.pulled)}
          </h3>
          <p className={styles.quiet}>
            {t("records.from", { integration: version.integration_name, run: version.run })} ·{" "}
            {t("records.place", { file: version.file, row: format.count(version.row) })}
          </p>
          <Cells record={version} before={versions.data[at + 1]} />
        </div>
      ))}
    </div>
  );
}

/** All cells of a version; what differs from the version before says so. */
function Cells({ record, before }: { record: RecordView; before: RecordView | undefined }): ReactNode {
  const { t } = useTranslation("order");
  const fieldName = useFieldName();
  const earlier = new Map(before?.cells.map((cell) => [cell.column, cell.text]));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("records.column")}</th>
            <th scope="col">{t("records.text")}</th>
            <th scope="col">{t("records.field")}</th>
            <th scope="col">{t("records.readAs")}</th>
          </tr>
        </thead>
        <tbody>
          {record.cells.map((cell) => {
            const was = earlier.get(cell.column);
            return (
              <tr key={cell.column}>
                <td>{cell.column}</td>
                <td>
                  {cell.text === "" ? (
                    <span className={styles.same}>{t("records.blank")}</span>
                  ) : (
                    <code>{cell.text}</code>
                  )}
                  {was !== undefined && was !== cell.text ? (
                    <span className={styles.bad}>
                      {" "}
                      {t("records.was", { text: was === "" ? t("records.blank") : was })}
                    </span>
                  ) : null}
                </td>
                <td>
                  {cell.fields.length > 0 ? (
                    cell.fields.map(fieldName).join(", ")
                  ) : (
                    <span className={styles.same}>{t("records.unused")}</span>
                  )}
                </td>
                <td>{cell.read_as ?? ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
