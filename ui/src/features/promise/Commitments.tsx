import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type CommitmentView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, classes, Icon, toast } from "../../components";
import { useFormat } from "../../i18n/format";
import { ReasonDialog } from "../workspace/ReasonDialog";
import { DayDialog } from "./DayDialog";
import { Filed } from "./Filed";
import styles from "./Promise.module.css";
import { useMeant } from "./useMeant";
import { useCommitmentAnswer } from "./words";

/** What people promised: those open first, by their day. */
export function Commitments({ commitments }: { commitments: readonly CommitmentView[] }): ReactNode {
  const { t } = useTranslation("promise");
  const open = commitments.filter((one) => one.is_open);
  const over = commitments.filter((one) => !one.is_open);
  return (
    <section aria-labelledby="commitments">
      <h2 id="commitments">{t("commitment.title")}</h2>
      {open.length === 0 ? <p className={styles.quiet}>{t("commitment.none")}</p> : null}
      <ul className={styles.list}>
        {open.map((one) => (
          <Commitment key={one.commitment} commitment={one} />
        ))}
      </ul>
      <Filed label={t("commitment.over", { count: over.length })} count={over.length}>
        {over.map((one) => (
          <Commitment key={one.commitment} commitment={one} />
        ))}
      </Filed>
    </section>
  );
}

function Commitment({ commitment }: { commitment: CommitmentView }): ReactNode {
  const { t } = useTranslation("promise");
  const format = useFormat();
  const words = useCommitmentAnswer()(commitment);
  const answer = useAct(commands.commitmentAnswer);
  const [asked, setAsked] = useState<"not_kept" | "moved" | null>(null);
  const meant = useMeant(commitment.commitment);
  const { commitment: id, text, is_open: isOpen } = commitment;
  const close = (): void => setAsked(null);
  const kept = async (): Promise<void> => {
    if ((await answer.run(id, { answer: "kept" })) === undefined) return;
    toast(t("commitment.keptToast", { text }), { undo: () => void answer.run(id, { answer: "open" }) });
  };
  return (
    <li {...meant}>
      <div className={styles.words}>
        <strong className={classes(!isOpen && styles.done)}>{text}</strong>
        <p className={styles.quiet}>
          {t("commitment.who", { name: commitment.name, day: format.day(commitment.due) })}
          {commitment.is_overdue ? (
            <span className={styles.late}>
              {" "}
              <Icon name="warn" size={14} /> {t("overdue")}
            </span>
          ) : null}
        </p>
        {words === null ? null : <p className={styles.quiet}>{words}</p>}
      </div>
      <div className={styles.acts}>
        {isOpen ? (
          <>
            <Button
              aria-label={t("commitment.keepOf", { text })}
              isPending={answer.pending}
              onPress={() => void kept()}
            >
              {t("commitment.keep")}
            </Button>
            <Button
              look="quiet"
              aria-label={t("commitment.failOf", { text })}
              onPress={() => setAsked("not_kept")}
            >
              {t("commitment.fail")}
            </Button>
            <Button
              look="quiet"
              aria-label={t("commitment.moveOf", { text })}
              onPress={() => setAsked("moved")}
            >
              {t("commitment.move")}
            </Button>
          </>
        ) : (
          <Button
            look="quiet"
            aria-label={t("commitment.openOf", { text })}
            onPress={() => void answer.run(id, { answer: "open" })}
          >
            {t("commitment.open")}
          </Button>
        )}
      </div>
      <ReasonDialog
        title={t("commitment.failTitle")}
        words={text}
        confirm={t("commitment.failAction")}
        open={asked === "not_kept"}
        pending={answer.pending}
        onClose={close}
        onConfirm={async (reason) => (await answer.run(id, { answer: "not_kept", reason })) !== undefined}
      />
      {asked === "moved" ? (
        <DayDialog
          title={t("commitment.moveTitle")}
          words={text}
          label={t("reason")}
          day={t("commitment.moveDay")}
          confirm={t("commitment.moveAction")}
          from={commitment.due}
          close={close}
          confirmed={async (to, reason) =>
            (await answer.run(id, { answer: "moved", to, reason })) !== undefined
          }
        />
      ) : null}
    </li>
  );
}
