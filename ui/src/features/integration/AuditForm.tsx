import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { type AnswerDraft, type AuditPage, commands, type QuestionView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { Segments } from "../../components/Segments";
import { Notice } from "../../components/State";
import { toast } from "../../components/toast";
import { AnswerWord } from "./AnswerWord";
import styles from "./Charter.module.css";
import { quarterParts } from "./quarter";

interface AuditFormProps {
  id: string;
  page: AuditPage;
  close: () => void;
}

/** All questions at once, saved as one audit of the quarter. */
export function AuditForm({ id, page, close }: AuditFormProps): ReactNode {
  const { t } = useTranslation("charter");
  const { t: common } = useTranslation();
  const save = useAct(commands.auditSave, { inline: true });
  const [drafts, setDrafts] = useState(() => page.questions.map(draftOf));
  const change = (question: string, part: Partial<AnswerDraft>): void =>
    setDrafts(drafts.map((one) => (one.question === question ? { ...one, ...part } : one)));
  const send = async (): Promise<void> => {
    if ((await save.run(id, drafts)) === undefined) return;
    toast(t("audit.saved"));
    close();
  };
  return (
    <div className={styles.page}>
      <p className={styles.quiet}>{t("audit.lead", quarterParts(page.quarter))}</p>
      <ol className={styles.questions}>
        {page.questions.map((question) => {
          const draft = drafts.find((one) => one.question === question.question) ?? draftOf(question);
          return (
            <AskedQuestion
              key={question.question}
              question={question}
              draft={draft}
              change={(part) => change(question.question, part)}
              error={save.error?.field(question.question)}
            />
          );
        })}
      </ol>
      {save.error ? (
        <Notice tone="bad">{save.error.fields.length > 0 ? t("audit.faults") : save.error.message}</Notice>
      ) : null}
      <div className={styles.acts}>
        <Button look="primary" isPending={save.pending} onPress={() => void send()}>
          {t("audit.save")}
        </Button>
        <Button onPress={close}>{common("cancel")}</Button>
      </div>
    </div>
  );
}

/** What was said last, as long as the evidence still allows it. */
function draftOf(question: QuestionView): AnswerDraft {
  const allowed = question.said !== null && question.allowed.includes(question.said);
  return {
    question: question.question,
    answer: allowed ? question.said : null,
    comment: question.comment,
  };
}

interface AskedQuestionProps {
  question: QuestionView;
  draft: AnswerDraft;
  change: (part: Partial<AnswerDraft>) => void;
  error: string | undefined;
}

function AskedQuestion({ question, draft, change, error }: AskedQuestionProps): ReactNode {
  const { t } = useTranslation("charter");
  const { allowed } = question;
  return (
    <li className={styles.question}>
      <h3>{question.words}</h3>
      {allowed.length === 1 ? (
        <AnswerWord answer={question.known} />
      ) : (
        <Segments
          bare
          label={question.words}
          choices={allowed.map((answer) => ({ value: answer, label: t(`audit.word.${answer}`) }))}
          value={draft.answer ?? question.known}
          onChange={(answer) => change({ answer })}
        />
      )}
      <div className={styles.more}>
        {question.evidence === null ? null : <p className={styles.quiet}>{question.evidence}</p>}
        <TextField
          label={t("audit.comment")}
          value={draft.comment}
          onChange={(comment) => change({ comment })}
          error={error}
        />
      </div>
    </li>
  );
}
