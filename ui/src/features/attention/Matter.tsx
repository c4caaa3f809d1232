import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { AttentionView } from "../../api/bindings";
import { AddressLink } from "../../components";
import { useFormat } from "../../i18n/format";
import styles from "./Attention.module.css";

/** One matter: what it is, whom it waits for and since when; it leads to where it is looked at. */
export function Matter({ matter }: { matter: AttentionView }): ReactNode {
  const { t } = useTranslation("attention");
  const format = useFormat();
  const who = matter.is_mine
    ? t("mine")
    : matter.person === null
      ? t("nobody")
      : t("person", { person: matter.person });
  return (
    <li>
      <AddressLink address={matter.address}>
        {t(`kind.${matter.kind}`, { name: matter.name, subject: matter.subject })}
      </AddressLink>
      <span className={styles.who} title={format.moment(matter.since)}>
        {who} · {t("since", { when: format.ago(matter.since) })}
      </span>
    </li>
  );
}
