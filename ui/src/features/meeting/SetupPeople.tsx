import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MeetingForm, PersonView } from "../../api/bindings";
import { Button, Checkbox, Icon } from "../../components";
import styles from "./Meeting.module.css";
import { nameOf } from "./words";

interface PartProps {
  people: readonly PersonView[];
  draft: MeetingForm;
  change: (part: Partial<MeetingForm>) => void;
  error?: string | undefined;
}

function toggled(list: readonly string[], id: string, isOn: boolean): string[] {
  return isOn ? [...list, id] : list.filter((one) => one !== id);
}

/** Who attends, and who of them takes turns. */
export function People({ people, draft, change, error }: PartProps): ReactNode {
  const { t } = useTranslation("meeting");
  return (
    <fieldset className={styles.fieldset}>
      <legend>{t("setUp.people")}</legend>
      <ul className={styles.people}>
        {people.map(({ id, name }) => (
          <li key={id}>
            <Checkbox
              selected={draft.attendees.includes(id)}
              onChange={(isOn) =>
                change({
                  attendees: toggled(draft.attendees, id, isOn),
                  ...(isOn ? {} : { facilitators: toggled(draft.facilitators, id, false) }),
                })
              }
            >
              {name}
            </Checkbox>
            <Checkbox
              aria-label={t("setUp.facilitatesOf", { name })}
              selected={draft.facilitators.includes(id)}
              onChange={(isOn) =>
                change({
                  facilitators: toggled(draft.facilitators, id, isOn),
                  ...(isOn && !draft.attendees.includes(id) ? { attendees: [...draft.attendees, id] } : {}),
                })
              }
            >
              {t("setUp.facilitates")}
            </Checkbox>
          </li>
        ))}
      </ul>
      {error === undefined ? null : (
        <p className={styles.fault} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** The order of the turns. */
export function Facilitators({ people, draft, change }: PartProps): ReactNode {
  const { t } = useTranslation("meeting");
  const list = draft.facilitators;
  if (list.length < 2) return null;
  const earlier = (place: number): void => {
    const next = [...list];
    const [moved] = next.splice(place, 1);
    if (moved !== undefined) next.splice(place - 1, 0, moved);
    change({ facilitators: next });
  };
  return (
    <fieldset className={styles.fieldset}>
      <legend>{t("setUp.turns")}</legend>
      <ol className={styles.order}>
        {list.map((id, place) => {
          const name = nameOf(people, id);
          return (
            <li key={id}>
              {name}
              {place > 0 ? (
                <Button
                  look="quiet"
                  icon
                  aria-label={t("setUp.earlier", { name })}
                  onPress={() => earlier(place)}
                >
                  <Icon name="up" size={14} />
                </Button>
              ) : null}
            </li>
          );
        })}
      </ol>
    </fieldset>
  );
}
