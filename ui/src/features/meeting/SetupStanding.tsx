import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { StandingItem } from "../../api/bindings";
import { Button, Icon, NumberField, Select, TextField } from "../../components";
import styles from "./Meeting.module.css";
import { useSectionChoices } from "./words";

const NEW_MINUTES = 5;

interface StandingProps {
  items: readonly StandingItem[];
  change: (items: StandingItem[]) => void;
  error: string | undefined;
}

/** What is on every agenda. */
export function Standing({ items, change, error }: StandingProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { t: common } = useTranslation();
  const sections = useSectionChoices();
  const put = (id: string, part: Partial<StandingItem>): void =>
    change(items.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const add = (): void =>
    change([...items, { id: crypto.randomUUID(), section: "close", title: "", minutes: NEW_MINUTES }]);
  return (
    <fieldset className={styles.fieldset}>
      <legend>{t("setUp.standing")}</legend>
      {items.length === 0 ? <p className={styles.quiet}>{t("setUp.standingNone")}</p> : null}
      {items.map((item) => (
        <div key={item.id} className={styles.standing}>
          <TextField
            label={t("item.title")}
            value={item.title}
            onChange={(title) => put(item.id, { title })}
            error={item.title.trim() === "" ? error : undefined}
          />
          <Select
            label={t("item.section")}
            choices={sections}
            value={item.section}
            onChange={(section) => put(item.id, { section })}
          />
          <NumberField
            label={t("item.minutes")}
            min={1}
            max={120}
            value={item.minutes}
            onChange={(minutes) => put(item.id, { minutes: minutes ?? item.minutes })}
          />
          <Button
            look="quiet"
            icon
            aria-label={t("setUp.removeOf", { title: item.title })}
            onPress={() => change(items.filter((one) => one.id !== item.id))}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
      <div>
        <Button onPress={add}>
          <Icon name="plus" size={14} /> {common("add")}
        </Button>
      </div>
    </fieldset>
  );
}
