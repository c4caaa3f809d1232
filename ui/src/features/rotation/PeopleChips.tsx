import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button, ComboBox } from "../../components";
import { usePeople } from "../frame/start";
import { nameOf, usePeopleChoices } from "../meeting/words";
import styles from "./Rotation.module.css";

interface PeopleChipsProps {
  label: string;
  hint?: string;
  chosen: readonly string[];
  change: (chosen: string[]) => void;
  error?: string | undefined;
}

/** Several people: added one by one, and each taken off again with a click. */
export function PeopleChips({ label, hint, chosen, change, error }: PeopleChipsProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const people = usePeople();
  const choices = usePeopleChoices().filter((person) => !chosen.includes(person.value));
  return (
    <div className={styles.chips}>
      <ComboBox
        label={label}
        {...(hint === undefined ? {} : { hint })}
        choices={choices}
        value={null}
        onChange={(person) => change([...chosen, person])}
        placeholder={common("choose")}
        error={error}
      />
      {chosen.length > 0 ? (
        <div className={styles.actions}>
          {chosen.map((id) => {
            const name = nameOf(people, id);
            return (
              <Button
                key={id}
                look="quiet"
                aria-label={t("people.off", { name })}
                onPress={() => change(chosen.filter((one) => one !== id))}
              >
                {name} ×
              </Button>
            );
          })}
        </div>
      ) : null}
    </div>
  );
}
