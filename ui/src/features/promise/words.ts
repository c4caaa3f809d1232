import { useTranslation } from "react-i18next";

import type { CommitmentView, NeedAnswer } from "../../api/bindings";
import { useFormat } from "../../i18n/format";

/** What a department said to a need, in words. */
export function useNeedAnswer(): (answer: NeedAnswer | null) => string {
  const { t } = useTranslation("promise");
  const format = useFormat();
  return (answer) => {
    if (answer === null) return t("need.unanswered");
    switch (answer.answer) {
      case "accepted":
        return t("need.accepted");
      case "open":
        return t("need.unanswered");
      case "met":
        return t("need.met");
      case "declined":
        return t("need.declined", { reason: answer.reason });
      case "not_met":
        return t("need.notMet", { reason: answer.reason });
      case "countered":
        return t("need.countered", { text: answer.text, day: format.dayShort(answer.by) });
      default:
        return "";
    }
  };
}

/** What became of a commitment, in words; nothing while it is open and was never moved. */
export function useCommitmentAnswer(): (commitment: CommitmentView) => string | null {
  const { t } = useTranslation("promise");
  const format = useFormat();
  return ({ answer, moved, first_due: first }) => {
    switch (answer?.answer) {
      case "kept":
        return t("commitment.kept");
      case "not_kept":
        return t("commitment.notKept", { reason: answer.reason });
      case "moved":
        return t("commitment.moved", { count: moved, day: format.dayShort(first), reason: answer.reason });
      default:
        return null;
    }
  };
}
