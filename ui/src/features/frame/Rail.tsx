import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { WorkspaceView } from "../../api/bindings";
import { useFormat } from "../../i18n/format";
import { commandKey } from "../../platform/runtime";
import { useWaiting } from "../conversation/useThreads";
import { JobStrip } from "../job/JobStrip";
import { ActFor } from "./Acting";
import styles from "./Frame.module.css";

const WORKSPACE_PAGES = [
  { to: "/workspace/people", name: "people" },
  { to: "/workspace/calendar", name: "calendar" },
  { to: "/workspace/backup", name: "backup" },
  { to: "/workspace/reminders", name: "reminders" },
  { to: "/workspace/language", name: "language" },
  { to: "/workspace/about", name: "about" },
] as const;

/** Four houses and the square between them. */
export function Logo(): ReactNode {
  return (
    <svg width="1.375rem" height="1.375rem" viewBox="0 0 22 22" aria-hidden="true">
      <rect x="1" y="1" width="8" height="8" rx="2" />
      <rect x="13" y="1" width="8" height="8" rx="2" />
      <rect x="1" y="13" width="8" height="8" rx="2" />
      <rect x="13" y="13" width="8" height="8" rx="2" />
      <circle cx="11" cy="11" r="2.2" />
    </svg>
  );
}

/** The conversations, with how many wait for whoever acts. */
function Conversations(): ReactNode {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const waiting = useWaiting();
  return (
    <Link to="/conversations" className={styles.link ?? ""}>
      {t("conversations")}
      {waiting > 0 ? (
        <span className={styles.waiting}>
          <span aria-hidden="true">{format.count(waiting)}</span>
          <span className={styles.heard}>{t("waiting", { count: waiting })}</span>
        </span>
      ) : null}
    </Link>
  );
}

interface RailProps {
  workspace: WorkspaceView;
  onFind: () => void;
  onKeys: () => void;
}

/** The rooms of this version, and the workspace's own pages. */
export function Rail({ workspace, onFind, onKeys }: RailProps): ReactNode {
  const { t } = useTranslation("frame");
  const me = workspace.people.find((person) => person.id === workspace.me);
  return (
    <nav className={styles.rail} aria-label={t("rooms")}>
      <Link to="/" className={styles.logo ?? ""}>
        <Logo />
        Plaza
      </Link>
      <div className={styles.links}>
        <Link to="/" className={styles.link ?? ""} activeOptions={{ exact: true }}>
          {t("plaza")}
        </Link>
        <Conversations />
        <Link to="/meeting" className={styles.link ?? ""}>
          {t("meeting")}
        </Link>
        <Link to="/rotations" className={styles.link ?? ""}>
          {t("rotations")}
        </Link>
        <Link to="/wins" className={styles.link ?? ""}>
          {t("wins")}
        </Link>
        <Link to="/integrations" className={styles.link ?? ""}>
          {t("integrations")}
        </Link>
        <button type="button" className={styles.link} onClick={onFind}>
          {t("find")}
          <kbd>{commandKey()} K</kbd>
        </button>
      </div>
      <div className={styles.spring} />
      <JobStrip />
      <div className={styles.workspace}>
        <strong>{workspace.name}</strong>
        {me ? t("you", { name: me.name }) : t("nobody")}
      </div>
      <div className={`${styles.links} ${styles.small}`}>
        {WORKSPACE_PAGES.map((page) => (
          <Link key={page.to} to={page.to} className={styles.link ?? ""}>
            {t(page.name)}
          </Link>
        ))}
        <ActFor workspace={workspace} />
        <button type="button" className={styles.link} onClick={onKeys}>
          {t("keys")}
          <kbd>?</kbd>
        </button>
      </div>
    </nav>
  );
}
