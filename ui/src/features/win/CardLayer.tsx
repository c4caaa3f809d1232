import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, ErrorState, Skeleton } from "../../components";
import { useLanguage } from "../../i18n/format";
import styles from "./Card.module.css";
import { CardView } from "./CardView";

interface CardLayerProps {
  win: string;
  /** Back to the item. */
  close: () => void;
  /** On to the item after it: the win was celebrated. */
  next: () => void;
}

/** A win's card above a meeting that is run. The meeting hears the keys. */
export function CardLayer({ win, close, next }: CardLayerProps): ReactNode {
  const { t } = useTranslation("win");
  const language = useLanguage();
  const card = useRead(["win-card", win, language], () => commands.winCard(win, language));
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => layer.current?.focus({ preventScroll: true }), []);
  const acts = (
    <div className={styles.acts}>
      <Button look="quiet" onPress={close}>
        {t("card.back")} <kbd>W</kbd>
      </Button>
      <Button look="primary" onPress={next}>
        {t("card.next")} <kbd>→</kbd>
      </Button>
    </div>
  );
  return (
    <div ref={layer} className={styles.layer} role="region" aria-label={t("card.label")} tabIndex={-1}>
      {card.data ? <CardView card={card.data}>{acts}</CardView> : null}
      {card.data ? null : (
        <div className={styles.wait} aria-busy={card.error === null}>
          {card.error ? (
            <ErrorState error={card.error} retry={() => void card.refetch()} />
          ) : (
            <Skeleton height="60vh" />
          )}
          {acts}
        </div>
      )}
    </div>
  );
}
