import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Connection } from "../../../api/bindings";
import { TextField } from "../../../components/Field";
import styles from "./System.module.css";

/** A connection of one kind, or of one of several. */
export type Of<K extends Connection["kind"]> = Extract<Connection, { kind: K }>;

/** What most connections do not need. */
export function More({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation("offer");
  return (
    <details className={styles.more}>
      <summary>{t("setting.more")}</summary>
      <div className={styles.form}>{children}</div>
    </details>
  );
}

/** The company's own authority, where the computer does not know it. */
export function Authority<C extends { ca_file?: string | null }>(props: {
  connection: C;
  change: (next: C) => void;
}): ReactNode {
  const { t } = useTranslation("offer");
  return (
    <TextField
      code
      label={t("setting.caFile")}
      hint={t("setting.caFileHint")}
      value={props.connection.ca_file ?? ""}
      onChange={(path) => props.change({ ...props.connection, ca_file: path === "" ? null : path })}
    />
  );
}
