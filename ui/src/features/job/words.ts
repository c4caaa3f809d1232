import { useTranslation } from "react-i18next";

import { commands, type JobView } from "../../api/bindings";
import { useRead } from "../../api/query";
import { en } from "../../i18n/resources";
import { known } from "../../i18n/known";

export interface JobWords {
  /** What is worked on: “Pulling Northwind orders”. */
  title: string;
  /** What is being done right now: “Reading rows… 1,200 of 5,000”. */
  step: string;
  /** How it ended, if it has. */
  end: string;
}

type Kind = keyof typeof en.job.done;

/** Says a job in the reader's words. */
export function useJobWords(): (job: JobView) => JobWords {
  const { t } = useTranslation("job");
  const { data: list } = useRead(["integration", "list"], commands.integrationList);
  return (job) => {
    const kind = known(en.job.done, job.kind) ?? "pull";
    const subject = list?.integrations.find((one) => one.id === job.subject)?.name ?? job.subject;
    const shown: Kind = kind === "pull" && (subject === null || job.kind !== "pull") ? "pullPlain" : kind;
    const words = { subject: subject ?? "" };
    const step = known(en.job.step, job.step) ?? "other";
    return {
      title: t(`kind.${shown}`, words),
      step: stepWords(job, t(`step.${step}`)),
      end:
        job.state === "failed"
          ? t(`failed.${shown}`, words)
          : job.state === "cancelled"
            ? t("state.cancelled")
            : t(`done.${shown}`, words),
    };
  };

  function stepWords(job: JobView, plain: string): string {
    const done = job.done ?? 0;
    if (job.total !== null && job.total > 0) {
      const counts = { done, total: job.total };
      if (job.kind === "sample" && job.step === "pulling") return t("sampleStep.pulling", counts);
      if (job.kind === "sample" && job.step === "writing_files") return t("sampleStep.writing", counts);
      return `${plain} ${t("progress", counts)}`;
    }
    return done > 0 ? `${plain} ${t("progressOpen", { done })}` : plain;
  }
}
