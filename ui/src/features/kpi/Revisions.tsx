import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { KpiId, RevisionEntry, RevisionSplit, RevisionView, Unit, WeekPanel } from "../../api/bindings";
import { useFormat } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import styles from "./Kpi.module.css";

const CAUSES = ["first", "refinement", "restatement"] as const;
type Cause = (typeof CAUSES)[number];

function isCause(word: string): word is Cause {
  return CAUSES.some((cause) => cause === word);
}

/** All values that a week has had, who signed them, and what moved them. */
export function Revisions({ kpi, panel, unit }: { kpi: KpiId; panel: WeekPanel; unit: Unit }): ReactNode {
  const { t } = useTranslation("kpi");
  return (
    <>
      <h3>{t("revisions.title", { count: panel.revisions.length })}</h3>
      <ol className={styles.revisions}>
        {panel.revisions.map((revision) => (
          <Revision key={revision.revision} kpi={kpi} week={panel.week} revision={revision} unit={unit} />
        ))}
      </ol>
    </>
  );
}

interface RevisionProps {
  kpi: KpiId;
  week: string;
  revision: RevisionView;
  unit: Unit;
}

function Revision({ kpi, week, revision, unit }: RevisionProps): ReactNode {
  const { t } = useTranslation("kpi");
  const format = useFormat();
  const words = useKpiWords();
  const cause = isCause(revision.cause) ? t(`revisions.${revision.cause}`) : revision.cause;
  return (
    <li className={styles.revision} {...(revision.signed_by ? { "data-signed": "" } : {})}>
      <strong>{words.value(revision.value, unit)}</strong> ·{" "}
      {t("revisions.number", { number: revision.revision })}, {cause}
      <div className={styles.quiet}>
        {format.moment(revision.known_from)}
        {revision.moved > 0
          ? ` · ${t("revisions.moved", { count: revision.moved })}${
              revision.moved_examples.length > 0 ? ` (${revision.moved_examples.join(", ")})` : ""
            }`
          : ""}
        {revision.definition === null
          ? ""
          : ` · ${t("definition.byDefinition", { version: revision.definition })}`}
        {revision.definition_reason === null
          ? ""
          : ` ${t("definition.because", { reason: revision.definition_reason })}`}
      </div>
      {revision.entered ? <Entered kpi={kpi} week={week} entry={revision.entered} /> : null}
      {revision.split ? <Split split={revision.split} /> : null}
      {revision.signed_by ? (
        <div>
          {t("revisions.signed", { name: revision.signed_by, day: format.moment(revision.signed_at) })}
          {revision.note ? <span className={styles.quiet}> {`“${revision.note}”`}</span> : null}
        </div>
      ) : null}
    </li>
  );
}

interface EnteredProps {
  kpi: KpiId;
  week: string;
  entry: RevisionEntry;
}

/** Who entered a revision, by hand or from a file, and why. */
function Entered({ kpi, week, entry }: EnteredProps): ReactNode {
  const { t } = useTranslation("measure");
  const { t: figures } = useTranslation("figures");
  const { file } = entry;
  return (
    <div>
      {t("enteredBy", { name: entry.by ?? t("somebody") })}
      {file === null ? null : (
        <>
          {" "}
          {figures("revision.from")}{" "}
          <Link to="/kpi/$kpi/files/$figures" params={{ kpi, figures: file.figures }} search={{ week }}>
            {file.name}
          </Link>
        </>
      )}
      {entry.reason === "" ? null : (
        <span className={styles.quiet}> {t("because", { reason: entry.reason })}</span>
      )}
      {file?.was_held ? <div className={styles.quiet}>{figures("revision.was_held")}</div> : null}
    </div>
  );
}

/** Which split that people agreed on, or took back, made a revision. */
function Split({ split }: { split: RevisionSplit }): ReactNode {
  const { t } = useTranslation("kpi");
  const { order, line, thread } = split;
  return (
    <div>
      {t(split.is_withdrawn ? "split.withdrawn" : "split.agreed", { order, line })}{" "}
      {thread ? (
        <Link to="/conversations/$thread" params={{ thread }}>
          {t("split.thread")}
        </Link>
      ) : null}
    </div>
  );
}
