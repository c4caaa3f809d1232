import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { AgreedSplit, OrderPage } from "../../api/bindings";
import { DepartmentBadge, departmentOf, Notice } from "../../components";
import { useFormat } from "../../i18n/format";
import { Parts } from "../board/Parts";
import { useTalkWords } from "../conversation/words";
import styles from "./Order.module.css";

/** What people agreed on against the split by the milestones, beside that one; nothing where nobody said anything. */
export function Agreed({ page }: { page: OrderPage }): ReactNode {
  const { t } = useTranslation("order");
  const { split } = page;
  if (split === null) return null;
  const { agreed } = split;
  return (
    <div className={styles.agreed}>
      {split.is_in_force ? (
        <Parts title={t("agreed.counted")} parts={split.counted} departments={page.departments} />
      ) : null}
      {agreed ? <Word page={page} word={agreed} label={t("agreed.label")} /> : null}
      {agreed && !split.is_in_force ? <Notice>{t("agreed.idle")}</Notice> : null}
      {agreed && split.has_changed ? (
        <Notice>
          {split.late_days_then === null
            ? t("agreed.changed")
            : t("agreed.changedDays", { count: split.late_days_then })}
        </Notice>
      ) : null}
      {split.earlier.length > 0 ? (
        <details>
          <summary>{t("agreed.earlier", { count: split.earlier.length })}</summary>
          {split.earlier.map((word) => (
            <Word
              key={word.said.at}
              page={page}
              word={word}
              label={t(word.shares.length === 0 ? "agreed.withdrawn" : "agreed.label")}
            />
          ))}
        </details>
      ) : null}
    </div>
  );
}

/** Who said what, when and why, with the way to the conversation. */
function Word({ page, word, label }: { page: OrderPage; word: AgreedSplit; label: string }): ReactNode {
  const { t } = useTranslation("order");
  const format = useFormat();
  const words = useTalkWords();
  return (
    <div className={styles.word}>
      <p>
        <strong>{label}</strong>{" "}
        <span className={styles.quiet}>
          {t("agreed.by", { name: words.by(word.said), day: format.day(word.said.at) })}
        </span>
      </p>
      {word.shares.length > 0 ? (
        <p className={styles.given}>
          {word.shares.map((share) => (
            <span key={share.department}>
              <DepartmentBadge department={departmentOf(page.departments, share.department)} />{" "}
              {`${format.number(share.percent)}\u00a0%`}
            </span>
          ))}
        </p>
      ) : null}
      <p className={styles.quiet}>{word.reason}</p>
      {word.thread ? (
        <Link to="/conversations/$thread" params={{ thread: word.thread }}>
          {t("agreed.thread")}
        </Link>
      ) : null}
    </div>
  );
}
