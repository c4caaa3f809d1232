import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type ReactionView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { MenuButton } from "../../components";
import { useFormat } from "../../i18n/format";
import styles from "./Entries.module.css";
import { useTalkWords } from "./words";

const REACTIONS = ["agree", "thanks", "surprised", "looking"] as const;

interface ReactionsProps {
  thread: string;
  /** Nothing for the question itself. */
  message: string | null;
  /** What the button is called. */
  label: string;
  reactions: readonly ReactionView[];
}

/** What people answered with one word, and the way to do so. */
export function Reactions({ thread, message, label, reactions }: ReactionsProps): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const words = useTalkWords();
  const react = useAct(commands.threadReact);
  const given = reactions.filter((each) => each.people.length > 0);
  const mine = new Set(given.filter((each) => each.is_mine).map((each) => each.reaction));
  const toggle = (reaction: string): void => {
    void react.run(thread, message, reaction, !mine.has(reaction));
  };
  return (
    <>
      {given.map((each) => {
        const reaction = words.reaction(each.reaction);
        const names = words.names(each.people);
        const number = format.count(each.people.length);
        return (
          <button
            key={each.reaction}
            type="button"
            className={styles.reaction}
            aria-pressed={each.is_mine}
            aria-label={t("reactionBy", { reaction, number, names })}
            title={names}
            onClick={() => toggle(each.reaction)}
          >
            {reaction} {number}
          </button>
        );
      })}
      <MenuButton
        look="quiet"
        label={label}
        entries={REACTIONS.filter((reaction) => !mine.has(reaction)).map((reaction) => ({
          id: reaction,
          label: words.reaction(reaction),
          run: () => toggle(reaction),
        }))}
      >
        {t("acts.react")}
      </MenuButton>
    </>
  );
}
