import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type TakenBack, type WinView } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, ErrorState, LinkButton, Notice, Page, PageHeader, Skeleton, toast } from "../../components";
import { MenuButton } from "../../components/MenuButton";
import { useFormat, useLanguage } from "../../i18n/format";
import { Behind } from "./Behind";
import { Contributors } from "./Contributors";
import { Reactions } from "./Reactions";
import { RecordDialog } from "./RecordDialog";
import { useShare } from "./useShare";
import { WithdrawDialog } from "./WithdrawDialog";
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
      {data?.withdrawn ? <Gone win={data} withdrawn={data.withdrawn} /> : null}
      {data && !data.withdrawn ? <Shown win={data} /> : null}
    </Page>
  );
}

function Shown({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const format = useFormat();
  const navigate = useNavigate();
  const share = useShare();
  const restore = useAct(commands.winRestore);
  const [opened, setOpened] = useState<"change" | "withdraw" | null>(null);
  const close = (): void => setOpened(null);
  const form = {
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
        <Story win={win} />
        <OnAgenda win={win} />
        <Behind win={win} />
        <Contributors win={win} />
        <Reactions win={win} />
        <Recorded win={win} />
      </div>
      {opened === "change" ? <RecordDialog win={win.win} start={form} close={close} done={close} /> : null}
      {opened === "withdraw" ? (
        <WithdrawDialog
          win={win.win}
          close={close}
          done={() => {
            toast(t("withdraw.done"), { undo: () => void restore.run(win.win) });
            void navigate({ to: "/wins" });
          }}
        />
      ) : null}
    </>
  );
}

function Story({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  return win.story === "" ? (
    <p className={styles.quiet}>{t("noStory")}</p>
  ) : (
    <p className={styles.story}>{win.story}</p>
  );
}

function Recorded({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const format = useFormat();
  const when = format.moment(win.said.at);
  const { name } = win.said;
  return (
    <p className={styles.quiet}>
      {name === null ? t("recordedBySomebody", { when }) : t("recordedBy", { name, when })}
    </p>
  );
}

/** What no meeting has celebrated yet comes onto an agenda by itself only while it is new. */
function OnAgenda({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const put = useAct(commands.winToAgenda);
  if (win.agenda === "none") return null;
  return (
    <div className={styles.badges}>
      <span className={styles.quiet}>{t(win.agenda === "waits" ? "agenda.waits" : "notCelebrated")}</span>
      {win.agenda === "waits" ? null : (
        <Button isPending={put.pending} onPress={() => void put.run(win.win)}>
          {t("agenda.put")}
        </Button>
      )}
    </div>
  );
}

/** A win that was taken back: why, and its way back. */
function Gone({ win, withdrawn }: { win: WinView; withdrawn: TakenBack }): ReactNode {
  const { t } = useTranslation("win");
  const format = useFormat();
  const restore = useAct(commands.winRestore);
  const { reason, said } = withdrawn;
  const day = format.moment(said.at);
  return (
    <>
      <PageHeader above={<Link to="/wins">{t("toWall")}</Link>} title={win.title} />
      <div className={styles.board}>
        <Notice
          actions={
            <Button isPending={restore.pending} onPress={() => void restore.run(win.win)}>
              {t("withdraw.restore")}
            </Button>
          }
        >
          <strong>
            {said.name === null
              ? t("withdraw.gone", { day })
              : t("withdraw.goneBy", { name: said.name, day })}
          </strong>
          <p>{reason}</p>
        </Notice>
        <Story win={win} />
        <Recorded win={win} />
      </div>
    </>
  );
}
