import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MeetingLine, TurnView } from "../../api/bindings";
import { Button } from "../../components";
import { useFormat } from "../../i18n/format";
import { FacilitatorDialog } from "./FacilitatorDialog";
import styles from "./Meeting.module.css";

interface FacilitatorOfProps {
  meeting: MeetingLine;
  turns: readonly TurnView[];
}

/** Who facilitates a meeting; a press chooses somebody else. */
export function FacilitatorOf({ meeting, turns }: FacilitatorOfProps): ReactNode {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const name = meeting.facilitator ?? t("next.open");
  if (meeting.state === "cancelled") return name;
  return (
    <>
      <Button
        look="quiet"
        className={styles.name ?? ""}
        aria-label={t("facilitator.changeOf", { name, day: format.dayShort(meeting.day) })}
        onPress={() => setOpen(true)}
      >
        {name}
      </Button>
      {isOpen ? <FacilitatorDialog meeting={meeting} turns={turns} close={() => setOpen(false)} /> : null}
    </>
  );
}
