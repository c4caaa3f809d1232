import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type NeedView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, DepartmentBadge, departmentOf, Icon } from "../../components";
import { useFormat } from "../../i18n/format";
import { useStart } from "../frame/start";
import { ReasonDialog } from "../workspace/ReasonDialog";
import { DayDialog } from "./DayDialog";
import { Filed } from "./Filed";
import styles from "./Promise.module.css";
import { useMeant } from "./useMeant";
import { useNeedAnswer } from "./words";

/** What one department needs of another. */
export function Needs({ needs }: { needs: readonly NeedView[] }): ReactNode {
  const { t } = useTranslation("promise");
  const open = needs.filter((need) => need.is_open);
  const over = needs.filter((need) => !need.is_open);
  return (
    <section aria-labelledby="needs">
      <h2 id="needs">{t("need.title")}</h2>
      {open.length === 0 ? <p className={styles.quiet}>{t("need.none")}</p> : null}
      <ul className={styles.list}>
        {open.map((need) => (
          <Need key={need.need} need={need} />
        ))}
      </ul>
      <Filed label={t("need.over", { count: over.length })} count={over.length}>
        {over.map((need) => (
          <Need key={need.need} need={need} />
        ))}
      </Filed>
    </section>
  );
}

type Asked = "declined" | "countered" | "not_met";

function Need({ need }: { need: NeedView }): ReactNode {
  const { t } = useTranslation("promise");
  const format = useFormat();
  const answerWords = useNeedAnswer();
  const departments = useStart().data?.workspace?.departments ?? [];
  const [asked, setAsked] = useState<Asked | null>(null);
  const meant = useMeant(need.need);
  return (
    <li {...meant}>
      <div className={styles.words}>
        <strong>{need.text}</strong>
        <p className={styles.pair}>
          <DepartmentBadge department={departmentOf(departments, need.from)} />
          <span>{t("need.asks")}</span>
          <DepartmentBadge department={departmentOf(departments, need.to)} />
          <span className={styles.quiet}>{t("need.by", { day: format.day(need.by) })}</span>
          {need.is_overdue ? (
            <span className={styles.late}>
              <Icon name="warn" size={14} /> {t("overdue")}
            </span>
          ) : null}
        </p>
        <p className={styles.quiet}>
          {answerWords(need.answer)}
          {need.answered === null ? null : <> · {need.answered.name ?? "–"}</>}
        </p>
      </div>
      {need.is_open ? <Acts need={need} ask={setAsked} /> : <Again need={need} />}
      <Questions need={need} asked={asked} close={() => setAsked(null)} />
    </li>
  );
}

/** An answer that came too soon, or a promise that did not hold. */
function Again({ need }: { need: NeedView }): ReactNode {
  const { t } = useTranslation("promise");
  const answer = useAct(commands.needAnswer);
  return (
    <div className={styles.acts}>
      <Button
        look="quiet"
        aria-label={t("again.openOf", { text: need.text })}
        isPending={answer.pending}
        onPress={() => void answer.run(need.need, { answer: "open" })}
      >
        {t("again.open")}
      </Button>
    </div>
  );
}

function Acts({ need, ask }: { need: NeedView; ask: (asked: Asked) => void }): ReactNode {
  const { t } = useTranslation("promise");
  const answer = useAct(commands.needAnswer);
  const { text } = need;
  const isAccepted = need.answer?.answer === "accepted";
  const accept = t(need.answer?.answer === "countered" ? "need.acceptOffer" : "need.accept");
  return (
    <div className={styles.acts}>
      {isAccepted ? (
        <>
          <Button
            aria-label={t("need.meetOf", { text })}
            isPending={answer.pending}
            onPress={() => void answer.run(need.need, { answer: "met" })}
          >
            {t("need.meet")}
          </Button>
          <Button look="quiet" aria-label={t("need.missOf", { text })} onPress={() => ask("not_met")}>
            {t("need.miss")}
          </Button>
        </>
      ) : (
        <>
          <Button
            aria-label={`${accept}: ${text}`}
            isPending={answer.pending}
            onPress={() => void answer.run(need.need, { answer: "accepted" })}
          >
            {accept}
          </Button>
          <Button look="quiet" aria-label={t("need.declineOf", { text })} onPress={() => ask("declined")}>
            {t("need.decline")}
          </Button>
          <Button look="quiet" aria-label={t("need.counterOf", { text })} onPress={() => ask("countered")}>
            {t("need.counter")}
          </Button>
        </>
      )}
    </div>
  );
}

interface QuestionsProps {
  need: NeedView;
  asked: Asked | null;
  close: () => void;
}

function Questions({ need, asked, close }: QuestionsProps): ReactNode {
  const { t } = useTranslation("promise");
  const answer = useAct(commands.needAnswer);
  const send = async (given: Parameters<typeof answer.run>[1]): Promise<boolean> =>
    (await answer.run(need.need, given)) !== undefined;
  return (
    <>
      <ReasonDialog
        title={t("need.declineTitle")}
        words={need.text}
        confirm={t("need.declineAction")}
        open={asked === "declined"}
        pending={answer.pending}
        onClose={close}
        onConfirm={(reason) => send({ answer: "declined", reason })}
      />
      <ReasonDialog
        title={t("need.missTitle")}
        words={need.text}
        confirm={t("need.missAction")}
        open={asked === "not_met"}
        pending={answer.pending}
        onClose={close}
        onConfirm={(reason) => send({ answer: "not_met", reason })}
      />
      {asked === "countered" ? (
        <DayDialog
          title={t("need.counterTitle")}
          words={need.text}
          label={t("need.counterText")}
          day={t("need.counterDay")}
          confirm={t("need.counterAction")}
          from={need.by}
          close={close}
          confirmed={(by, text) => send({ answer: "countered", text, by })}
        />
      ) : null}
    </>
  );
}
