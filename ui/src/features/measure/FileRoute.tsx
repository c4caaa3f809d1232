import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type FigureFilePage } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, ErrorState, Notice, Page, PageHeader, Skeleton, TextField, toast } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { pickSave } from "../../platform/dialog";
import { useKpiWords } from "../board/words";
import { Changes } from "./Changes";
import styles from "./Figures.module.css";
import { FileRows } from "./FileRows";
import { RefusedRows } from "./RefusedRows";

/** One file that was brought: who, when, what became of it, and the row that a week came from. */
export function FileRoute(): ReactNode {
  const { t } = useTranslation("figures");
  const { kpi, figures } = useParams({ from: "/kpi/$kpi/files/$figures" });
  const { week } = useSearch({ from: "/kpi/$kpi/files/$figures" });
  const language = useLanguage();
  const format = useFormat();
  const read = useRead(
    ["figure-file", language, figures, week ?? null],
    () => commands.figureFileRead(language, figures, week ?? null),
    { keep: true },
  );
  const { data, error } = read;
  return (
    <Page>
      <PageHeader
        above={
          <Link to="/kpi/$kpi/files" params={{ kpi }} search={{}}>
            {data ? t("of", { name: data.measure.name }) : t("title")}
          </Link>
        }
        title={data?.row.file ?? t("title")}
        lead={
          data
            ? `${t(`state.${data.row.state}`)} · ${t("by", {
                name: data.row.by.name ?? t("somebody"),
                when: format.moment(data.row.by.at),
              })}`
            : undefined
        }
        actions={data?.is_here ? <SaveFile page={data} /> : null}
      />
      {error && !data ? <ErrorState error={error} retry={() => void read.refetch()} /> : null}
      {error && data ? <Notice tone="bad">{error.message}</Notice> : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="16rem" />
        </div>
      ) : null}
      {data ? <Filled page={data} week={week} again={() => void read.refetch()} /> : null}
    </Page>
  );
}

/** Writes the file as it was brought to where the person wants it. */
function SaveFile({ page }: { page: FigureFilePage }): ReactNode {
  const { t } = useTranslation("figures");
  const save = useAct(commands.attachmentSave);
  const out = async (): Promise<void> => {
    const extension = page.row.file.split(".").at(-1) ?? "csv";
    const path = await pickSave(t("save"), page.row.file, [{ name: t("kind"), extensions: [extension] }]);
    if (path === null) return;
    if ((await save.run(page.file, path)) !== undefined) toast(t("saved"));
  };
  return (
    <Button isPending={save.pending} onPress={() => void out()}>
      {t("save")}
    </Button>
  );
}

interface FilledProps {
  page: FigureFilePage;
  week: string | undefined;
  again: () => void;
}

function Filled({ page, week, again }: FilledProps): ReactNode {
  const { t } = useTranslation("figures");
  const format = useFormat();
  const words = useKpiWords();
  const { row, measure, decided } = page;
  const rows = (of: string): ReactNode => (
    <Link
      to="/kpi/$kpi/files/$figures"
      params={{ kpi: measure.kpi, figures: row.figures }}
      search={{ week: of }}
      aria-label={t("showOf", { week: words.weekInYear(of) })}
    >
      {t("show")}
    </Link>
  );
  return (
    <div className={styles.figures}>
      <dl className={styles.facts}>
        <dt>{t("facts.size")}</dt>
        <dd>{t("facts.bytes", { count: page.file.bytes, bytes: format.count(page.file.bytes) })}</dd>
        <dt>{t("facts.hash")}</dt>
        <dd className={styles.cell}>{page.file.hash}</dd>
        <dt>{t("facts.same")}</dt>
        <dd>{format.count(row.same)}</dd>
        {page.reason === "" ? null : (
          <>
            <dt>{t("facts.reason")}</dt>
            <dd>{page.reason}</dd>
          </>
        )}
        {decided ? (
          <>
            <dt>{t(decided.is_published ? "facts.letIn" : "facts.turnedAway")}</dt>
            <dd>
              {t("by", {
                name: decided.by.name ?? t("somebody"),
                when: format.moment(decided.by.at),
              })}
              {": "}
              {decided.reason}
            </dd>
          </>
        ) : null}
      </dl>
      {row.state === "waiting" ? <Decide page={page} again={again} /> : null}
      {page.is_here ? null : <Notice>{t("notHere")}</Notice>}
      {week === undefined ? null : (
        <FileRows
          caption={t("source", { week: words.weekInYear(week), count: page.source.length })}
          columns={page.columns}
          rows={page.source}
        />
      )}
      <section aria-label={t("weeks")}>
        <h2>{t("weeks")}</h2>
        <Changes measure={measure} weeks={page.weeks} {...(page.is_here ? { link: rows } : {})} />
      </section>
      <RefusedRows rows={page.refused_rows} count={row.refused} />
    </div>
  );
}

/** Lets a file in that does not add up, or turns it away. */
function Decide({ page, again }: { page: FigureFilePage; again: () => void }): ReactNode {
  const { t } = useTranslation("figures");
  const language = useLanguage();
  const [reason, setReason] = useState("");
  const decide = useAct(commands.figureFileDecide, { inline: true });
  const refused = decide.error;
  const say = async (publish: boolean): Promise<void> => {
    const done = await decide.run(language, page.row.figures, publish, page.seen, reason);
    if (done === undefined) again();
    else toast(t(publish ? "decide.published" : "decide.turnedAway", { file: page.row.file }));
  };
  return (
    <section className={styles.decide} aria-label={t("decide.title")}>
      <h2>{t("decide.title")}</h2>
      <p>{t("decide.words")}</p>
      <TextField
        label={t("decide.reason")}
        value={reason}
        onChange={setReason}
        required
        error={refused?.field("reason")}
      />
      {refused?.field("profile") ? <Notice tone="bad">{refused.field("profile")}</Notice> : null}
      {refused && refused.fields.length === 0 ? <Notice tone="bad">{refused.message}</Notice> : null}
      <div className={styles.actions}>
        <Button isPending={decide.pending} onPress={() => void say(false)}>
          {t("decide.no")}
        </Button>
        <Button look="primary" isPending={decide.pending} onPress={() => void say(true)}>
          {t("decide.yes")}
        </Button>
      </div>
    </section>
  );
}
