import { commands, type InboxKind, type ThreadList } from "../../api/bindings";
import { useRead } from "../../api/query";
import { type Slices, useSlices } from "../../api/slices";
import { useLanguage } from "../../i18n/format";
import { mattersOf } from "../attention/matters";
import { useAttention } from "../attention/useAttention";

/** A list of conversations; only slices in sight are read. */
export function useThreads(inbox: InboxKind): Slices<ThreadList> {
  const language = useLanguage();
  return useSlices(["threads", language, inbox], (offset, limit) =>
    commands.threadList(language, { inbox, offset, limit }),
  );
}

/** How many conversations and other matters wait for whoever acts; 0 until it is known. */
export function useWaiting(): number {
  const attention = useAttention();
  const language = useLanguage();
  const { data } = useRead(["threads", "waiting"], () =>
    commands.threadList(language, { inbox: "mine", offset: 0, limit: 1 }),
  );
  return (data?.counts.mine ?? 0) + mattersOf("mine", attention.data);
}
