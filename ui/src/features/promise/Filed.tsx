import { useState, type ReactNode } from "react";

import { Button, Icon } from "../../components";
import styles from "./Promise.module.css";

interface FiledProps {
  label: string;
  count: number;
  children: ReactNode;
}

/** What is over: out of the way until somebody looks for it. */
export function Filed({ label, count, children }: FiledProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  if (count === 0) return null;
  return (
    <>
      <Button look="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? "chevron" : "right"} size={14} /> {label}
      </Button>
      {isOpen ? <ul className={styles.list}>{children}</ul> : null}
    </>
  );
}
