import { useTranslation } from "react-i18next";

import { commands, type VisitView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { toast } from "../../components/toast";
import { useLanguage } from "../../i18n/format";
import { pickSave } from "../../platform/dialog";

/** What a visitor takes along. */
export interface VisitFiles {
  /** One page: the question, the host, what to bring. */
  brief: (visit: VisitView) => Promise<void>;
  /** All visits of a person, for a calendar. */
  calendar: (person: string, name: string) => Promise<void>;
}

/** Writes what a visitor takes along, where they want it. */
export function useVisitFiles(): VisitFiles {
  const { t } = useTranslation("rotation");
  const { t: meeting } = useTranslation("meeting");
  const language = useLanguage();
  const brief = useAct(commands.placementBrief);
  const calendar = useAct(commands.rotationCalendar);
  const kept = (file: string): void => toast(meeting("file.kept", { file }));
  return {
    brief: async (visit) => {
      const kinds = (["pdf", "md", "html"] as const).map((ending) => ({
        name: meeting(`file.${ending}`),
        extensions: [ending],
      }));
      const name = t("file.brief", { host: visit.host_name, visitor: visit.visitor_name });
      const file = await pickSave(meeting("file.title"), `${name}.pdf`, kinds);
      if (file === null) return;
      if ((await brief.run(language, visit.rotation, visit.placement, file)) !== undefined) kept(file);
    },
    calendar: async (person, name) => {
      const kind = { name: meeting("file.ics"), extensions: ["ics"] };
      const file = await pickSave(meeting("file.title"), `${t("file.visits", { name })}.ics`, [kind]);
      if (file !== null && (await calendar.run(language, person, file)) !== undefined) kept(file);
    },
  };
}
