import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useFormat } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";

/** What a person may be, in words. */
export function RoleWords({ roles }: { roles: readonly string[] }): ReactNode {
  const { t } = useTranslation("workspace");
  const { locale } = useFormat();
  const words = roles.map((role) => {
    const key = known(en.workspace.people.role, role);
    return key ? t(`people.role.${key}`) : role;
  });
  return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(words);
}
