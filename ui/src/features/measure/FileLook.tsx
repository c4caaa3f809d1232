import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type FigureColumns, type FigureFileLook, type KpiId } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { AddressLink, Button, ErrorState, Notice, Skeleton, TextField, toast } from "../../components";
import { useLanguage } from "../../i18n/format";
import { Changes } from "./Changes";
import styles from "./Figures.module.css";
import { FileColumns } from "./FileColumns";
import { FileRows } from "./FileRows";
import { RefusedRows } from "./RefusedRows";

/** A file that is looked at: how its columns are read, what it would do, and the act itself. */
export function FileLook({ kpi, path }: { kpi: KpiId; path: string }): ReactNode {
  const { t } = useTranslation("figures");
  const language = useLanguage();
  const [columns, setColumns] = useState<FigureColumns | null>(null);
  const look = useRead(
    ["figure-look", language, kpi, path, columns],
    () => commands.figureFileLook(language, kpi, path, columns),
    { keep: true },
  );
  const { data, error } = look;
  if (error) return <ErrorState error={error} retry={() => void look.refetch()} />;
  if (!data) {
    return (
      <div aria-busy="true">
        <p className={styles.quiet}>{t("look.reading")}</p>
        <Skeleton height="18rem" />
      </div>
    );
  }
  return (
    <section className={styles.look} aria-label={t("look.title", { file: data.file })}>
      <div>
        <h2>{t("look.title", { file: data.file })}</h2>
        <p className={styles.quiet}>
          {t("look.rows", { count: data.rows })}
          {data.blank > 0 ? ` ${t("look.blank", { count: data.blank })}` : ""}
          {data.is_remembered ? ` ${t("look.remembered")}` : ""}
        </p>
      </div>
      <FileColumns look={data} onChange={setColumns} />
      <FileRows caption={t("look.sample")} columns={data.columns} rows={data.sample} />
      {data.faults.length === 0 ? (
        <Effect look={data} path={path} again={() => void look.refetch()} />
      ) : (
        <Notice tone="warn">{t("look.faults", { count: data.faults.length })}</Notice>
      )}
    </section>
  );
}

interface EffectProps {
  look: FigureFileLook;
  path: string;
  again: () => void;
}

/** What the file would do, and doing it. */
function Effect({ look, path, again }: EffectProps): ReactNode {
  const { t } = useTranslation("figures");
  const { t: common } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const [reason, setReason] = useState("");
  const bring = useAct(commands.figureFileBring, { inline: true });
  const { kpi, name } = look.measure;
  const refused = bring.error;
  const save = async (): Promise<void> => {
    const brought = await bring.run(language, kpi, path, look.chosen, look.seen, reason);
    if (brought === undefined) {
      again();
      return;
    }
    toast(t(brought.is_held ? "look.held" : "look.published", { count: brought.weeks, name }));
    if (brought.is_held) {
      void navigate({ to: "/kpi/$kpi/files/$figures", params: { kpi, figures: brought.figures } });
    } else {
      void navigate({ to: "/kpi/$kpi", params: { kpi } });
    }
  };
  const isNothing = look.weeks.length === 0;
  return (
    <div className={styles.effect}>
      <h3>{t("look.effect")}</h3>
      <p>
        {t("look.new", { count: look.new })} · {t("look.changed", { count: look.changed })} ·{" "}
        {t("look.same", { count: look.same })} · {t("look.refused", { count: look.refused })}
      </p>
      {look.gaps > 0 ? <Notice tone="warn">{t("look.gaps", { count: look.gaps })}</Notice> : null}
      <Changes measure={look.measure} weeks={look.weeks} />
      <RefusedRows rows={look.refused_rows} count={look.refused} />
      {look.waiting === null ? null : (
        <Notice tone="warn">
          {t("look.waits")}{" "}
          <AddressLink address={`/kpi/${kpi}/files/${look.waiting}`}>{t("look.decide")}</AddressLink>
        </Notice>
      )}
      {isNothing ? (
        <Notice>{t(look.same > 0 ? "look.nothingNew" : "look.nothing")}</Notice>
      ) : (
        <>
          {look.needs_reason ? (
            <TextField
              label={t("look.reason")}
              value={reason}
              onChange={setReason}
              required
              error={refused?.field("reason")}
            />
          ) : null}
          {refused?.field("file") ? <Notice tone="bad">{refused.field("file")}</Notice> : null}
          {refused && refused.fields.length === 0 ? <Notice tone="bad">{refused.message}</Notice> : null}
          <div className={styles.actions}>
            <Button onPress={() => void navigate({ to: "/kpi/$kpi/files", params: { kpi } })}>
              {common("cancel")}
            </Button>
            <Button
              look="primary"
              isPending={bring.pending}
              isDisabled={look.waiting !== null}
              onPress={() => void save()}
            >
              {look.gaps > 0
                ? t("look.hold", { count: look.weeks.length })
                : t("look.publish", { count: look.weeks.length })}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
