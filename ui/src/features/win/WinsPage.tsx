import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type WinForm, type WinWall } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, EmptyState, ErrorState, LinkButton, Page, PageHeader, Skeleton } from "../../components";
import { useLanguage } from "../../i18n/format";
import { NEW_WIN, RecordDialog } from "./RecordDialog";
import { Suggested } from "./Suggested";
import { Wall } from "./Wall";
import styles from "./Win.module.css";

/** The wall of wins. `?record=true` opens the dialog: a key and the palette lead there. */
export function WinsPage(): ReactNode {
  const { t } = useTranslation("win");
  const language = useLanguage();
  const navigate = useNavigate();
  const { record } = useSearch({ from: "/wins" });
  const page = useRead(["wins", language], () => commands.winWall(language), { keep: true });
  const [from, setFrom] = useState<WinForm | null>(null);
  const { data, error } = page;
  const start = from ?? (record === true ? NEW_WIN : null);
  const close = (): void => {
    setFrom(null);
    if (record === true) void navigate({ to: "/wins", search: {}, replace: true });
  };
  // What asked for the dialog does not ask again on the way back.
  const toWin = (win: string): void =>
    void navigate({ to: "/wins/$win", params: { win }, replace: record === true });
  return (
    <Page>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <Button look="primary" onPress={() => setFrom(NEW_WIN)}>
            {t("record.action")}
          </Button>
        }
      />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="18rem" />
        </div>
      ) : null}
      {data ? <Shown wall={data} recorded={toWin} /> : null}
      {start === null ? null : <RecordDialog start={start} close={close} done={toWin} />}
    </Page>
  );
}

function Shown({ wall, recorded }: { wall: WinWall; recorded: (win: string) => void }): ReactNode {
  const { t } = useTranslation("win");
  return (
    <div className={styles.board}>
      {wall.suggestions.length === 0 ? null : (
        <section aria-label={t("suggested")}>
          <h2>{t("suggested")}</h2>
          {wall.suggestions.map((one) => (
            <Suggested key={one.signal} one={one} recorded={recorded} />
          ))}
        </section>
      )}
      {wall.years.length === 0 ? null : (
        <nav className={styles.years} aria-label={t("years")}>
          {wall.years.map((year) => (
            <LinkButton key={year} to="/wins/year/$year" params={{ year: String(year) }}>
              {t("inReview", { year: String(year) })}
            </LinkButton>
          ))}
        </nav>
      )}
      {wall.quarters.length === 0 ? (
        <EmptyState title={t("empty.title")}>{t("empty.words")}</EmptyState>
      ) : (
        <Wall quarters={wall.quarters} departments={wall.departments} />
      )}
    </div>
  );
}
