import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type MyWishes as Mine } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Select } from "../../components";
import styles from "./Rotation.module.css";

const STRENGTHS = ["1", "2", "3"] as const;
const NONE = "0";

/** What the reader wishes to see: a word on each department that theirs may visit. */
export function MyWishes({ rotation, mine }: { rotation: string; mine: Mine }): ReactNode {
  const { t } = useTranslation("rotation");
  const set = useAct(commands.wishesSet);
  const strengthOf = (host: string): string =>
    String(mine.wishes.find((wish) => wish.host === host)?.strength ?? NONE);
  const change = (host: string, strength: string): void => {
    const others = mine.wishes.filter((wish) => wish.host !== host);
    const wishes = strength === NONE ? others : [...others, { host, strength: Number(strength) }];
    void set.run({ rotation, wishes });
  };
  return (
    <section className={styles.section} aria-labelledby="wishes">
      <h2 id="wishes">{t("wish.title")}</h2>
      <p className={styles.quiet}>{t("wish.lead")}</p>
      <div className={styles.pair}>
        {mine.hosts.map((host) => (
          <Select
            key={host.id}
            label={host.name}
            choices={[
              { value: NONE, label: t("wish.none") },
              ...STRENGTHS.map((one) => ({ value: one, label: t(`people.strengths.${one}`) })),
            ]}
            value={strengthOf(host.id)}
            onChange={(strength) => change(host.id, strength)}
          />
        ))}
      </div>
    </section>
  );
}
