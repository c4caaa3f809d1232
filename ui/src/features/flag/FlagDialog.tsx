import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type FlagOffer } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import {
  Button,
  ComboBox,
  DepartmentBadge,
  departmentOf,
  Dialog,
  ErrorState,
  Icon,
  LinkButton,
  Notice,
  Skeleton,
  TextField,
} from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { Seen } from "../conversation/Seen";
import { useWorkspace } from "../frame/start";
import { Fault } from "../workspace/FaultWords";
import styles from "./Flag.module.css";
import type { FlagTarget } from "./target";

const TITLES = { flag: "flag.title", dispute: "flag.disputeTitle", signal: "flag.signalTitle" } as const;

/** One plain question about something that was seen. */
export function FlagDialog({ target, close }: { target: FlagTarget; close: () => void }): ReactNode {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const language = useLanguage();
  const { anchor, cause = "flag" } = target;
  const offer = useRead(["flag", language, anchor], () => commands.flagOffer(language, anchor));
  const open = useAct(commands.threadOpen, { inline: true });
  const [question, setQuestion] = useState("");
  const [also, setAlso] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState(false);
  const { data, error } = offer;
  const missing = question.trim() === "";
  const go = (thread: string): void => {
    close();
    void navigate({ to: "/conversations/$thread", params: { thread } });
  };
  const send = async (): Promise<void> => {
    setAsked(true);
    if (missing || !data?.is_somebody || open.pending) return;
    const thread = await open.run({ cause, anchor, question: question.trim(), people: [...also] });
    if (thread !== undefined) go(thread);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <Dialog
      title={t(TITLES[cause])}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button
            look="primary"
            isPending={open.pending}
            isDisabled={!data?.is_somebody}
            onPress={() => void send()}
          >
            {t("flag.send")}
          </Button>
        </>
      }
    >
      <div className={styles.form} onKeyDown={onKeyDown}>
        {error && !data ? <ErrorState error={error} retry={() => void offer.refetch()} /> : null}
        {!data && !error ? <Skeleton height="6rem" /> : null}
        {data ? <p className={styles.about}>{data.about}</p> : null}
        {data && !data.is_somebody ? (
          <Notice
            tone="warn"
            actions={
              <LinkButton to="/workspace/people" onClick={close}>
                {t("flag.whoGo")}
              </LinkButton>
            }
          >
            {t("flag.who")}
          </Notice>
        ) : null}
        {data ? <Already offer={data} go={go} /> : null}
        {open.error ? <Fault error={open.error} /> : null}
        <TextField
          label={t("flag.question")}
          hint={t("flag.questionHint")}
          rows={2}
          required
          autoFocus
          value={question}
          onChange={setQuestion}
          error={asked && missing ? t("flag.questionNeeded") : undefined}
        />
        {data ? <Asked offer={data} /> : null}
        {data ? <Also offer={data} also={also} change={setAlso} /> : null}
        {data ? <Seen seen={data.seen} title={t("seen.offer")} /> : null}
      </div>
    </Dialog>
  );
}

/** Somebody may have asked already. */
function Already({ offer, go }: { offer: FlagOffer; go: (thread: string) => void }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  if (offer.open.length === 0) return null;
  return (
    <section className={styles.already}>
      <h3>{t("flag.open", { count: offer.open.length })}</h3>
      <ul>
        {offer.open.map((line) => (
          <li key={line.thread}>
            <span>
              {line.question}
              <span className={styles.quiet}>
                {" "}
                {t("line.messages", { count: line.messages })} · {format.ago(line.last_at)}
              </span>
            </span>
            <Button
              aria-label={t("flag.joinOf", { question: line.question })}
              onPress={() => go(line.thread)}
            >
              {t("flag.join")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The owners of the number and its parts, with why it is them. */
function Asked({ offer }: { offer: FlagOffer }): ReactNode {
  const { t } = useTranslation("conversation");
  const { departments } = useWorkspace();
  return (
    <section>
      <h3 className={styles.label}>{t("flag.asked")}</h3>
      {offer.people.length === 0 ? <p className={styles.quiet}>{t("flag.nobodyAsked")}</p> : null}
      <ul className={styles.asked}>
        {offer.people.map((person) => (
          <li key={person.id}>
            {person.name}
            {person.why ? <span className={styles.quiet}> {person.why}</span> : null}
          </li>
        ))}
      </ul>
      {offer.departments.length > 0 ? (
        <p className={styles.departments}>
          {offer.departments.map((id) => (
            <DepartmentBadge key={id} department={departmentOf(departments, id)} />
          ))}
        </p>
      ) : null}
    </section>
  );
}

/** People who are asked beside the owners. */
function Also({
  offer,
  also,
  change,
}: {
  offer: FlagOffer;
  also: readonly string[];
  change: (also: readonly string[]) => void;
}): ReactNode {
  const { t } = useTranslation("conversation");
  const { people } = useWorkspace();
  const [round, setRound] = useState(0);
  const asked = new Set([...offer.people.map((person) => person.id), ...also]);
  const choices = people
    .filter((person) => person.left === null && !asked.has(person.id))
    .map((person) => ({ value: person.id, label: person.name }));
  return (
    <div className={styles.also}>
      {also.length > 0 ? (
        <ul className={styles.chips}>
          {also.map((id) => {
            const name = people.find((person) => person.id === id)?.name ?? id;
            return (
              <li key={id} className={styles.chip}>
                {name}
                <Button
                  look="quiet"
                  icon
                  aria-label={t("flag.remove", { name })}
                  onPress={() => change(also.filter((other) => other !== id))}
                >
                  <Icon name="close" size={12} />
                </Button>
              </li>
            );
          })}
        </ul>
      ) : null}
      {choices.length > 0 ? (
        // What was chosen becomes a chip, and the field is empty for the next one.
        <ComboBox
          key={round}
          label={t("flag.also")}
          placeholder={t("flag.alsoNone")}
          choices={choices}
          value={null}
          onChange={(id) => {
            change([...also, id]);
            setRound(round + 1);
          }}
        />
      ) : null}
    </div>
  );
}
