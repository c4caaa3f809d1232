import "./styles/index.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, type ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";

import { invalidate, newQueryClient } from "./api/query";
import { Toasts } from "./components/Toasts";
import { readBoard } from "./features/board/read";
import { Boundary } from "./features/frame/Boundary";
import { applyTheme } from "./features/workspace/theme";
import { lastLanguage, nearestLanguage, startI18n } from "./i18n";
import { useFormat } from "./i18n/format";
import { onChanged, onOpen } from "./platform/events";
import { inWindow } from "./platform/runtime";
import { newRouter } from "./router";
import { restoreTextSize } from "./features/frame/textSize";

applyTheme();
if (import.meta.env.DEV && !inWindow()) {
  const fixture = await import("./platform/fixture");
  fixture.install();
}

restoreTextSize();
const language = lastLanguage() ?? nearestLanguage(navigator.languages);
startI18n(language);
const client = newQueryClient();
const router = newRouter();
// The board is asked for while the window still asks what is open: one wait at the start, not two in a row.
if (router.history.location.pathname === "/") readBoard(client, language);
onChanged((tags) => void invalidate(client, tags));
onOpen((address) => router.history.push(address));

function Root(): ReactNode {
  const { locale } = useFormat();
  return (
    <I18nProvider locale={locale}>
      <Boundary>
        <RouterProvider router={router} />
        <Toasts />
      </Boundary>
    </I18nProvider>
  );
}

const place = document.getElementById("root");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Root />
      </QueryClientProvider>
    </StrictMode>,
  );
}
