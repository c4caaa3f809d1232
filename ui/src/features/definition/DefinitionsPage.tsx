import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type DefinitionList, type DefinitionRow } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, ErrorState, LinkButton, Notice, Page, PageHeader, Skeleton, toast } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import styles from "./Definition.module.css";
import { Kept, Retirement } from "./Retirement";

/** Changes of a version that its row names; the rest stands in the history. */
const NAMED = 2;

/** All joint KPIs, those on the board and those beside it, each with the version that is in force. */
export function DefinitionsPage(): ReactNode {
  const { t } = useTranslation("definition");
  const language = useLanguage();
  const list = useRead(["definition", "list", language], () => commands.definitionList(language), {
    keep: true,
  });
  const { data, error } = list;
  return (
    <Page>
      <PageHeader
        above={<Link to="/">{t("toBoard")}</Link>}
        title={t("title")}
        lead={data ? t("lead", { count: data.active, most: data.most }) : undefined}
      />
      {error && data ? <Notice tone="bad">{error.message}</Notice> : null}
      {error && !data ? <ErrorState error={error} retry={() => void list.refetch()} /> : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="14rem" />
        </div>
      ) : null}
      {data ? <Groups list={data} /> : null}
    </Page>
  );
}

function Groups({ list }: { list: DefinitionList }): ReactNode {
  const { t } = useTranslation("definition");
  const on = list.rows.filter((row) => row.active);
  const off = list.rows.filter((row) => !row.active);
  return (
    <>
      <section className={styles.group}>
        <h2>{t("on")}</h2>
        {on.length === 0 ? <p className={styles.quiet}>{t("onNone")}</p> : null}
        <Rows rows={on} />
      </section>
      {off.length > 0 ? (
        <section className={styles.group}>
          <h2>{t("off")}</h2>
          <p className={styles.quiet}>{t("offWords")}</p>
          <Rows rows={off} />
        </section>
      ) : null}
    </>
  );
}

function Rows({ rows }: { rows: readonly DefinitionRow[] }): ReactNode {
  return (
    <div className={styles.rows}>
      {rows.map((row) => (
        <Row key={row.kpi} row={row} />
      ))}
    </div>
  );
}

function Row({ row }: { row: DefinitionRow }): ReactNode {
  const { t } = useTranslation(["definition", "kpi"]);
  const language = useLanguage();
  const format = useFormat();
  const words = useKpiWords();
  const show = useAct(commands.definitionShow);
  const name = words.name(row.kpi, row.name);
  const put = async (active: boolean): Promise<void> => {
    if ((await show.run(language, row.kpi, active)) === undefined) return;
    toast(t(active ? "definition:broughtBack" : "definition:takenOff", { name }), {
      undo: () => void show.run(language, row.kpi, !active),
    });
  };
  return (
    <article className={styles.row}>
      <div>
        <h3>
          <Link to="/kpi/$kpi" params={{ kpi: row.kpi }}>
            {name}
          </Link>
        </h3>
        <p>{words.question(row.kpi, row.question)}</p>
        <p className={styles.quiet}>
          {[
            row.latest
              ? `${words.value(row.latest.value, row.unit)}, ${words.weekInYear(row.latest.week)}`
              : t("definition:noValue"),
            row.target === null
              ? t("definition:noTarget")
              : t("definition:target", { value: words.value(row.target, row.unit) }),
            row.decides === null
              ? t("definition:nobodyDecides")
              : t("definition:decides", { name: row.decides }),
          ].join(" · ")}
        </p>
        <p className={styles.quiet}>
          <Link to="/kpi/$kpi" params={{ kpi: row.kpi }} search={{ tab: "definition" }}>
            {t("definition:version", { version: row.version })}
          </Link>{" "}
          {t("definition:since", {
            day: format.moment(row.since),
            name: row.by ?? t("kpi:definition.plaza"),
          })}
          {row.changes.length > 0 ? ` · ${row.changes.slice(0, NAMED).join(" · ")}` : ""}
          {row.changes.length > NAMED
            ? ` · ${t("definition:more", { count: row.changes.length - NAMED })}`
            : ""}
        </p>
        {row.kept && !row.retirement ? <Kept kept={row.kept} /> : null}
        {row.retirement ? (
          <Retirement
            kpi={row.kpi}
            name={name}
            retirement={row.retirement}
            takeOff={() => void put(false)}
            pending={show.pending}
          />
        ) : null}
      </div>
      <div className={styles.actions}>
        <LinkButton
          to="/definitions/$kpi"
          params={{ kpi: row.kpi }}
          aria-label={t("definition:changeOf", { name })}
        >
          {t("definition:change")}
        </LinkButton>
        {row.retirement ? null : (
          <Button
            isPending={show.pending}
            aria-label={t(row.active ? "definition:takeOffOf" : "definition:bringBackOf", { name })}
            onPress={() => void put(!row.active)}
          >
            {t(row.active ? "definition:takeOff" : "definition:bringBack")}
          </Button>
        )}
      </div>
    </article>
  );
}
