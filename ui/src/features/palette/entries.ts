import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useRead } from "../../api/query";
import { useLanguage } from "../../i18n/format";
import { BUILT_IN } from "../kpi/kinds";
import { useFlags } from "../flag/target";
import { useThings } from "../menu/thing";
import { useActs } from "../menu/useActs";
import { changeTextSize } from "../frame/textSize";

/** Something that the palette offers. */
export interface Entry {
  id: string;
  title: string;
  detail?: string;
  run: () => void;
}

/** Lower case without accents, so that “fruh” finds “Früh”. */
export function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Those whose words all contain what was typed. */
export function matching(entries: readonly Entry[], query: string): Entry[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const text = plain(`${entry.title} ${entry.detail ?? ""}`);
    return words.every((word) => text.includes(word));
  });
}

/** What can be done with what has the focus, or with what the page shows. */
function useHere(): Entry[] {
  const { t } = useTranslation("palette");
  const thing = useThings().selected();
  const acts = useActs();
  if (!thing) return [];
  const { name } = thing;
  const titles: Record<string, string> = {
    flag: t("menu.flagOf", { name }),
    open: t("menu.openOf", { name }),
  };
  return acts(thing).map(({ id, label, run }) => ({ id: `here ${id}`, title: titles[id] ?? label, run }));
}

/** What the window itself offers; orders and people are found by the core. */
export function useOwnEntries(onKeys: () => void): {
  here: Entry[];
  pages: Entry[];
  kpis: Entry[];
  actions: Entry[];
} {
  const { t } = useTranslation(["palette", "frame", "common", "meeting", "definition"]);
  const navigate = useNavigate();
  const { flagSelected } = useFlags();
  const here = useHere();
  const pages = [
    { to: "/", title: t("frame:plaza") },
    { to: "/conversations", title: t("frame:conversations") },
    { to: "/meeting", title: t("frame:meeting") },
    { to: "/meeting/promises", title: t("meeting:nav.promises") },
    { to: "/meeting/digest", title: t("meeting:nav.digest") },
    { to: "/meeting/insights", title: t("meeting:nav.insights") },
    { to: "/wins", title: t("frame:wins") },
    { to: "/definitions", title: t("definition:title") },
    { to: "/integrations", title: t("frame:integrations") },
    { to: "/workspace/people", title: t("frame:people") },
    { to: "/workspace/calendar", title: t("frame:calendar") },
    { to: "/workspace/backup", title: t("frame:backup") },
    { to: "/workspace/reminders", title: t("frame:reminders") },
    { to: "/workspace/language", title: t("frame:language") },
    { to: "/workspace/about", title: t("frame:about") },
  ] as const;
  const language = useLanguage();
  const { data: week } = useRead(["meeting", language], () => commands.meetingPage(language));
  const meeting = week?.next?.meeting;
  const { data: list } = useRead(["integration", "list"], commands.integrationList);
  const trails = (list?.integrations ?? []).map(({ id, name }) => ({
    id: `trail ${id}`,
    title: t("palette:trailOf", { name }),
    run: () => void navigate({ to: "/integrations/$id", params: { id }, search: { tab: "trail" } }),
  }));
  return {
    here,
    pages: [
      ...pages.map((page) => ({
        id: page.to,
        title: page.title,
        run: () => void navigate({ to: page.to }),
      })),
      ...trails,
    ],
    kpis: BUILT_IN.map((kpi) => ({
      id: `kpi ${kpi}`,
      title: t(`common:kpis.${kpi}.name`),
      detail: t(`common:kpis.${kpi}.question`),
      run: () => void navigate({ to: "/kpi/$kpi", params: { kpi } }),
    })),
    actions: [
      ...(meeting === undefined
        ? []
        : [
            {
              id: "prepare",
              title: t("palette:actions.prepare"),
              run: () => void navigate({ to: "/meeting/$meeting", params: { meeting } }),
            },
            {
              id: "run",
              title: t("palette:actions.run"),
              run: () => void navigate({ to: "/meeting/$meeting/run", params: { meeting } }),
            },
          ]),
      {
        id: "win",
        title: t("palette:actions.win"),
        run: () => void navigate({ to: "/wins", search: { record: true } }),
      },
      {
        id: "connect",
        title: t("palette:actions.connect"),
        run: () => void navigate({ to: "/integrations/new" }),
      },
      // What can be said by its name is offered by it.
      ...(here.some(({ id }) => id === "here flag")
        ? []
        : [{ id: "flag", title: t("palette:actions.flag"), run: flagSelected }]),
      { id: "open", title: t("palette:actions.open"), run: () => void navigate({ to: "/start" }) },
      { id: "larger", title: t("palette:actions.larger"), run: () => changeTextSize(1) },
      { id: "smaller", title: t("palette:actions.smaller"), run: () => changeTextSize(-1) },
      { id: "keys", title: t("palette:actions.keys"), run: onKeys },
    ],
  };
}
