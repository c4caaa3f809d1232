import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type ConnectionView, type SecretView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { DayField } from "../../components/DayField";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { toast } from "../../components/toast";
import { useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { JobProgress } from "../job/JobProgress";
import { noteNew, pullOf, useJobs } from "../job/jobs";
import { Fault } from "../workspace/FaultWords";
import styles from "./Integration.module.css";

/** The system that an integration asks: where it is, whether it answers, and the secrets that it needs. */
export function Connection({ id, connection }: { id: string; connection: ConnectionView }): ReactNode {
  const { t } = useTranslation("integration");
  const check = useAct(commands.connectionCheck, { inline: true });
  const [answer, setAnswer] = useState<{ product: string; notes: string[] } | null>(null);
  const [secret, setSecret] = useState<SecretView | null>(null);
  const ask = async (): Promise<void> => {
    setAnswer(null);
    setAnswer((await check.run(id)) ?? null);
  };
  const kind = known(en.integration.connection.kind, connection.kind) ?? "other";
  return (
    <section className={styles.connection}>
      <dl className={styles.pairs}>
        <dt>{t("connection.system")}</dt>
        <dd>{t(`connection.kind.${kind}`)}</dd>
        <dt>{t("connection.at")}</dt>
        <dd className={styles.column}>{connection.at}</dd>
        {connection.user === null ? null : (
          <>
            <dt>{t("connection.user")}</dt>
            <dd>{connection.user}</dd>
          </>
        )}
        {connection.secrets.map((one) => (
          <SecretLine key={one.slot} secret={one} enter={() => setSecret(one)} />
        ))}
      </dl>
      {connection.tested ? null : <p className={styles.how}>{t("connection.untested")}</p>}
      <div className={styles.actions}>
        <Button isPending={check.pending} onPress={() => void ask()}>
          {t("connection.check")}
        </Button>
      </div>
      <div aria-live="polite">
        {check.error ? <Fault error={check.error} /> : null}
        {answer ? (
          <>
            <p className={styles.health} data-health="fine">
              <Icon name="check" />
              {t("connection.answers", { product: answer.product })}
            </p>
            <ul>
              {answer.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
      <Again id={id} ranged={connection.ranged} />
      {secret ? <SecretDialog id={id} secret={secret} close={() => setSecret(null)} /> : null}
    </section>
  );
}

/** What changed within some days, asked for once more: rows that were mended without a new change time. */
function Again({ id, ranged }: { id: string; ranged: boolean }): ReactNode {
  const { t } = useTranslation("integration");
  const language = useLanguage();
  const client = useQueryClient();
  const begin = useAct(commands.integrationReadAgain, { inline: true });
  const pulling = pullOf(useJobs(), id);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const act = async (): Promise<void> => {
    if (from === null || to === null) return;
    const job = await begin.run(language, id, from, to);
    if (!job) return;
    noteNew(client, job);
    toast(t("connection.again.begun"));
  };
  return (
    <section className={styles.section} aria-labelledby="read-again">
      <h3 id="read-again">{t("connection.again.title")}</h3>
      <p className={styles.how}>{ranged ? t("connection.again.lead") : t("connection.again.never")}</p>
      {ranged ? (
        <div className={styles.filter}>
          <DayField label={t("connection.again.from")} value={from} onChange={setFrom} />
          <DayField label={t("connection.again.to")} value={to} onChange={setTo} />
          <Button
            isPending={begin.pending}
            isDisabled={from === null || to === null || pulling !== undefined}
            onPress={() => void act()}
          >
            {t("connection.again.action")}
          </Button>
        </div>
      ) : null}
      {pulling ? <JobProgress job={pulling} /> : null}
      {begin.error ? <Fault error={begin.error} /> : null}
    </section>
  );
}

function useSecretName(): (slot: string) => string {
  const { t } = useTranslation("integration");
  return (slot) => {
    const word = known(en.integration.connection.secret, slot);
    return word === null ? slot : t(`connection.secret.${word}`);
  };
}

function SecretLine({ secret, enter }: { secret: SecretView; enter: () => void }): ReactNode {
  const { t } = useTranslation("integration");
  const name = useSecretName()(secret.slot);
  return (
    <>
      <dt>{name}</dt>
      <dd className={styles.secret}>
        <span>{secret.kept ? t("connection.kept") : t("connection.missing")}</span>
        <Button
          look={secret.kept ? "quiet" : "primary"}
          aria-label={t("connection.enterOf", { name })}
          onPress={enter}
        >
          {secret.kept ? t("connection.replace") : t("connection.enter")}
        </Button>
      </dd>
    </>
  );
}

function SecretDialog(props: { id: string; secret: SecretView; close: () => void }): ReactNode {
  const { t } = useTranslation("integration");
  const keep = useAct(commands.secretKeep, { inline: true });
  const [text, setText] = useState("");
  const name = useSecretName()(props.secret.slot);
  const act = async (next: string | null): Promise<void> => {
    const inFile = await keep.run(props.id, props.secret.slot, next);
    if (inFile === undefined) return;
    if (inFile) toast(t("connection.inFile"));
    props.close();
  };
  return (
    <Dialog
      title={t("connection.enterOf", { name })}
      open
      onClose={props.close}
      foot={
        <>
          {props.secret.kept ? (
            <Button look="quiet" onPress={() => void act(null)}>
              {t("connection.forget")}
            </Button>
          ) : null}
          <Button onPress={props.close}>{t("connection.cancel")}</Button>
          <Button
            look="primary"
            isPending={keep.pending}
            isDisabled={text === ""}
            onPress={() => void act(text)}
          >
            {t("connection.keep")}
          </Button>
        </>
      }
    >
      <p>{t("connection.where")}</p>
      {keep.error ? <Fault error={keep.error} /> : null}
      <TextField autoFocus type="password" label={name} value={text} onChange={setText} />
    </Dialog>
  );
}
