import { useTranslation } from "react-i18next";

import type { SaidBy, ThreadLine } from "../../api/bindings";
import { useFormat } from "../../i18n/format";
import { useWorkspace } from "../frame/start";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";

/** What conversations are called. */
export interface TalkWords {
  /** Who did something; “somebody” where nobody had said whose the device was. */
  by: (said: SaidBy) => string;
  /** Whose device it was, where it was somebody else's. */
  device: (said: SaidBy) => string | null;
  outcome: (outcome: string) => string;
  /** How far a request for correction has come. */
  standing: (standing: string) => string;
  reaction: (reaction: string) => string;
  /** Names in a row: “Ana, Bernd and Chloé”. */
  names: (names: readonly string[]) => string;
  /** What is worth knowing about a conversation in a list, the most pressing first. */
  marks: (line: ThreadLine) => string[];
}

/** The words that list, page and dialogues share. */
export function useTalkWords(): TalkWords {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const { people } = useWorkspace();
  const outcome = (word: string): string => {
    const key = known(en.conversation.outcome, word);
    return key ? t(`outcome.${key}`) : word;
  };
  return {
    by: (said) => said.name ?? t("thread.somebody"),
    device: (said) =>
      said.on_device_of === null
        ? null
        : t("thread.onDevice", {
            name: people.find((person) => person.id === said.on_device_of)?.name ?? said.on_device_of,
          }),
    outcome,
    standing: (word) => {
      const key = known(en.conversation.standing, word);
      return key ? t(`standing.${key}`) : word;
    },
    reaction: (word) => {
      const key = known(en.conversation.reaction, word);
      return key ? t(`reaction.${key}`) : word;
    },
    names: (names) => new Intl.ListFormat(format.locale, { type: "conjunction" }).format(names),
    marks: (line) => [
      ...(line.outcome ? [outcome(line.outcome.outcome)] : []),
      ...(line.is_mine ? [t("line.mine")] : []),
      ...(line.talk ? [t(`line.talk.${line.talk}`)] : []),
      ...(line.is_circling ? [t("line.circling")] : []),
      ...(line.unanswered_days === null ? [] : [t("line.unanswered", { count: line.unanswered_days })]),
    ],
  };
}
