import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button as AriaButton } from "react-aria-components";

import { Icon, type IconName } from "../../../components/Icon";
import { type Kind, KINDS, UNTESTED } from "./system";
import styles from "./System.module.css";

/** The first question: files, or which kind of system. One press answers it. */
export function OriginStep({ choose }: { choose: (origin: "files" | Kind) => void }): ReactNode {
  const { t } = useTranslation("offer");
  const { t: common } = useTranslation("integration");
  return (
    <section className={styles.origin}>
      <h2>{t("origin.title")}</h2>
      <p className={styles.lead}>{t("origin.lead")}</p>
      <Way
        icon="file"
        title={t("origin.files")}
        hint={t("origin.filesHint")}
        choose={() => choose("files")}
      />
      <h3>{t("origin.systems")}</h3>
      <ul className={styles.kinds}>
        {KINDS.map((kind) => (
          <li key={kind}>
            <Way
              icon="table"
              title={common(`connection.kind.${kind}`)}
              hint={t(`origin.hint.${kind}`)}
              {...(UNTESTED.includes(kind) ? { mark: t("origin.untested") } : {})}
              choose={() => choose(kind)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Way(props: {
  icon: IconName;
  title: string;
  hint: string;
  mark?: string;
  choose: () => void;
}): ReactNode {
  return (
    <div className={styles.way}>
      <Icon name={props.icon} />
      <div>
        <AriaButton className={styles.choose ?? ""} onPress={props.choose}>
          {props.title}
        </AriaButton>
        {props.mark ? <span className={styles.mark}>{props.mark}</span> : null}
        <p className={styles.hint}>{props.hint}</p>
      </div>
    </div>
  );
}
