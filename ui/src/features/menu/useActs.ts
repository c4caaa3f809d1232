import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { type MenuEntry, toast } from "../../components";
import { useFlags } from "../flag/target";
import { copyText } from "../start/copy";
import type { Thing } from "./thing";

/** What can be done with something, as entries of a menu. */
export function useActs(): (thing: Thing) => MenuEntry[] {
  const { t } = useTranslation("palette");
  const { history } = useRouter();
  const { flag } = useFlags();
  return useCallback(
    (thing) => {
      const { flag: target, value, address } = thing;
      const copy = async (text: string): Promise<void> => {
        toast((await copyText(text)) ? t("menu.copied", { value: text }) : t("menu.notCopied"));
      };
      return [
        ...(target ? [{ id: "flag", label: t("menu.flag"), run: () => flag(target) }] : []),
        ...(value ? [{ id: "copy", label: t("menu.copy", { value }), run: () => void copy(value) }] : []),
        ...(address ? [{ id: "open", label: t("menu.open"), run: () => history.push(address) }] : []),
      ];
    },
    [t, history, flag],
  );
}
