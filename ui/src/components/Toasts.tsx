import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "./Button";
import { classes } from "./classes";
import { Icon } from "./Icon";
import { current, dismiss, subscribe, type Message } from "./toast";
import styles from "./Toasts.module.css";

/** Long enough to read and to reach for Undo; it waits while pointer or focus is on it. */
const SHOWN_MS = 9_000;

function Toast({ message }: { message: Message }): ReactNode {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || message.tone === "bad") return undefined;
    const timer = setTimeout(() => dismiss(message.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, message]);
  const { undo } = message;
  return (
    <div
      className={classes(styles.toast, message.tone === "bad" && styles.bad)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {message.tone === "bad" ? <Icon name="warn" /> : null}
      <span>{message.words}</span>
      {undo ? (
        <Button
          look="quiet"
          className={styles.undo ?? ""}
          onPress={() => {
            dismiss(message.id);
            undo();
          }}
        >
          {t("undo")}
        </Button>
      ) : null}
      <Button look="quiet" icon aria-label={t("close")} onPress={() => dismiss(message.id)}>
        <Icon name="close" />
      </Button>
    </div>
  );
}

/** Where short messages appear; read out as they come. */
export function Toasts(): ReactNode {
  const { t } = useTranslation();
  const messages = useSyncExternalStore(subscribe, current);
  return (
    <section
      className={styles.region}
      aria-label={t("messages")}
      aria-live="polite"
      aria-relevant="additions"
    >
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </section>
  );
}
