import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { IntegrationCard } from "../../api/bindings";
import { Button } from "../../components/Button";
import { JobProgress } from "../job/JobProgress";
import { pullOf, useJobs, usePull } from "../job/jobs";
import styles from "./Integration.module.css";

/** Pull now; while it runs, how far it is and a cancel. It goes on when the page is left. */
export function PullButton({
  card,
  look = "plain",
  words,
}: {
  card: IntegrationCard;
  look?: "plain" | "primary";
  /** What it says in place of its own words, and what is read out. */
  words?: readonly [string, string];
}): ReactNode {
  const { t } = useTranslation("integration");
  const jobs = useJobs();
  const pull = usePull();
  const job = pullOf(jobs, card.id);
  if (job) {
    return (
      <div className={styles.pulling}>
        <JobProgress job={job} />
      </div>
    );
  }
  return (
    <Button
      look={look}
      aria-label={words?.[1] ?? t("pullOf", { name: card.name })}
      onPress={() => void pull(card.id)}
    >
      {words?.[0] ?? t("pull")}
    </Button>
  );
}
