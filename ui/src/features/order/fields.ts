import { useTranslation } from "react-i18next";

import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";

/** What a field is called; a word that the catalogue does not know yet stands for itself. */
export function useFieldName(): (word: string) => string {
  const { t } = useTranslation("field");
  return (word) => {
    const key = known(en.field.name, word);
    return key ? t(`name.${key}`) : word;
  };
}
