import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button, Icon } from "../../../components";
import type { Kind } from "./draft";
import type { Side } from "./Run";
import styles from "./Run.module.css";
import type { RunActs } from "./useRunActs";

const CAPTURES = [
  ["decision", "D"],
  ["need", "N"],
  ["commitment", "C"],
  ["note", "M"],
] as const;
const CLOSINGS = [
  ["understood", "U"],
  ["parked", "P"],
  ["next_time", "L"],
] as const;
const SIDES = [
  ["attendance", "A"],
  ["round", "R"],
  ["agenda", "G"],
] as const;

interface FootProps {
  capture: (kind: Kind) => void;
  acts: RunActs;
  side: Side;
  show: (side: Side) => void;
}

/** What can be done now, each with its key. */
export function Foot({ capture, acts, side, show }: FootProps): ReactNode {
  const { t } = useTranslation("meeting");
  const isNone = acts.item === undefined;
  return (
    <footer className={styles.foot} aria-label={t("foot.title")}>
      <div className={styles.group} role="group" aria-label={t("foot.capture")}>
        {CAPTURES.map(([kind, key]) => (
          <Button key={kind} onPress={() => capture(kind)}>
            {t(`capture.${kind}`)} <kbd>{key}</kbd>
          </Button>
        ))}
      </div>
      <div className={styles.group} role="group" aria-label={t("foot.close")}>
        {CLOSINGS.map(([closing, key]) => (
          <Button key={closing} look="quiet" isDisabled={isNone} onPress={() => acts.close(closing)}>
            {t(`foot.${closing}`)} <kbd>{key}</kbd>
          </Button>
        ))}
      </div>
      <div className={styles.group} role="group" aria-label={t("foot.side")}>
        {SIDES.map(([name, key]) => (
          <Button key={name} look="quiet" aria-pressed={side === name} onPress={() => show(name)}>
            {t(`side.${name}`)} <kbd>{key}</kbd>
          </Button>
        ))}
      </div>
      <div className={styles.group} role="group" aria-label={t("foot.walk")}>
        <Button aria-label={t("foot.back")} onPress={acts.back} isDisabled={acts.place <= 0}>
          <Icon name="left" size={14} /> <kbd>←</kbd>
        </Button>
        <Button look="primary" onPress={acts.next} isDisabled={isNone}>
          {t("foot.next")} <kbd>→</kbd>
        </Button>
      </div>
    </footer>
  );
}
