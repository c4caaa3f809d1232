import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Start } from "../../api/bindings";
import { classes, ErrorState, Page } from "../../components";
import { nearestLanguage } from "../../i18n";
import { FlagProvider } from "../flag/FlagProvider";
import { Keys } from "../keys/Keys";
import { ThingProvider } from "../menu/ThingProvider";
import { Palette } from "../palette/Palette";
import { ActingStrip } from "./Acting";
import styles from "./Frame.module.css";
import { Notices } from "./Notices";
import { Rail } from "./Rail";
import { useShortcuts } from "./shortcuts";
import { useStart } from "./start";

/** The workspace decides the language; before there is one, the system does. */
function useWorkspaceLanguage(start: Start | undefined): void {
  const { i18n } = useTranslation();
  const wanted = start?.workspace?.language;
  useEffect(() => {
    if (!wanted) return;
    const language = nearestLanguage([wanted]);
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [wanted, i18n]);
}

/** The window: rail, page, palette, keys. */
export function Frame(): ReactNode {
  const { t } = useTranslation("frame");
  const start = useStart();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const main = useRef<HTMLElement>(null);
  const [opened, setOpened] = useState<"palette" | "keys" | null>(null);
  useWorkspaceLanguage(start.data);
  const workspace = start.data?.workspace ?? null;
  const starting = pathname === "/start";
  // A meeting that is run fills the window, and so does a card: nothing but what is talked about stands on the wall.
  const bare = starting || /^\/(meeting\/[^/]+\/run|wins\/[^/]+\/card)\/?$/.test(pathname);
  const record = useCallback(() => void navigate({ to: "/wins", search: { record: true } }), [navigate]);
  useShortcuts(setOpened, workspace === null || bare ? null : record);
  const nowhere = start.data !== undefined && workspace === null && !starting;
  useEffect(() => {
    if (nowhere) void navigate({ to: "/start", replace: true });
  }, [nowhere, navigate]);

  // A new page is read from its top, by eye and by screen reader.
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const arrival = main.current?.querySelector<HTMLElement>("[data-arrival]");
    (arrival ?? main.current)?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <FlagProvider>
      <ThingProvider>
        <div className={styles.shell}>
          <a
            className={styles.skip}
            href="#main"
            onClick={(event) => {
              event.preventDefault();
              main.current?.focus();
            }}
          >
            {t("skip")}
          </a>
          <div className={classes(styles.frame, (workspace === null || bare) && styles.bare)}>
            {workspace && !bare ? (
              <Rail
                workspace={workspace}
                onFind={() => setOpened("palette")}
                onKeys={() => setOpened("keys")}
              />
            ) : null}
            <main ref={main} id="main" tabIndex={-1} className={styles.main}>
              {start.error ? (
                <Page narrow>
                  <ErrorState error={start.error} retry={() => void start.refetch()} />
                </Page>
              ) : null}
              {workspace && !bare ? <ActingStrip workspace={workspace} /> : null}
              {workspace && !bare ? <Notices notices={workspace.notices} /> : null}
              {start.data && !nowhere ? <Outlet /> : null}
            </main>
          </div>
          <Palette
            open={opened === "palette"}
            onClose={() => setOpened(null)}
            onKeys={() => setOpened("keys")}
          />
          <Keys open={opened === "keys"} onClose={() => setOpened(null)} />
        </div>
      </ThingProvider>
    </FlagProvider>
  );
}
