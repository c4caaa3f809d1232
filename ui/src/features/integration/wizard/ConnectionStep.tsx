import { type ReactNode, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type SecretView } from "../../../api/bindings";
import { useAct, useRead } from "../../../api/query";
import { Button } from "../../../components/Button";
import { TextField } from "../../../components/Field";
import { Icon } from "../../../components/Icon";
import { Notice } from "../../../components/State";
import { toast } from "../../../components/toast";
import { known } from "../../../i18n/known";
import { en } from "../../../i18n/resources";
import { JobProgress } from "../../job/JobProgress";
import { Fault } from "../../workspace/FaultWords";
import { type Draft, wholeOf } from "./draft";
import { type Asked, connectionOf } from "./offer";
import { Settings } from "./Settings";
import { setConnection, UNTESTED } from "./system";
import styles from "./System.module.css";
import type { Edit } from "./Wizard";

/** How the system is reached, its secrets, and whether it answers. */
export function ConnectionStep(props: {
  draft: Draft;
  edit: Edit;
  asked: Asked;
  other: () => void;
}): ReactNode {
  const { t } = useTranslation("offer");
  const { t: common } = useTranslation("integration");
  const { draft, edit, asked } = props;
  const { connection } = draft.integration;
  const secrets = useSecrets(draft);
  if (connection == null) return null;
  const kind = common(`connection.kind.${connection.kind}`);
  const test = async (): Promise<void> => {
    if (await secrets.keep()) await asked.ask(draft, { kind: "check" });
  };
  // What another connection answered says nothing about this one.
  const own = asked.of?.question.kind === "check" && asked.of.connection === connectionOf(draft);
  return (
    <section className={styles.step}>
      <h2>{t("connection.title", { kind })}</h2>
      <p className={styles.lead}>{t("connection.lead")}</p>
      {UNTESTED.some((one) => one === connection.kind) ? (
        <Notice tone="warn">{common("connection.untested")}</Notice>
      ) : null}
      <Settings connection={connection} change={(next) => edit((before) => setConnection(before, next))} />
      <Secrets secrets={secrets} />
      <div className={styles.actions}>
        <Button isDisabled={asked.running} onPress={() => void test()}>
          {t("connection.test")}
        </Button>
        {draft.existing ? null : (
          <Button look="quiet" onPress={props.other}>
            {t("connection.other")}
          </Button>
        )}
      </div>
      <div aria-live="polite">
        {own && asked.job ? <JobProgress job={asked.job} retry={() => void test()} /> : null}
        {own && asked.error ? <Fault error={asked.error} retry={() => void test()} /> : null}
        {own && asked.answer?.kind === "check" ? (
          <Answers product={asked.answer.product} notes={asked.answer.notes} />
        ) : null}
      </div>
    </section>
  );
}

function Answers({ product, notes }: { product: string; notes: readonly string[] }): ReactNode {
  const { t } = useTranslation("integration");
  return (
    <>
      <p className={styles.answers}>
        <Icon name="check" />
        {t("connection.answers", { product })}
      </p>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

interface SecretFields {
  all: readonly SecretView[];
  typed: Readonly<Record<string, string>>;
  type: (slot: string, text: string) => void;
  /** Puts what was typed into the keyring. False: it could not be kept. */
  keep: () => Promise<boolean>;
  error: ReturnType<typeof useAct>["error"];
}

/** What was typed is in this page's memory until the field is left; then it is in the keyring and nowhere else. */
function useSecrets(draft: Draft): SecretFields {
  const { t } = useTranslation("integration");
  const [typed, setTyped] = useState<Record<string, string>>({});
  const latest = useRef({ typed, draft });
  latest.current = { typed, draft };
  const connection = connectionOf(draft);
  const needed = useRead(
    ["offer", "secrets", draft.existing ? draft.integration.id : null, connection],
    () => commands.offerSecrets(wholeOf(draft), draft.existing),
    { keep: true },
  );
  const { run, error } = useAct(commands.offerSecretKeep, { inline: true });
  const { refetch } = needed;
  const turn = useRef<Promise<boolean>>(Promise.resolve(true));
  const keep = useCallback((): Promise<boolean> => {
    const one = async ([slot, text]: [string, string]): Promise<boolean> => {
      const now = latest.current.draft;
      const inFile = await run(wholeOf(now), now.existing, slot, text);
      if (inFile === undefined) return false;
      if (inFile) toast(t("connection.inFile"));
      setTyped((before) => (before[slot] === text ? { ...before, [slot]: "" } : before));
      latest.current.typed = { ...latest.current.typed, [slot]: "" };
      return true;
    };
    const next = async (): Promise<boolean> => {
      const fresh = Object.entries(latest.current.typed).filter(([, text]) => text !== "");
      if (fresh.length === 0) return true;
      const kept = await Promise.all(fresh.map(one));
      await refetch();
      return kept.every(Boolean);
    };
    turn.current = turn.current.then(next, next);
    return turn.current;
  }, [refetch, run, t]);
  return {
    all: needed.data ?? [],
    typed,
    type: (slot, text) => setTyped((before) => ({ ...before, [slot]: text })),
    keep,
    error,
  };
}

function Secrets({ secrets }: { secrets: SecretFields }): ReactNode {
  const { t } = useTranslation("offer");
  const { t: common } = useTranslation("integration");
  if (secrets.all.length === 0) return null;
  return (
    <div className={styles.form}>
      {secrets.all.map(({ slot, kept }) => {
        const word = known(en.integration.connection.secret, slot);
        return (
          <div key={slot} onBlur={() => void secrets.keep()}>
            <TextField
              type="password"
              label={word === null ? slot : common(`connection.secret.${word}`)}
              hint={kept ? t("connection.secretKept") : t("connection.secretHint")}
              value={secrets.typed[slot] ?? ""}
              onChange={(text) => secrets.type(slot, text)}
            />
          </div>
        );
      })}
      {secrets.error ? <Fault error={secrets.error} /> : null}
    </div>
  );
}
