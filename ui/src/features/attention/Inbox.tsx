import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { InboxKind } from "../../api/bindings";
import { Button } from "../../components";
import styles from "./Attention.module.css";
import { Matter } from "./Matter";
import { rowsOf } from "./matters";
import { useAttention } from "./useAttention";

/** Matters that are shown before a person asks for the rest: the conversations below stay in sight. */
const SHOWN = 3;

/** What the systems need of a person, above the conversations of the same list. Nothing where nothing waits. */
export function AttentionInbox({ inbox }: { inbox: InboxKind }): ReactNode {
  const { t } = useTranslation("attention");
  const { data, error, refetch } = useAttention();
  const [whole, setWhole] = useState(false);
  const title = useId();
  if (!data) {
    if (!error) return null;
    return (
      <p className={styles.unread} role="alert" data-bleed="">
        {t("inbox.unread")}{" "}
        <Button look="quiet" onPress={() => void refetch()}>
          {t("inbox.again")}
        </Button>
      </p>
    );
  }
  const rows = rowsOf(inbox, data);
  if (rows.length === 0) return null;
  const more = rows.length - SHOWN;
  return (
    <section className={styles.inbox} aria-labelledby={title} data-bleed="">
      <h3 id={title}>{t(inbox === "mine" ? "inbox.mine" : "inbox.title", { count: rows.length })}</h3>
      <ul>
        {(whole ? rows : rows.slice(0, SHOWN)).map((row) => (
          <Matter key={row.attention} matter={row} />
        ))}
      </ul>
      {more > 0 ? (
        <Button look="quiet" aria-expanded={whole} onPress={() => setWhole(!whole)}>
          {whole ? t("inbox.fewer") : t("inbox.more", { count: more })}
        </Button>
      ) : null}
    </section>
  );
}
