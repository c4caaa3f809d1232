import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { type AuditPage, commands, type QuarterView, type QuestionView } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { ErrorState, Notice, Skeleton } from "../../components/State";
import table from "../../components/table.module.css";
import { useFormat, useLanguage } from "../../i18n/format";
import { AnswerWord } from "./AnswerWord";
import { AuditForm } from "./AuditForm";
import styles from "./Charter.module.css";
import { quarterParts } from "./quarter";

/** Thirteen questions: what Plaza knows, what people answered, and whether that is debt. */
export function Audit({ id }: { id: string }): ReactNode {
  const language = useLanguage();
  const page = useRead(["audit", id, language], () => commands.auditRead(language, id), { keep: true });
  const [answering, setAnswering] = useState(false);
  if (page.error && !page.data) return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  if (!page.data) return <Skeleton height="20rem" />;
  if (answering) return <AuditForm id={id} page={page.data} close={() => setAnswering(false)} />;
  return <Shown page={page.data} answer={() => setAnswering(true)} />;
}

function Shown({ page, answer }: { page: AuditPage; answer: () => void }): ReactNode {
  const { t } = useTranslation("charter");
  const quarter = quarterParts(page.quarter);
  return (
    <div className={styles.page}>
      <div className={styles.state}>
        <p>
          <strong>{t("audit.lacking", { count: page.lacking })}</strong> {page.debt ? t("audit.debt") : ""}{" "}
          <span className={styles.quiet}>{t(page.is_done ? "audit.done" : "audit.due", quarter)}</span>
        </p>
        <Button look={page.is_done ? "plain" : "primary"} onPress={answer}>
          {t(page.is_done ? "audit.again" : "audit.answer", quarter)}
        </Button>
      </div>
      {page.quarters.length === 0 ? <Notice>{t("audit.never")}</Notice> : <Trend quarters={page.quarters} />}
      <ol className={styles.questions}>
        {page.questions.map((question) => (
          <Question key={question.question} question={question} />
        ))}
      </ol>
    </div>
  );
}

function Question({ question }: { question: QuestionView }): ReactNode {
  return (
    <li className={styles.question}>
      <h3>{question.words}</h3>
      <AnswerWord answer={question.answer} />
      <div className={styles.more}>
        {question.evidence === null ? null : <p className={styles.quiet}>{question.evidence}</p>}
        {question.comment === "" ? null : <p>{`“${question.comment}”`}</p>}
      </div>
    </li>
  );
}

/** How wide a bar is for each answer that is not yes, rem: thirteen fit beside their number. */
const BAR_REM = 0.7;

function Trend({ quarters }: { quarters: readonly QuarterView[] }): ReactNode {
  const { t } = useTranslation("charter");
  const format = useFormat();
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <caption className={styles.quiet}>{t("audit.trend")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("audit.quarter")}</th>
            <th scope="col">{t("audit.notYes")}</th>
            <th scope="col">{t("audit.by")}</th>
          </tr>
        </thead>
        <tbody>
          {quarters.map((quarter) => (
            <tr key={quarter.quarter}>
              <th scope="row">{t("audit.quarterName", quarterParts(quarter.quarter))}</th>
              {quarter.audited ? (
                <>
                  <td>
                    <span
                      aria-hidden="true"
                      className={styles.bar}
                      style={{ width: `${(quarter.partial + quarter.no) * BAR_REM}rem` }}
                      {...(quarter.debt ? { "data-debt": "" } : {})}
                    />
                    {t("audit.counts", { no: quarter.no, partial: quarter.partial })}
                    {quarter.debt ? ` · ${t("audit.debtWord")}` : ""}
                  </td>
                  <td className={table.quiet}>
                    {quarter.by ?? t("nobody")}, {format.day(quarter.at)}
                  </td>
                </>
              ) : (
                <td colSpan={2} className={table.none}>
                  {t("audit.notAudited")}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
