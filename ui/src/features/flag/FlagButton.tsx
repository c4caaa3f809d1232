import type { ReactNode } from "react";

import { Button } from "../../components";
import { type FlagTarget, useFlags } from "./target";

interface FlagButtonProps {
  target: FlagTarget;
  /** What it is called where its words do not say it all. */
  label?: string;
  look?: "plain" | "quiet";
  children: ReactNode;
}

/** Begins to ask about something. */
export function FlagButton({ target, label, look = "plain", children }: FlagButtonProps): ReactNode {
  const { flag } = useFlags();
  return (
    <Button look={look} onPress={() => flag(target)} {...(label ? { "aria-label": label } : {})}>
      {children}
    </Button>
  );
}
