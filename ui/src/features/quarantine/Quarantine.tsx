import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type QuarantineRow } from "../../api/bindings";
import { asPlazaError } from "../../api/errors";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Checkbox, Select, TextField } from "../../components/Field";
import { EmptyState, ErrorState, Skeleton } from "../../components/State";
import { reportError, toast } from "../../components/toast";
import { type Column, VirtualTable } from "../../components/VirtualTable";
import { useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { fileName } from "../integration/wizard/source";
import { Fault } from "../workspace/FaultWords";
import { useQuarantine } from "./pages";
import styles from "./Quarantine.module.css";
import { NONE, type Selection, setMany, toggle } from "./selection";

const ALL = "all";
const ROW_HEIGHT_PX = 54;

function canRelease(row: QuarantineRow): boolean {
  return row.releasable && row.state === "waiting";
}

/** Rows that broke a rule: why, which cells, where; released with a reason or mended at home. */
export function Quarantine({ integration }: { integration: string }): ReactNode {
  const { t } = useTranslation("quarantine");
  const language = useLanguage();
  const [rule, setRule] = useState<string | null>(null);
  const pages = useQuarantine(language, integration, rule);
  const [selected, setSelected] = useState<Selection>(NONE);
  const [releasing, setReleasing] = useState(false);
  const { list } = pages;
  const columns = useColumns(selected, (id) => setSelected((before) => toggle(before, id)));

  if (pages.error && !list) return <ErrorState error={pages.error} retry={pages.retry} />;
  if (!list) return <Skeleton height="20rem" />;
  if (list.total === 0 && rule === null) {
    return <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>;
  }
  const selectAll = async (): Promise<void> => {
    try {
      const rows = await pages.all();
      setSelected((before) =>
        setMany(
          before,
          rows.filter(canRelease).map((row) => row.id),
          true,
        ),
      );
    } catch (thrown) {
      reportError(asPlazaError(thrown));
    }
  };

  return (
    <section className={styles.quarantine} aria-label={t("title")}>
      <p className={styles.lead}>{t("lead")}</p>
      <div className={styles.bar}>
        <div className={styles.filter}>
          <Select
            bare
            label={t("filter")}
            value={rule ?? ALL}
            onChange={(value) => {
              setRule(value === ALL ? null : value);
              setSelected(NONE);
            }}
            choices={[
              { value: ALL, label: t("all") },
              ...list.reasons.map((reason) => ({
                value: reason.rule,
                label: t("reasonCount", { words: reason.words, rows: reason.rows }),
              })),
            ]}
          />
        </div>
        <span className={styles.count} role="status">
          {selected.size > 0 ? t("selected", { count: selected.size }) : t("count", { count: list.waiting })}
        </span>
        <span className={styles.spring} />
        {selected.size > 0 ? (
          <Button look="quiet" onPress={() => setSelected(NONE)}>
            {t("clear")}
          </Button>
        ) : (
          <Button look="quiet" onPress={() => void selectAll()}>
            {t("selectAll")}
          </Button>
        )}
        <Button look="primary" isDisabled={selected.size === 0} onPress={() => setReleasing(true)}>
          {t("release")}
        </Button>
      </div>
      {list.total === 0 ? (
        <EmptyState
          title={t("emptyRule.title")}
          actions={<Button onPress={() => setRule(null)}>{t("emptyRule.all")}</Button>}
        />
      ) : (
        <VirtualTable<QuarantineRow>
          label={t("title")}
          columns={columns}
          count={list.total}
          row={pages.row}
          onVisible={pages.onVisible}
          onOpen={(row) => {
            if (canRelease(row)) setSelected((before) => toggle(before, row.id));
          }}
          rowHeight={ROW_HEIGHT_PX}
          height="min(62vh, 46rem)"
          minWidth="44rem"
        />
      )}
      {releasing ? (
        <Release
          ids={[...selected]}
          close={() => setReleasing(false)}
          released={() => {
            setReleasing(false);
            setSelected(NONE);
          }}
        />
      ) : null}
    </section>
  );
}

function useColumns(selected: Selection, flip: (id: string) => void): Column<QuarantineRow>[] {
  const { t } = useTranslation("quarantine");
  return [
    {
      id: "select",
      label: "",
      width: "2.4rem",
      cell: (row) =>
        canRelease(row) ? (
          <span
            className={styles.select}
            onClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
            role="presentation"
          >
            <Checkbox
              aria-label={t("select", { row: row.row, file: fileName(row.file) })}
              selected={selected.has(row.id)}
              onChange={() => flip(row.id)}
            >
              {null}
            </Checkbox>
          </span>
        ) : null,
    },
    {
      id: "order",
      label: t("column.order"),
      width: "minmax(7.5rem, 0.8fr)",
      cell: (row) =>
        row.order === null ? (
          <span className={styles.faint}>{t("orderUnknown")}</span>
        ) : row.line === null ? (
          row.order
        ) : (
          t("orderLine", { order: row.order, line: row.line })
        ),
    },
    {
      id: "reason",
      label: t("column.reason"),
      width: "minmax(12rem, 2.2fr)",
      title: (row) => row.reasons.join(" "),
      cell: (row) => <span className={styles.two}>{row.reasons.join(" ")}</span>,
    },
    {
      id: "cells",
      label: t("column.cells"),
      width: "minmax(9rem, 1.5fr)",
      title: (row) => row.cells.map(([column, text]) => `${column}: ${text}`).join("\n"),
      cell: (row) => (
        <span className={styles.two}>
          {row.cells.map(([column, text]) => (
            <span key={column} className={styles.cell}>
              <span className={styles.column}>{column}</span>{" "}
              {text === "" ? (
                <span className={styles.faint}>{t("cellEmpty")}</span>
              ) : (
                <mark>{text}</mark>
              )}{" "}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: "place",
      label: t("column.place"),
      width: "minmax(8rem, 1.1fr)",
      title: (row) => row.file,
      cell: (row) => (
        <span className={styles.two}>{t("place", { file: fileName(row.file), row: row.row })}</span>
      ),
    },
    {
      id: "state",
      label: t("column.state"),
      width: "minmax(6rem, 0.7fr)",
      title: (row) => (row.state === "waiting" && !row.releasable ? t("notReleasable") : ""),
      cell: (row) => {
        const word = known(en.quarantine.state, row.state);
        if (row.state === "waiting" && !row.releasable) {
          return <span className={styles.two}>{t("mendOnly")}</span>;
        }
        return <span className={styles.state}>{word ? t(`state.${word}`) : row.state}</span>;
      },
    },
  ];
}

function Release(props: { ids: string[]; close: () => void; released: () => void }): ReactNode {
  const { t } = useTranslation("quarantine");
  const release = useAct(commands.quarantineRelease, { inline: true });
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const count = props.ids.length;
  const act = async (): Promise<void> => {
    if (reason.trim() === "") {
      setAsked(true);
      return;
    }
    if ((await release.run(props.ids, reason.trim())) === undefined) return;
    toast(t("released", { count }));
    props.released();
  };
  return (
    <Dialog
      open
      title={t("dialog.title", { count })}
      onClose={props.close}
      foot={
        <>
          <Button onPress={props.close}>{t("dialog.cancel")}</Button>
          <Button look="primary" isPending={release.pending} onPress={() => void act()}>
            {t("dialog.action")}
          </Button>
        </>
      }
    >
      <p>{t("dialog.text")}</p>
      {release.error ? <Fault error={release.error} /> : null}
      <TextField
        autoFocus
        rows={3}
        label={t("dialog.reason")}
        hint={t("dialog.reasonHint")}
        value={reason}
        onChange={setReason}
        error={asked && reason.trim() === "" ? t("dialog.reasonFault") : undefined}
      />
    </Dialog>
  );
}
