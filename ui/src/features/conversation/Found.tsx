import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Found as Texts, type FoundText } from "../../api/bindings";
import { useRead } from "../../api/query";
import { AddressLink, ErrorState } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import styles from "./Conversations.module.css";

/** What was said with these words in it, the latest first. */
export function Found({ question }: { question: string }): ReactNode {
  const { t } = useTranslation("conversation");
  const language = useLanguage();
  const format = useFormat();
  const found = useRead(["text", language, question], () => commands.textSearch(language, question), {
    enabled: question !== "",
    keep: true,
  });
  const { data, error } = found;
  const words = ({ texts, has_more }: Texts): string => {
    if (texts.length === 0) return t("find.none");
    const count = texts.length;
    return has_more ? t("find.more", { shown: format.count(count) }) : t("find.results", { count });
  };
  if (error) return <ErrorState error={error} retry={() => void found.refetch()} />;
  if (question === "" || !data) return <p className={styles.quiet}>{t("find.searching")}</p>;
  return (
    <div className={styles.scroll}>
      <p className={styles.quiet} role="status">
        {words(data)}
      </p>
      <ul>
        {data.texts.map((text, place) => (
          // One message may hold the words twice.
          // oxlint-disable-next-line no-array-index-key
          <li key={`${text.address} ${text.at} ${place}`}>
            <Result text={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Result({ text }: { text: FoundText }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const noun = known(en.conversation.find.noun, text.noun);
  return (
    <AddressLink address={text.address} className={styles.line}>
      <span className={styles.about}>
        <span className={styles.cut}>
          {noun ? `${t(`find.noun.${noun}`)} · ` : ""}
          {text.about}
        </span>
        <span className={styles.ago}>{format.day(text.at)}</span>
      </span>
      <span className={styles.excerpt} dir="auto">
        {text.excerpt.map((piece, place) =>
          piece.is_found ? (
            // oxlint-disable-next-line no-array-index-key -- an excerpt has no other names for its pieces
            <mark key={place}>{piece.text}</mark>
          ) : (
            // oxlint-disable-next-line no-array-index-key -- as above
            <span key={place}>{piece.text}</span>
          ),
        )}
      </span>
    </AddressLink>
  );
}
