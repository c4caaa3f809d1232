import { Link, useParams } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type RotationPage, type VisitView } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, ErrorState, Notice, Page, PageHeader, Skeleton, useSome } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { CalendarTable } from "./CalendarTable";
import { DebriefText } from "./DebriefText";
import { MatrixTable } from "./MatrixTable";
import { MyWishes } from "./MyWishes";
import { ProgramDialog } from "./ProgramDialog";
import { Proposals } from "./Proposals";
import { ReasonDialog } from "../workspace/ReasonDialog";
import styles from "./Rotation.module.css";
import { SwapList } from "./SwapList";
import { VisitTable } from "./VisitTable";

/** One rotation: its question, its calendar, its visits and what people brought home. */
export function RotationRoute(): ReactNode {
  const { rotation } = useParams({ from: "/rotations/$rotation" });
  const { t } = useTranslation("rotation");
  const language = useLanguage();
  const page = useRead(["rotation", rotation, language], () => commands.rotationRead(language, rotation));
  const { data, error } = page;
  return (
    <Page>
      <PageHeader
        title={data?.program.name ?? t("one")}
        above={<Link to="/rotations">{t("title")}</Link>}
        lead={data?.program.purpose}
        actions={data?.may_plan ? <Acts key={rotation} page={data} /> : null}
      />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? (
        <div aria-busy="true">
          <Skeleton height="24rem" />
        </div>
      ) : null}
      {data ? <Shown page={data} /> : null}
    </Page>
  );
}

/** Changing the program, and ending the rotation. */
function Acts({ page }: { page: RotationPage }): ReactNode {
  const { t } = useTranslation("rotation");
  const end = useAct(commands.rotationEnd, { inline: true });
  const [doing, setDoing] = useState<"change" | "end" | null>(null);
  return (
    <>
      <Button onPress={() => setDoing("change")}>{t("program.change")}</Button>
      <Button look="quiet" onPress={() => setDoing("end")}>
        {t("end.action")}
      </Button>
      {doing === "change" ? (
        <ProgramDialog program={page.program} weeks={page.weeks} close={() => setDoing(null)} />
      ) : null}
      {doing === "end" ? (
        <ReasonDialog
          title={t("end.title")}
          words={t("end.words")}
          confirm={t("end.action")}
          pending={end.pending}
          error={end.error}
          onClose={() => setDoing(null)}
          onConfirm={async (reason) => (await end.run(page.program.rotation, reason)) !== undefined}
        />
      ) : null}
    </>
  );
}

const VISITS_AT_ONCE = 50;
const DEBRIEFS_AT_ONCE = 10;

function Shown({ page }: { page: RotationPage }): ReactNode {
  const { t } = useTranslation("rotation");
  // What comes next stands first, everything else after it, the latest first.
  const isNext = (visit: VisitView): boolean => visit.standing === "planned" && !visit.is_over;
  const latest = page.visits.toReversed();
  const [visits, moreVisits] = useSome(
    page.visits.filter(isNext).concat(latest.filter((visit) => !isNext(visit))),
    VISITS_AT_ONCE,
  );
  const [debriefs, moreDebriefs] = useSome(
    latest.filter((visit) => visit.debrief !== null),
    DEBRIEFS_AT_ONCE,
  );
  return (
    <>
      <p className={styles.question}>{page.program.question}</p>
      {page.row.ended === null ? null : <Notice>{t("end.ended", { reason: page.row.ended })}</Notice>}
      {page.visits.length > 0 ? (
        <section className={styles.section} aria-labelledby="calendar">
          <h2 id="calendar">{t("calendar.title")}</h2>
          <CalendarTable calendar={page.calendar} />
        </section>
      ) : null}
      {page.may_plan ? (
        <Proposals rotation={page.program.rotation} published={page.row.is_published} />
      ) : page.visits.length === 0 ? (
        <p className={styles.quiet}>{t("list.unpublished")}</p>
      ) : null}
      {page.my_wishes ? <MyWishes rotation={page.program.rotation} mine={page.my_wishes} /> : null}
      {page.swaps.length > 0 ? (
        <section className={styles.section} aria-labelledby="swaps">
          <h2 id="swaps">{t("swap.swaps")}</h2>
          <SwapList swaps={page.swaps} />
        </section>
      ) : null}
      {page.visits.length > 0 ? (
        <>
          <section className={styles.section} aria-labelledby="visits">
            <h2 id="visits">{t("visit.title")}</h2>
            <VisitTable visits={visits} others={page.visits} />
            {moreVisits}
          </section>
          <section className={styles.section} aria-labelledby="debriefs">
            <h2 id="debriefs">{t("debrief.debriefs")}</h2>
            {debriefs.length === 0 ? <p className={styles.quiet}>{t("debrief.none")}</p> : null}
            {debriefs.map((visit) => (
              <DebriefText key={visit.placement} visit={visit} />
            ))}
            {moreDebriefs}
          </section>
          <section className={styles.section} aria-labelledby="matrix">
            <h2 id="matrix">{t("matrix.title")}</h2>
            <MatrixTable matrix={page.matrix} />
          </section>
        </>
      ) : null}
      <Plans page={page} />
    </>
  );
}

function Plans({ page }: { page: RotationPage }): ReactNode {
  const { t } = useTranslation("rotation");
  const format = useFormat();
  if (page.plans.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="plans">
      <h2 id="plans">{t("plan.title")}</h2>
      <ul className={styles.lines}>
        {page.plans.map((plan) => (
          <li key={plan.at}>
            {t("plan.words", {
              day: format.day(plan.at.slice(0, 10)),
              by: plan.by ?? "–",
              count: plan.visits,
            })}{" "}
            {plan.reason} {plan.is_blind ? t("plan.blind") : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
