import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct } from "../../api/query";
import { toast } from "../../components/toast";
import { useLanguage } from "../../i18n/format";
import { pickSave, type FileKind } from "../../platform/dialog";

/** The endings that agenda, minutes and digest can have. */
const PAGE_ENDINGS = ["pdf", "md", "html"] as const;

/** Files that a page can be written to; the ending that a person chooses says which. */
function usePageKinds(): FileKind[] {
  const { t } = useTranslation("meeting");
  return PAGE_ENDINGS.map((ending) => ({ name: t(`file.${ending}`), extensions: [ending] }));
}

/** What the meeting can be written to. */
export interface MeetingFiles {
  /** Agenda or minutes. */
  page: (meeting: string, name: string) => Promise<void>;
  /** The weekly meeting and what was promised, for a calendar. */
  calendar: () => Promise<void>;
  /** The weekly digest. */
  digest: (name: string) => Promise<void>;
}

/** Writes what a person wants to take along, where they want it. */
export function useMeetingFiles(): MeetingFiles {
  const { t } = useTranslation("meeting");
  const language = useLanguage();
  const kinds = usePageKinds();
  const page = useAct(commands.minutesExport);
  const calendar = useAct(commands.calendarExport);
  const digest = useAct(commands.digestExport);
  const kept = (file: string): void => toast(t("file.kept", { file }));
  return {
    page: async (meeting, name) => {
      const file = await pickSave(t("file.title"), `${name} ${meeting}.pdf`, kinds);
      if (file !== null && (await page.run(language, meeting, file)) !== undefined) kept(file);
    },
    calendar: async () => {
      const kind = { name: t("file.ics"), extensions: ["ics"] };
      const file = await pickSave(t("file.title"), "plaza.ics", [kind]);
      if (file !== null && (await calendar.run(language, file)) !== undefined) kept(file);
    },
    digest: async (name) => {
      const file = await pickSave(t("file.title"), `${name}.pdf`, kinds);
      if (file !== null && (await digest.run(language, file)) !== undefined) kept(file);
    },
  };
}
