import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type WinView } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import {
  AddressLink,
  Button,
  Dialog,
  ErrorState,
  LinkButton,
  Page,
  PageHeader,
  Skeleton,
  TextField,
  toast,
} from "../../components";
import { MenuButton } from "../../components/MenuButton";
import { useFormat, useLanguage } from "../../i18n/format";
import { Fault } from "../workspace/FaultWords";
import { Contributors } from "./Contributors";
import { RecordDialog } from "./RecordDialog";
import { useShare } from "./useShare";
import styles from "./Win.module.css";

/** One win: its story, everybody who had a part in it, thanks. */
export function WinPage(): ReactNode {
  const { t } = useTranslation("win");
  const { win } = useParams({ from: "/wins/$win" });
  const language = useLanguage();
  const page = useRead(["win", win, language], () => commands.winRead(win, language), { keep: true });
  const { data, error } = page;
  return (
    <Page>
      {error && !data ? (
        <ErrorState
          error={error}
          retry={() => void page.refetch()}
          actions={<LinkButton to="/wins">{t("toWall")}</LinkButton>}
        />
      ) : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="18rem" />
        </div>
      ) : null}
      {data ? <Shown win={data} /> : null}
    </Page>
  );
}

function Shown({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const format = useFormat();
  const navigate = useNavigate();
  const share = useShare();
  const record = useAct(commands.winRecord);
  const [opened, setOpened] = useState<"change" | "withdraw" | null>(null);
  const close = (): void => setOpened(null);
  const form = {
    win: win.win,
    title: win.title,
    story: win.story,
    on: win.on,
    customer: win.customer,
    orders: win.orders_text,
    signal: win.signal,
  };
  return (
    <>
      <PageHeader
        above={<Link to="/wins">{t("toWall")}</Link>}
        title={win.title}
        lead={[format.dayLong(win.on), win.customer].filter((part) => part !== "").join(" · ")}
        actions={
          <>
            <LinkButton to="/wins/$win/card" params={{ win: win.win }}>
              {t("card.show")}
            </LinkButton>
            <MenuButton
              entries={[
                { id: "png", label: t("share.png"), run: () => void share.card(win.win, win.title, "png") },
                { id: "pdf", label: t("share.pdf"), run: () => void share.card(win.win, win.title, "pdf") },
                { id: "paper", label: t("share.paper"), run: () => void share.paper(win.win, win.title) },
              ]}
            >
              {t("share.action")}
            </MenuButton>
            <Button onPress={() => setOpened("change")}>{t("change")}</Button>
            <Button onPress={() => setOpened("withdraw")}>{t("withdraw.action")}</Button>
          </>
        }
      />
      <div className={styles.board}>
        {win.story === "" ? (
          <p className={styles.quiet}>{t("noStory")}</p>
        ) : (
          <p className={styles.story}>{win.story}</p>
        )}
        <Behind win={win} />
        <Contributors win={win} />
        <Reactions win={win} />
        <p className={styles.quiet}>
          {win.said.name === null
            ? t("recordedBySomebody", { when: format.moment(win.said.at) })
            : t("recordedBy", { name: win.said.name, when: format.moment(win.said.at) })}
        </p>
      </div>
      {opened === "change" ? <RecordDialog start={form} close={close} done={close} /> : null}
      {opened === "withdraw" ? (
        <WithdrawDialog
          win={win.win}
          close={close}
          done={() => {
            // What was taken back stays so in the ledger: undoing it records the same once more.
            toast(t("withdraw.done"), { undo: () => void record.run(form) });
            void navigate({ to: "/wins" });
          }}
        />
      ) : null}
    </>
  );
}

/** What the win rests on: orders, a chart, the meetings that celebrated it. */
function Behind({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  if (win.orders.length === 0 && win.chart === null && win.celebrated.length === 0) return null;
  return (
    <section aria-label={t("behind")}>
      <h2>{t("behind")}</h2>
      <ul className={styles.facts}>
        {win.orders.map((one) => (
          <li key={`${one.system} ${one.order} ${one.line}`}>
            <Link
              to="/order/$order/$line"
              params={{ order: one.order, line: one.line }}
              search={{ system: one.system }}
            >
              {one.order}/{one.line}
            </Link>
          </li>
        ))}
        {win.chart === null ? null : (
          <li>
            <AddressLink address={win.chart.address}>{win.chart.name}</AddressLink>
          </li>
        )}
        {win.celebrated.map((meeting) => (
          <li key={meeting}>
            <Link to="/meeting/$meeting/minutes" params={{ meeting }}>
              {t("celebratedIn", { meeting })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const REACTIONS = ["applause", "thanks", "proud"] as const;

function Reactions({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const react = useAct(commands.winReact);
  return (
    <section aria-label={t("reaction.title")}>
      <h2>{t("reaction.title")}</h2>
      <div className={styles.reactions}>
        {REACTIONS.map((word) => {
          const known = win.reactions.find((one) => one.reaction === word);
          const mine = known?.mine ?? false;
          const people = known?.people ?? [];
          return (
            <div key={word}>
              <Button
                aria-pressed={mine}
                look={mine ? "primary" : "plain"}
                isPending={react.pending}
                onPress={() => void react.run(win.win, word, !mine)}
              >
                {t(`reaction.${word}`)}
              </Button>
              {people.length === 0 ? null : <span className={styles.quiet}> {people.join(", ")}</span>}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function WithdrawDialog({
  win,
  close,
  done,
}: {
  win: string;
  close: () => void;
  done: () => void;
}): ReactNode {
  const { t } = useTranslation("win");
  const { t: common } = useTranslation();
  const withdraw = useAct(commands.winWithdraw, { inline: true });
  const [reason, setReason] = useState("");
  const fault = withdraw.error?.fields.find((one) => one.field === "reason")?.words;
  const send = async (): Promise<void> => {
    if ((await withdraw.run(win, reason)) !== undefined) done();
  };
  return (
    <Dialog
      title={t("withdraw.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={withdraw.pending} onPress={() => void send()}>
            {t("withdraw.send")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {withdraw.error && fault === undefined ? <Fault error={withdraw.error} /> : null}
        <TextField
          label={t("withdraw.why")}
          required
          autoFocus
          value={reason}
          onChange={setReason}
          error={fault}
        />
      </div>
    </Dialog>
  );
}
