import type { ReactNode } from "react";

import { classes } from "../../components";
import styles from "./Icons.module.css";

interface Sign {
  sign: string;
  tone: "plain" | "good" | "bad";
}

const VARIATION: Record<string, Sign> = {
  "improving-high": { sign: "↑", tone: "good" },
  "improving-low": { sign: "↓", tone: "good" },
  "concerning-high": { sign: "↑", tone: "bad" },
  "concerning-low": { sign: "↓", tone: "bad" },
  "common-cause": { sign: "~", tone: "plain" },
  neutral: { sign: "•", tone: "plain" },
};

const ASSURANCE: Record<string, Sign> = {
  "consistently-passes": { sign: "✓", tone: "good" },
  "consistently-fails": { sign: "✕", tone: "bad" },
  "hit-or-miss": { sign: "?", tone: "plain" },
};

function One({ sign, words }: { sign: Sign | undefined; words: string | null }): ReactNode {
  if (!sign || !words) return null;
  return (
    <span
      className={classes(styles.icon, sign.tone === "good" && styles.good, sign.tone === "bad" && styles.bad)}
    >
      <span className={styles.sign} aria-hidden="true">
        {sign.sign}
      </span>
      {words}
    </span>
  );
}

interface IconsProps {
  variation: string | null;
  variationWords: string | null;
  assurance: string | null;
  assuranceWords: string | null;
}

/** The two icons of a chart: what it does, and what that does to the target. Words stand beside; shape and colour differ. */
export function Icons({ variation, variationWords, assurance, assuranceWords }: IconsProps): ReactNode {
  return (
    <div className={styles.icons}>
      <One sign={VARIATION[variation ?? ""]} words={variationWords} />
      <One sign={ASSURANCE[assurance ?? ""]} words={assuranceWords} />
    </div>
  );
}
