import type { ReactNode, Ref } from "react";
import { useTranslation } from "react-i18next";

import { commands, type ItemView, type MeetingRun } from "../../../api/bindings";
import { useRead } from "../../../api/query";
import { Button, EmptyState, ErrorState, Icon, Skeleton } from "../../../components";
import { useLanguage } from "../../../i18n/format";
import { usePeople } from "../../frame/start";
import { nameOf } from "../words";
import { ExhibitView } from "./Exhibit";
import styles from "./Run.module.css";
import type { RunActs } from "./useRunActs";

interface StageProps {
  run: MeetingRun;
  acts: RunActs;
  /** Lets a win's card fill the screen. */
  showCard: () => void;
  ref: Ref<HTMLElement>;
}

/** The item that is talked about, large enough for the last row. */
export function Stage({ run, acts, showCard, ref }: StageProps): ReactNode {
  const { t } = useTranslation("meeting");
  const { item } = acts;
  const [first] = run.agenda.items;
  return (
    <section ref={ref} tabIndex={-1} className={styles.stage} aria-labelledby="stage-title">
      {item ? (
        <Shown key={item.item} run={run} item={item} acts={acts} showCard={showCard} />
      ) : (
        <>
          <h1 id="stage-title" className={styles.hidden}>
            {t("stage.none")}
          </h1>
          <EmptyState
            title={t("stage.none")}
            actions={
              first ? (
                <Button look="primary" onPress={() => acts.enter(first.item)}>
                  {t("stage.first")}
                </Button>
              ) : null
            }
          >
            {t("stage.noneWords")}
          </EmptyState>
        </>
      )}
    </section>
  );
}

interface ShownProps {
  run: MeetingRun;
  item: ItemView;
  acts: RunActs;
  showCard: () => void;
}

function Shown({ run, item, acts, showCard }: ShownProps): ReactNode {
  const { t } = useTranslation("meeting");
  const language = useLanguage();
  const people = usePeople();
  const meeting = run.agenda.meeting.meeting;
  const exhibit = useRead(["exhibit", language, meeting, item.item], () =>
    commands.agendaExhibit(language, meeting, item.item),
  );
  const closing = run.course.find((course) => course.item === item.item)?.closing ?? null;
  return (
    <>
      <p className={styles.section}>{t(`section.${item.section}`)}</p>
      <h1 id="stage-title">{item.title}</h1>
      <p className={styles.why}>{item.reason_words}</p>
      <p className={styles.marks}>
        {[
          item.person === null ? null : t("agenda.leads", { name: nameOf(people, item.person) }),
          item.note === "" ? null : item.note,
        ]
          .filter((mark) => mark !== null)
          .join(" · ")}
      </p>
      {closing === null ? null : (
        <p className={styles.closing}>
          <Icon name="check" size={14} /> {t(`closing.${closing}`)}{" "}
          <Button look="quiet" onPress={() => acts.reopen(item.item)}>
            {t("stage.reopen")}
          </Button>
        </p>
      )}
      {exhibit.error && !exhibit.data ? (
        <ErrorState error={exhibit.error} retry={() => void exhibit.refetch()} />
      ) : null}
      {!exhibit.data && !exhibit.error ? <Skeleton height="16rem" /> : null}
      {exhibit.data ? <ExhibitView exhibit={exhibit.data} showCard={showCard} /> : null}
    </>
  );
}
