import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, ErrorState, LinkButton, Page, Skeleton } from "../../components";
import { useLanguage } from "../../i18n/format";
import { fillScreen } from "../../platform/screen";
import styles from "./Card.module.css";
import { CardView } from "./CardView";

/** A win's card on the whole screen; Escape leads back to the win. */
export function CardPage(): ReactNode {
  const { t } = useTranslation("win");
  const { win } = useParams({ from: "/wins/$win/card" });
  const language = useLanguage();
  const navigate = useNavigate();
  const card = useRead(["win-card", win, language], () => commands.winCard(win, language));
  const { data, error } = card;
  useEffect(() => {
    void fillScreen(true);
    return () => void fillScreen(false);
  }, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      void navigate({ to: "/wins/$win", params: { win }, replace: true });
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [navigate, win]);
  useEffect(() => {
    document.title = data === undefined ? "Plaza" : `${data.title} · Plaza`;
  }, [data]);
  if (error && !data) {
    return (
      <Page narrow>
        <ErrorState
          error={error}
          retry={() => void card.refetch()}
          actions={<LinkButton to="/wins">{t("toWall")}</LinkButton>}
        />
      </Page>
    );
  }
  if (!data) {
    return (
      <div className={styles.wait} aria-busy="true">
        <Skeleton height="60vh" />
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <CardView card={data}>
        <div className={styles.acts}>
          <Button
            look="quiet"
            onPress={() => void navigate({ to: "/wins/$win", params: { win }, replace: true })}
          >
            {t("card.close")} <kbd>Esc</kbd>
          </Button>
        </div>
      </CardView>
    </div>
  );
}
