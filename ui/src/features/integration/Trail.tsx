import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import {
  commands,
  type IntegrationCard,
  type TrailEntry,
  type TrailForm,
  type TrailQuery,
} from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { classes } from "../../components/classes";
import { DayField } from "../../components/DayField";
import { Checkbox, TextField } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { ErrorState, Skeleton } from "../../components/State";
import table from "../../components/table.module.css";
import { toast } from "../../components/toast";
import { useFormat, useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { pickSave } from "../../platform/dialog";
import shared from "./Integration.module.css";
import styles from "./Trail.module.css";
import { useRested } from "./wizard/state";

/** As the core gives them at once. */
const SLICE = 200;

/** Letters of a hash that are shown; all of them stand in the tip and in exports. */
const HASH_SHOWN = 12;

const NOTHING: TrailQuery = { search: "", since: null, until: null, faults: false };

/** Everything that was asked, came and was decided, the newest first: to be searched, and taken elsewhere. */
export function Trail({ card }: { card: IntegrationCard }): ReactNode {
  const { t } = useTranslation("trail");
  const language = useLanguage();
  const [query, setQuery] = useState(NOTHING);
  const [skip, setSkip] = useState(0);
  const asked = useRested(query);
  const page = useRead(
    ["trail", card.id, language, asked, skip],
    () => commands.trailFind(language, card.id, asked, skip),
    { keep: true },
  );
  const look = (part: Partial<TrailQuery>): void => {
    setQuery((before) => ({ ...before, ...part }));
    setSkip(0);
  };
  return (
    <section className={styles.whole}>
      <p className={styles.lead}>{t("lead", { system: card.system })}</p>
      <div className={shared.filter} role="search">
        <TextField
          type="search"
          label={t("search")}
          value={query.search}
          onChange={(search) => look({ search })}
        />
        <DayField label={t("since")} value={query.since} onChange={(since) => look({ since })} />
        <DayField label={t("until")} value={query.until} onChange={(until) => look({ until })} />
        <Checkbox selected={query.faults} onChange={(faults) => look({ faults })}>
          {t("faults")}
        </Checkbox>
      </div>
      {page.error ? <ErrorState error={page.error} retry={() => void page.refetch()} /> : null}
      {!page.data && !page.error ? <Skeleton height="14rem" /> : null}
      {page.data ? (
        <>
          <div className={styles.bar}>
            <span role="status">{t("found", { count: page.data.total })}</span>
            <Export id={card.id} query={asked} isEmpty={page.data.total === 0} />
          </div>
          {page.data.total === 0 ? (
            <p>{JSON.stringify(asked) === JSON.stringify(NOTHING) ? t("empty") : t("none")}</p>
          ) : (
            <Entries entries={page.data.entries} from={page.data.skip} />
          )}
          <Paging total={page.data.total} skip={skip} go={setSkip} />
        </>
      ) : null}
    </section>
  );
}

function Paging(props: { total: number; skip: number; go: (skip: number) => void }): ReactNode {
  const { t } = useTranslation("trail");
  const format = useFormat();
  const { total, skip, go } = props;
  if (total <= SLICE) return null;
  return (
    <p className={styles.bar}>
      <Button isDisabled={skip === 0} onPress={() => go(Math.max(0, skip - SLICE))}>
        {t("newer")}
      </Button>
      <Button isDisabled={skip + SLICE >= total} onPress={() => go(skip + SLICE)}>
        {t("older")}
      </Button>
      <span className={styles.kind}>
        {t("part", {
          from: format.count(skip + 1),
          to: format.count(Math.min(skip + SLICE, total)),
          total: format.count(total),
        })}
      </span>
    </p>
  );
}

function Export(props: { id: string; query: TrailQuery; isEmpty: boolean }): ReactNode {
  const { t } = useTranslation("trail");
  const language = useLanguage();
  const write = useAct(commands.trailExport);
  const take = async (form: TrailForm): Promise<void> => {
    const ending = form === "csv" ? "csv" : "jsonl";
    const kinds = [{ name: t(`form.${form}`), extensions: [ending] }];
    const file = await pickSave(t("exportTitle"), `${props.id}-trail.${ending}`, kinds);
    if (file === null) return;
    const count = await write.run(language, props.id, props.query, form, file);
    if (count !== undefined) toast(t("exported", { count }));
  };
  return (
    <span className={styles.bar}>
      <Button isDisabled={props.isEmpty} isPending={write.pending} onPress={() => void take("csv")}>
        {t("csv")}
      </Button>
      <Button isDisabled={props.isEmpty} isPending={write.pending} onPress={() => void take("json_lines")}>
        {t("json")}
      </Button>
    </span>
  );
}

function Entries({ entries, from }: { entries: readonly TrailEntry[]; from: number }): ReactNode {
  const { t } = useTranslation("trail");
  return (
    // oxlint-disable-next-line no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div className={table.scroll} tabIndex={0} role="group" aria-label={t("title")}>
      <table className={classes(table.table, table.tight)}>
        <thead>
          <tr>
            <th scope="col">{t("at")}</th>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t("outcome")}</th>
            <th scope="col" className={table.end}>
              {t("rows")}
            </th>
            <th scope="col" className={table.end}>
              {t("bytes")}
            </th>
            <th scope="col">{t("hash")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, place) => (
            // oxlint-disable-next-line no-array-index-key -- a list that only grows at its beginning
            <Entry key={from + place} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Entry({ entry }: { entry: TrailEntry }): ReactNode {
  const { t } = useTranslation("trail");
  const format = useFormat();
  const outcome = known(en.trail.word, entry.outcome);
  return (
    <tr>
      <td>{format.moment(entry.at)}</td>
      <td className={styles.what}>
        <span className={styles.kind}>
          {[t(`kind.${entry.kind}`), entry.stream].filter(Boolean).join(" · ")}
        </span>
        <span className={entry.kind === "asked" ? styles.asked : undefined}>{entry.what}</span>
      </td>
      <td className={styles.words}>
        <span className={styles.outcome} data-fault={entry.is_fault || undefined}>
          {entry.is_fault ? <Icon name="warn" /> : null}
          {outcome ? t(`word.${outcome}`) : entry.outcome}
          {entry.status === null ? null : ` (${entry.status})`}
        </span>
        {entry.words ? <p>{entry.words}</p> : null}
        {entry.who ? <p className={styles.kind}>{t("who", { name: entry.who })}</p> : null}
      </td>
      <td className={table.end}>{entry.rows === null ? "" : format.count(entry.rows)}</td>
      <td className={table.end}>{entry.bytes === null ? "" : format.bytes(entry.bytes)}</td>
      <td>{entry.hash ? <code title={entry.hash}>{entry.hash.slice(0, HASH_SHOWN)}</code> : null}</td>
    </tr>
  );
}
