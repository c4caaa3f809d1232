import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type DepartmentView, type OfferedStream } from "../../../api/bindings";
import { call } from "../../../api/query";
import { Button } from "../../../components/Button";
import { TextField } from "../../../components/Field";
import { Notice } from "../../../components/State";
import { useFormat } from "../../../i18n/format";
import { JobProgress } from "../../job/JobProgress";
import { Fault } from "../../workspace/FaultWords";
import type { Draft } from "./draft";
import { type Asked, connectionOf, useAsked, type useExcerpts } from "./offer";
import { StreamRead } from "./StreamRead";
import { addStream, addStreams, askedOf, PRESET, QUERIED, withRoute } from "./system";
import styles from "./System.module.css";
import type { Edit } from "./Wizard";

interface ReadStepProps {
  draft: Draft;
  edit: Edit;
  /** What the system offers; asked once and kept while the wizard is open. */
  offered: Asked;
  excerpts: ReturnType<typeof useExcerpts>;
  departments: readonly DepartmentView[];
}

/** What is read of the system: the preset, tables chosen among what it offers, or queries; the first rows of each. */
export function ReadStep({ draft, edit, offered, excerpts, departments }: ReadStepProps): ReactNode {
  const { t } = useTranslation("offer");
  const reading = useFirstRows(draft, excerpts);
  const connection = connectionOf(draft);
  const isAsked = offered.of?.connection === connection;
  const { ask } = offered;
  // Once for each connection: whoever has asked is asked no second time.
  useEffect(() => {
    if (!isAsked) void ask(draft, { kind: "discover" });
  }, [ask, draft, isAsked]);
  const streams = isAsked && offered.answer?.kind === "discover" ? offered.answer.streams : undefined;
  const kind = draft.integration.connection?.kind;
  const retry = (): void => void ask(draft, { kind: "discover" });
  return (
    <section className={styles.step}>
      <h2>{t("read.title")}</h2>
      <p className={styles.lead}>{t("read.lead")}</p>
      {PRESET.some((one) => one === kind) ? (
        <Preset draft={draft} edit={edit} departments={departments} />
      ) : null}
      {draft.integration.stream.map((stream, index) => (
        <StreamRead
          // oxlint-disable-next-line no-array-index-key -- the name is being typed; the place is the identity
          key={index}
          stream={stream}
          index={index}
          edit={edit}
          offered={streams?.find((one) => one.name === stream.from?.name)}
          excerpt={excerpts.data?.find((one) => one.stream === stream.name)}
          reading={reading}
        />
      ))}
      {isAsked && offered.job ? <JobProgress job={offered.job} retry={retry} /> : null}
      {isAsked && offered.error ? <Fault error={offered.error} retry={retry} /> : null}
      {streams ? <Offered streams={streams} draft={draft} edit={edit} /> : null}
      {QUERIED.some((one) => one === kind) ? (
        <div className={styles.actions}>
          <Button onPress={() => edit((before) => addStream(before, { query: "" }))}>
            {t("read.query")}
          </Button>
          <span className={styles.quiet}>{t("read.queryHint")}</span>
        </div>
      ) : null}
    </section>
  );
}

/** The first rows of the streams, one system's question after the other. */
export interface FirstRows {
  asked: Asked;
  /** The stream that is being read, or was read last. */
  stream: string | null;
  read: (stream: string) => void;
}

function useFirstRows(draft: Draft, excerpts: ReadStepProps["excerpts"]): FirstRows {
  const asked = useAsked();
  const [tried, setTried] = useState<readonly string[]>([]);
  const { ask, running, answer } = asked;
  const { data, again } = excerpts;
  const stream = asked.of?.question.kind === "excerpt" ? asked.of.question.stream : null;
  useEffect(() => {
    if (answer?.kind === "excerpt") again();
  }, [answer, again]);
  // A table that was chosen is read at once; a query when its writer says so, and a fault is not repeated by itself.
  const next = draft.integration.stream.find(
    (one) =>
      one.from?.name != null &&
      data !== undefined &&
      !data.some((own) => own.stream === one.name) &&
      !tried.includes(`${one.name} ${askedOf(one)}`),
  );
  useEffect(() => {
    if (running || next === undefined) return;
    setTried((before) => [...before, `${next.name} ${askedOf(next)}`]);
    void ask(draft, { kind: "excerpt", stream: next.name });
  }, [ask, draft, next, running]);
  return { asked, stream, read: (name) => void ask(draft, { kind: "excerpt", stream: name }) };
}

