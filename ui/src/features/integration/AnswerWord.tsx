import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Answer } from "../../api/bindings";
import { Icon, type IconName } from "../../components/Icon";
import styles from "./Charter.module.css";

const ICONS: Record<Answer, IconName> = { yes: "check", partial: "warn", no: "close" };

/** An answer as a word with a shape. */
export function AnswerWord({ answer }: { answer: Answer | null }): ReactNode {
  const { t } = useTranslation("charter");
  return (
    <span className={styles.answer} data-answer={answer ?? "open"}>
      {answer === null ? null : <Icon name={ICONS[answer]} />}
      {t(`audit.word.${answer ?? "open"}`)}
    </span>
  );
}
