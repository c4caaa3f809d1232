import type { ReactNode } from "react";

import { commands } from "../../api/bindings";
import { useRead } from "../../api/query";
import { ErrorState, Skeleton } from "../../components";
import { useLanguage } from "../../i18n/format";
import { Forgotten } from "./Contributors";
import { Reactions } from "./Reactions";
import styles from "./Win.module.css";

/** What a room does with a win that it celebrates: somebody names who was forgotten, and says thanks. */
export function Room({ win }: { win: string }): ReactNode {
  const language = useLanguage();
  const page = useRead(["win", win, language], () => commands.winRead(win, language), { keep: true });
  const { data, error } = page;
  if (error && !data) return <ErrorState error={error} retry={() => void page.refetch()} />;
  if (!data) {
    return (
      <div aria-busy="true">
        <Skeleton height="8rem" />
      </div>
    );
  }
  return (
    <div className={styles.room}>
      <Forgotten win={data} />
      <Reactions win={data} />
    </div>
  );
}