function Preset(props: { draft: Draft; edit: Edit; departments: readonly DepartmentView[] }): ReactNode {
  const { t } = useTranslation("offer");
  const { t: common } = useTranslation("integration");
  const { connection, stream } = props.draft.integration;
  if (connection == null) return null;
  const kind = common(`connection.kind.${connection.kind}`);
  const take = async (): Promise<void> => {
    const { data } = await call(commands.offerPreset(connection));
    const departments = props.departments.map((one) => one.id);
    props.edit((before) => {
      const known = before.integration.stream.map(askedOf);
      const next = addStreams(
        before,
        data.filter((one) => !known.includes(askedOf(one))),
      );
      const system = next.integration.system || kind;
      return withRoute({ ...next, integration: { ...next.integration, system } }, departments);
    });
  };
  return (
    <Notice
      actions={
        <Button look={stream.length === 0 ? "primary" : "plain"} onPress={() => void take()}>
          {t("read.preset")}
        </Button>
      }
    >
      {t("read.presetText", { kind })}
    </Notice>
  );
}

/** Rows of the list that are shown at once; the search finds the others. */
const SHOWN = 40;

function Offered(props: { streams: readonly OfferedStream[]; draft: Draft; edit: Edit }): ReactNode {
  const { t } = useTranslation("offer");
  const format = useFormat();
  const [search, setSearch] = useState("");
  const { streams, draft, edit } = props;
  const words = search.trim().toLowerCase();
  const found = streams.filter(
    (one) =>
      words === "" ||
      one.name.toLowerCase().includes(words) ||
      one.label?.toLowerCase().includes(words) ||
      one.fields.some((field) => field.name.toLowerCase().includes(words)),
  );
  const used = draft.integration.stream.map((stream) => stream.from?.name);
  if (streams.length === 0) return <p>{t("read.none")}</p>;
  return (
    <section aria-label={t("read.offered", { count: streams.length })}>
      <h3>{t("read.offered", { count: streams.length })}</h3>
      <TextField
        type="search"
        label={t("read.search")}
        hint={t("read.searchHint")}
        value={search}
        onChange={setSearch}
      />
      <p className={styles.quiet} role="status">
        {words === "" ? "" : t("read.found", { count: found.length })}
      </p>
      <ul className={styles.offered}>
        {found.slice(0, SHOWN).map((one) => (
          <li key={one.name}>
            <div>
              <strong className={styles.name}>{one.name}</strong>{" "}
              <span className={styles.quiet}>
                {[one.label, one.rows === null ? null : t("read.rowsAbout", { rows: format.count(one.rows) })]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              {one.fields.length > 0 ? (
                <details className={styles.more}>
                  <summary>{t("read.fields", { count: one.fields.length })}</summary>
                  <p className={styles.quiet}>{one.fields.map((field) => field.name).join(" · ")}</p>
                </details>
              ) : null}
            </div>
            <Button
              isDisabled={used.includes(one.name)}
              aria-label={t(used.includes(one.name) ? "read.usedOf" : "read.useOf", { name: one.name })}
              onPress={() => edit((before) => addStream(before, { name: one.name }))}
            >
              {used.includes(one.name) ? t("read.used") : t("read.use")}
            </Button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN ? (
        <p className={styles.quiet}>{t("read.more", { count: found.length - SHOWN })}</p>
      ) : null}
    </section>
  );
}
