import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import styles from "./Meeting.module.css";

const PAGES = [
  { to: "/meeting", name: "meeting" },
  { to: "/meeting/promises", name: "promises" },
  { to: "/meeting/digest", name: "digest" },
  { to: "/meeting/insights", name: "insights" },
] as const;

/** The pages of the room, above each page's heading. */
export function MeetingNav(): ReactNode {
  const { t } = useTranslation("meeting");
  return (
    <nav className={styles.nav} aria-label={t("nav.title")}>
      {PAGES.map((page) => (
        <Link key={page.to} to={page.to} activeOptions={{ exact: true, includeSearch: false }}>
          {t(`nav.${page.name}`)}
        </Link>
      ))}
    </nav>
  );
}
