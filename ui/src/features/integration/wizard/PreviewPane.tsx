import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Field, StreamPreview } from "../../../api/bindings";
import { classes } from "../../../components/classes";
import { Icon } from "../../../components/Icon";
import { Skeleton } from "../../../components/State";
import table from "../../../components/table.module.css";
import { Fault } from "../../workspace/FaultWords";
import { isField } from "./field";
import type { usePreview } from "./state";
import styles from "./Wizard.module.css";

interface PreviewPaneProps {
  preview: ReturnType<typeof usePreview>;
  stream: string;
  /** The field whose column is looked at. */
  field?: Field | null;
}

/** Ten rows as they would be read, each with why it would wait. */
export function PreviewPane({ preview, stream, field }: PreviewPaneProps): ReactNode {
  const { t } = useTranslation("wizard");
  const shown = preview.data?.streams.find((one) => one.stream === stream);
  return (
    <aside className={styles.preview} aria-label={t("preview.title")} aria-busy={preview.waiting}>
      <h3>
        {t("preview.title")}{" "}
        <span className={styles.quiet} role="status">
          {preview.waiting ? t("preview.updating") : ""}
        </span>
      </h3>
      {preview.error ? <Fault error={preview.error} retry={preview.retry} /> : null}
      {!preview.data && !preview.error ? <Skeleton height="16rem" /> : null}
      {shown ? <Rows shown={shown} field={field ?? null} /> : null}
      {preview.data && (!shown || shown.fields.length === 0) ? (
        <p className={styles.quiet}>{t("preview.empty")}</p>
      ) : null}
    </aside>
  );
}

function Rows({ shown, field }: { shown: StreamPreview; field: Field | null }): ReactNode {
  const { t } = useTranslation("wizard");
  const { t: word } = useTranslation("field");
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const head = field === null ? null : frame.current?.querySelector<HTMLElement>(`[data-field="${field}"]`);
    if (head && frame.current) frame.current.scrollLeft = head.offsetLeft - frame.current.clientWidth / 3;
  }, [field]);
  if (shown.rows.length === 0) return <p className={styles.quiet}>{t("preview.noRows")}</p>;
  return (
    // oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div ref={frame} className={styles.rows} tabIndex={0} role="group" aria-label={t("preview.title")}>
      <table className={classes(table.table, table.tight)}>
        <thead>
          <tr>
            <th scope="col">{t("preview.row")}</th>
            <th scope="col">{t("preview.reads")}</th>
            {shown.fields.map((one) => (
              <th key={one} scope="col" data-field={one} data-looked={one === field || undefined}>
                {isField(one) ? word(`name.${one}`) : one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.rows.map((row) => (
            <tr key={row.row} data-waits={row.reasons.length > 0 || undefined}>
              <th scope="row">{row.row}</th>
              <td className={styles.verdict}>
                <Icon name={row.reasons.length > 0 ? "warn" : "check"} />{" "}
                {row.reasons.length > 0 ? (
                  <>
                    {t("preview.waits")}
                    <span className={styles.why}>{row.reasons.join(" ")}</span>
                  </>
                ) : (
                  t("preview.fine")
                )}
              </td>
              {shown.fields.map((one, place) => (
                <td key={one} data-looked={one === field || undefined}>
                  {row.read[place] ?? (
                    <span className={table.none} title={t("preview.none")}>
                      –
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
