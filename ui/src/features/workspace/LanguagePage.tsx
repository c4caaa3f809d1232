import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Language } from "../../api/bindings";
import { useAct } from "../../api/query";
import { RadioGroup } from "../../components/Field";
import { Page, PageHeader } from "../../components/Page";
import { LANGUAGES } from "../../i18n";
import { useLanguage } from "../../i18n/format";
import { settings } from "./settings";
import { chooseTheme, chosenTheme, type Theme } from "./theme";
import styles from "./Workspace.module.css";

/** The language of the workspace, and light or dark on this computer. */
export function LanguagePage(): ReactNode {
  const { t, i18n } = useTranslation("workspace");
  const language = useLanguage();
  const change = useAct(commands.settingsChange);
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  const speak = async (code: Language): Promise<void> => {
    if ((await change.run(settings({ language: code }))) !== undefined) await i18n.changeLanguage(code);
  };
  return (
    <Page narrow>
      <PageHeader title={t("appearance.title")} />
      <section className={styles.section}>
        <RadioGroup<Language>
          label={t("appearance.language")}
          hint={t("appearance.languageHint")}
          value={language}
          onChange={(code) => void speak(code)}
          choices={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </section>
      <section className={styles.section}>
        <RadioGroup<Theme>
          label={t("appearance.theme")}
          hint={t("appearance.themeHint")}
          value={theme}
          onChange={(next) => {
            chooseTheme(next);
            setTheme(next);
          }}
          choices={[
            { value: "system", label: t("appearance.system") },
            { value: "light", label: t("appearance.light") },
            { value: "dark", label: t("appearance.dark") },
          ]}
        />
      </section>
    </Page>
  );
}
