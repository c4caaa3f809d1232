import type { ReactNode } from "react";
import { ProgressBar } from "react-aria-components";
import { useTranslation } from "react-i18next";

import type { PlazaError } from "../api/errors";
import { Button } from "./Button";
import styles from "./State.module.css";

interface EmptyStateProps {
  title: string;
  /** What would stand here and how it comes to be. */
  children?: ReactNode;
  /** What a person can do now. */
  actions?: ReactNode;
}

/** A page without content teaches what it is for. */
export function EmptyState({ title, children, actions }: EmptyStateProps): ReactNode {
  return (
    <section className={styles.state}>
      <h2 className={styles.title}>{title}</h2>
      {children ? <div className={styles.words}>{children}</div> : null}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </section>
  );
}

interface ErrorStateProps {
  error: PlazaError;
  retry?: () => void;
  /** Further ways out. */
  actions?: ReactNode;
}

/** What happened, what was kept, what to do. */
export function ErrorState({ error, retry, actions }: ErrorStateProps): ReactNode {
  const { t } = useTranslation();
  return (
    <section className={styles.state} role="alert">
      <h2 className={styles.title}>{t(`errors.${error.code}.title`)}</h2>
      <p className={styles.words}>{t(`errors.${error.code}.todo`)}</p>
      {error.message ? <p className={styles.detail}>{error.message}</p> : null}
      <div className={styles.actions}>
        {retry ? <Button onPress={retry}>{t("tryAgain")}</Button> : null}
        {actions}
      </div>
    </section>
  );
}

/** Room for something that is on its way, as large as it will be. */
export function Skeleton({
  width = "100%",
  height = "1rem",
}: {
  width?: string;
  height?: string;
}): ReactNode {
  return <span aria-hidden="true" className={styles.skeleton} style={{ width, height }} />;
}

interface NoticeProps {
  tone?: "plain" | "good" | "warn" | "bad";
  children: ReactNode;
  actions?: ReactNode;
}

/** A remark that stands in the page. */
export function Notice({ tone = "plain", children, actions }: NoticeProps): ReactNode {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === "bad" ? "alert" : "note"}>
      <div className={styles.noticeWords}>{children}</div>
      {actions}
    </div>
  );
}

interface ProgressProps {
  label: string;
  done: number;
  /** Unknown where absent. */
  total?: number | null;
  /** “1 200 of 5 000 rows”. */
  words?: string;
}

/** How far long work is. */
export function Progress({ label, done, total, words }: ProgressProps): ReactNode {
  const known = total !== null && total !== undefined && total > 0;
  return (
    <ProgressBar
      aria-label={label}
      value={known ? done : 0}
      maxValue={known ? total : 100}
      isIndeterminate={!known}
      {...(words ? { valueLabel: words } : {})}
      className={styles.progress ?? ""}
    >
      {({ percentage }) => (
        <>
          <span className={styles.progressTop}>
            <span>{label}</span>
            <span>{words}</span>
          </span>
          <span className={styles.track}>
            <span
              className={styles.fill}
              style={known ? { display: "block", width: `${percentage ?? 0}%` } : { display: "block" }}
              {...(known ? {} : { "data-unknown": "" })}
            />
          </span>
        </>
      )}
    </ProgressBar>
  );
}
