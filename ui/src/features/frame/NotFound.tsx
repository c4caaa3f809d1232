import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { EmptyState, LinkButton, Page } from "../../components";

/** An address that leads nowhere. */
export function NotFound(): ReactNode {
  const { t } = useTranslation("frame");
  return (
    <Page narrow>
      <EmptyState title={t("lost.title")} actions={<LinkButton to="/">{t("lost.home")}</LinkButton>}>
        {t("lost.words")}
      </EmptyState>
    </Page>
  );
}
