import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "../../components";
import styles from "./Agenda.module.css";

const MINUTES_MAX = 120;
/** Above this, minutes go in steps of it: nobody plans 17 minutes. */
const STEP = 5;

/** The next time box up or down: by one below five minutes, by five above. */
export function stepped(minutes: number, direction: 1 | -1): number {
  const step = direction === 1 ? (minutes < STEP ? 1 : STEP) : minutes <= STEP ? 1 : STEP;
  return Math.min(Math.max(minutes + direction * step, 1), MINUTES_MAX);
}

interface StepperProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

/** An item's minutes, a press shorter or longer. */
export function Stepper({ label, value, onChange }: StepperProps): ReactNode {
  const { t } = useTranslation("meeting");
  return (
    <div role="group" aria-label={label} className={styles.stepper}>
      <Button
        look="quiet"
        icon
        aria-label={t("agenda.shorter")}
        isDisabled={value <= 1}
        onPress={() => onChange(stepped(value, -1))}
      >
        −
      </Button>
      <span aria-live="polite">{t("minutes", { count: value })}</span>
      <Button
        look="quiet"
        icon
        aria-label={t("agenda.longer")}
        isDisabled={value >= MINUTES_MAX}
        onPress={() => onChange(stepped(value, 1))}
      >
        +
      </Button>
    </div>
  );
}
