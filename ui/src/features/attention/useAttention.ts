import type { UseQueryResult } from "@tanstack/react-query";

import { type AttentionList, commands } from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { useRead } from "../../api/query";
import { useLanguage } from "../../i18n/format";

/** Everything that needs a person now. */
export function useAttention(): UseQueryResult<AttentionList, PlazaError> {
  const language = useLanguage();
  return useRead(["attention", language], () => commands.attentionList(language), { keep: true });
}
