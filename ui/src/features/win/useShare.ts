import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct } from "../../api/query";
import { toast } from "../../components/toast";
import { useLanguage } from "../../i18n/format";
import { pickSave } from "../../platform/dialog";

/** Letters of a file's name that come from a title. */
const NAME_LETTERS = 60;

/** A title as the name of a file: without what no system takes in one. */
export function fileName(title: string): string {
  const letters = title
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  const name = [...letters].slice(0, NAME_LETTERS).join("").trim().replace(/\.+$/, "");
  return name === "" ? "Plaza" : name;
}

/** What leaves of a win. */
export interface Share {
  /** Its card, as a picture or as a page. */
  card: (win: string, title: string, ending: "png" | "pdf") => Promise<void>;
  /** Its story with everybody who is named. */
  paper: (win: string, title: string) => Promise<void>;
}

/** Writes a win where a person wants it. */
export function useShare(): Share {
  const { t } = useTranslation("win");
  const language = useLanguage();
  const share = useAct(commands.winShare);
  const write = useAct(commands.winExport);
  const kind = (ending: "png" | "pdf" | "md" | "html"): { name: string; extensions: string[] } => ({
    name: t(`share.${ending}Kind`),
    extensions: [ending],
  });
  return {
    card: async (win, title, ending) => {
      const file = await pickSave(t("share.title"), `${fileName(title)}.${ending}`, [kind(ending)]);
      if (file === null) return;
      const letters = await share.run(win, language, file);
      if (letters === undefined) return;
      toast(letters === "" ? t("share.kept", { file }) : t("share.missing", { file, letters }));
    },
    paper: async (win, title) => {
      const kinds = (["pdf", "md", "html"] as const).map(kind);
      const file = await pickSave(t("share.title"), `${fileName(title)}.pdf`, kinds);
      if (file !== null && (await write.run(win, language, file)) !== undefined) {
        toast(t("share.kept", { file }));
      }
    },
  };
}
