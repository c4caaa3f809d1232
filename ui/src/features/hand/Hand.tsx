import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type HandLine, type HandPage } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, classes, EmptyState, ErrorState, Skeleton, toast } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { ReasonDialog } from "../workspace/ReasonDialog";
import { useFieldName } from "../order/fields";
import styles from "./Hand.module.css";
import { RowDialog } from "./RowDialog";
import { Sheet } from "./Sheet";

/** Rows that are shown before somebody asks for all. */
const ROWS = 25;

/** Entering by hand while the system is silent, and how it stands against the system afterwards. */
export function Hand({ integration, name }: { integration: string; name: string }): ReactNode {
  const { t } = useTranslation("hand");
  const page = useRead(["hand", integration], () => commands.handRead(integration), { keep: true });
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
          <Link to="/integrations/$id" params={{ id: home }} search={{ tab: "hand" }}>
            {t("adds.go")}
          </Link>
        }
      >
        {t("adds.words")}
      </EmptyState>
    );
  }
  return <Shown id={integration} name={name} page={page.data} />;
}

function Shown({ id, name, page }: { id: string; name: string; page: HandPage }): ReactNode {
  const { t } = useTranslation("hand");
  const [entering, setEntering] = useState(false);
  return (
    <div className={styles.hand}>
      <section>
        <h2>{t("title")}</h2>
        <p className={styles.words}>
          {page.fallback === "" ? t("noFallback") : t("fallback", { fallback: page.fallback })}
        </p>
        <p className={styles.words}>{t("words")}</p>
        <div className={styles.actions}>
          <Button look="primary" onPress={() => setEntering(true)}>
            {t("enter")}
          </Button>
          <Sheet id={id} name={name} />
        </div>
      </section>
      <Lines id={id} page={page} />
      <Entries page={page} />
      {entering ? <RowDialog id={id} fields={page.fields} close={() => setEntering(false)} /> : null}
    </div>
  );
}

function Lines({ id, page }: { id: string; page: HandPage }): ReactNode {
  const { t } = useTranslation("hand");
  const [all, setAll] = useState(false);
  const [deciding, setDeciding] = useState<HandLine | null>(null);
  const keep = useAct(commands.handKeep);
  if (page.lines.length === 0) return null;
  const rows = all ? page.lines : page.lines.slice(0, ROWS);
  return (
    <section>
      <h2>{t("stands.title")}</h2>
      <p className={styles.words}>
        {[
          ...(page.differs > 0 ? [t("stands.differsCount", { count: page.differs })] : []),
          ...(page.silent > 0 ? [t("stands.silentCount", { count: page.silent })] : []),
          ...(page.agrees > 0 ? [t("stands.agreesCount", { count: page.agrees })] : []),
        ].join(" ")}
      </p>
      <div className={table.scroll}>
        <table className={classes(table.table, table.tight)}>
          <thead>
            <tr>
              <th scope="col">{t("stands.order")}</th>
              <th scope="col">{t("stands.field")}</th>
              <th scope="col">{t("stands.entered")}</th>
              <th scope="col">{t("stands.says")}</th>
              <th scope="col">{t("stands.how")}</th>
              {page.may_decide ? <td /> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((line) => (
              <Line
                key={`${line.order} ${line.line} ${line.field}`}
                line={line}
                may={page.may_decide}
                decide={() => setDeciding(line)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {page.lines.length > rows.length ? (
        <Button look="quiet" onPress={() => setAll(true)}>
          {t("stands.all", { count: page.lines.length })}
        </Button>
      ) : null}
      {deciding === null ? null : (
        <ReasonDialog
          title={t(deciding.is_kept ? "keep.dropTitle" : "keep.title")}
          words={t(deciding.is_kept ? "keep.dropWords" : "keep.words", {
            entered: deciding.entered,
            says: deciding.says ?? "",
          })}
          confirm={t(deciding.is_kept ? "keep.drop" : "keep.keep")}
          open
          pending={keep.pending}
          onClose={() => setDeciding(null)}
          onConfirm={async (reason) => {
            const { order, line, field, is_kept } = deciding;
            const done = (await keep.run(id, order, line, field, !is_kept, reason)) !== undefined;
            if (done) toast(t(is_kept ? "keep.dropped" : "keep.kept"));
            return done;
          }}
        />
      )}
    </section>
  );
}

function Line({ line, may, decide }: { line: HandLine; may: boolean; decide: () => void }): ReactNode {
  const { t } = useTranslation("hand");
  const fieldName = useFieldName();
  const word = line.is_kept ? "kept" : (known(en.hand.stands.word, line.stands) ?? "silent");
  return (
    <tr>
      <th scope="row">
        <Link
          to="/order/$order/$line"
          params={{ order: line.order, line: line.line }}
          search={{ system: line.system }}
        >
          {line.order}/{line.line}
        </Link>
      </th>
      <td>{fieldName(line.field)}</td>
      <td>{line.entered}</td>
      <td>{line.says ?? <span className={table.none}>–</span>}</td>
      <td>{t(`stands.word.${word}`)}</td>
      {may ? (
        <td className={table.act}>
          {line.stands === "differs" ? (
            <Button look="quiet" onPress={decide}>
              {t(line.is_kept ? "keep.drop" : "keep.keep")}
            </Button>
          ) : null}
        </td>
      ) : null}
    </tr>
  );
}

function Entries({ page }: { page: HandPage }): ReactNode {
  const { t } = useTranslation("hand");
  const format = useFormat();
  return (
    <section>
      <h2>{t("entries.title")}</h2>
      {page.entries.length === 0 ? <p className={styles.words}>{t("entries.none")}</p> : null}
      <ol className={styles.entries}>
        {page.entries.map((entry) => (
          <li key={entry.at}>
            <span className={styles.quiet}>{format.moment(entry.at)}</span>
            <span>
              {t(entry.way === "sheet" ? "entries.sheet" : "entries.form", {
                count: entry.rows,
                person: entry.person ?? t("entries.nobody"),
              })}
              {entry.note === "" ? null : <span className={styles.note}>{entry.note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
