import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type JobView, type ProposalView, type ProposedView } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, ErrorState, Notice, Skeleton, toast } from "../../components";
import table from "../../components/table.module.css";
import { useFormat, useLanguage } from "../../i18n/format";
import { JobProgress } from "../job/JobProgress";
import { useJobs, useNewJob } from "../job/jobs";
import { ReasonDialog } from "../workspace/ReasonDialog";
import styles from "./Rotation.module.css";

const KINDS = ["balanced", "coverage", "fair", "wishes", "fewest_changes"] as const;

/** Searches of which a proposal was published: they are not shown again, whichever page was looked at meanwhile. */
const SETTLED = new Set<number>();

/** The newest search for a rotation's schedules: it and what it found outlast a visit to another page. */
function useSearchOf(rotation: string, begun: number | null): JobView | null {
  const own = useJobs().filter((job) => job.kind === "plan" && job.subject === rotation);
  const newest = own.reduce<JobView | null>((best, job) => (best && best.id > job.id ? best : job), null);
  if (newest === null || SETTLED.has(newest.id)) return null;
  // That an older one failed or was stopped is no news.
  return newest.id === begun || newest.state === "running" || newest.state === "done" ? newest : null;
}

interface ProposalsProps {
  rotation: string;
  /** A plan stands already: it is replaced with a reason. */
  published: boolean;
}

/** Looks for schedules and shows them side by side; one of them is published. */
export function Proposals({ rotation, published }: ProposalsProps): ReactNode {
  const { t } = useTranslation("rotation");
  const language = useLanguage();
  const newJob = useNewJob();
  const propose = useAct(commands.rotationPropose);
  const replan = useAct(commands.rotationReplan);
  const [begun, setBegun] = useState<number | null>(null);
  const [, setSettled] = useState(SETTLED.size);
  const job = useSearchOf(rotation, begun);
  const look = async (anew: boolean): Promise<void> => {
    const started = await (anew ? replan : propose).run(language, rotation);
    if (started === undefined) return;
    newJob(started);
    setBegun(started.id);
  };
  const running = job?.state === "running";
  return (
    <section className={styles.section} aria-labelledby="proposals">
      <h2 id="proposals">{t("proposals.title")}</h2>
      <p className={styles.quiet}>{t(published ? "proposals.leadAgain" : "proposals.lead")}</p>
      <div className={styles.actions}>
        {published ? (
          <Button look="primary" isDisabled={running} onPress={() => void look(true)}>
            {t("proposals.replan")}
          </Button>
        ) : null}
        <Button look={published ? "plain" : "primary"} isDisabled={running} onPress={() => void look(false)}>
          {t("proposals.look")}
        </Button>
      </div>
      {job ? <JobProgress job={job} /> : null}
      {job?.state === "done" ? (
        <Found
          key={job.id}
          job={job.id}
          published={published}
          done={() => {
            SETTLED.add(job.id);
            setSettled(SETTLED.size);
          }}
        />
      ) : null}
    </section>
  );
}

interface FoundProps {
  job: number;
  published: boolean;
  done: () => void;
}

function Found({ job, published, done }: FoundProps): ReactNode {
  const { t } = useTranslation("rotation");
  const found = useRead(["rotation", "proposed", job], () => commands.rotationProposed(job));
  const publish = useAct(commands.rotationPublish, { inline: published });
  const [chosen, setChosen] = useState<number | null>(null);
  if (found.error) return <ErrorState error={found.error} />;
  if (!found.data) return <Skeleton height="12rem" />;
  const act = async (nth: number, reason: string): Promise<boolean> => {
    if ((await publish.run(job, nth, reason)) === undefined) return false;
    toast(t("proposals.published"));
    done();
    return true;
  };
  if (found.data.is_stale) return <Notice>{t("proposals.stale")}</Notice>;
  return (
    <>
      {found.data.nothing_to_do ? <Notice tone="good">{t("proposals.nothing")}</Notice> : null}
      <Clashes proposed={found.data} />
      <div className={styles.sides}>
        {found.data.proposals.map((proposal) => (
          <Proposal
            key={proposal.nth}
            proposal={proposal}
            pending={publish.pending}
            choose={() => (published ? setChosen(proposal.nth) : void act(proposal.nth, ""))}
          />
        ))}
      </div>
      {chosen === null ? null : (
        <ReasonDialog
          title={t("proposals.publishTitle")}
          words={t("proposals.publishWords")}
          confirm={t("proposals.publish")}
          pending={publish.pending}
          error={publish.error}
          onClose={() => setChosen(null)}
          onConfirm={(reason) => act(chosen, reason)}
        />
      )}
    </>
  );
}

function Clashes({ proposed }: { proposed: ProposedView }): ReactNode {
  const { t } = useTranslation("rotation");
  return (
    <>
      {proposed.clashes.map((clash) => (
        <Notice key={clash.words} tone="bad">
          <strong>{clash.words}</strong>
          <p>{t(clash.proven ? "clash.proven" : "clash.searched")}</p>
          <ul className={styles.lines}>
            {clash.counts.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{clash.helps.length > 0 ? t("clash.helps") : t("clash.nothing")}</p>
          <ul className={styles.lines}>
            {clash.helps.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      ))}
    </>
  );
}

interface ProposalProps {
  proposal: ProposalView;
  pending: boolean;
  choose: () => void;
}

function Proposal({ proposal, pending, choose }: ProposalProps): ReactNode {
  const { t } = useTranslation("rotation");
  const kind = KINDS.find((one) => one === proposal.kind) ?? "balanced";
  const name = t(`proposals.kind.${kind}`);
  return (
    <article className={styles.side}>
      <h3>{name}</h3>
      <p>
        {t("proposals.visits", {
          count: proposal.visits,
          people: t("proposals.people", { count: proposal.people }),
        })}
      </p>
      {proposal.costs.length === 0 ? (
        <p className={styles.quiet}>{t("proposals.free")}</p>
      ) : (
        <>
          <p className={styles.quiet}>{t("cost.all", { cost: proposal.cost ?? 0 })}</p>
          {proposal.costs.map((cost) => (
            <details key={cost.words}>
              <summary>{cost.words}</summary>
              <p className={styles.quiet}>{t("cost.words", { ...cost })}</p>
              <ul className={styles.lines}>
                {cost.matches.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </details>
          ))}
        </>
      )}
      <Changes proposal={proposal} />
      <details>
        <summary>{t("proposals.all")}</summary>
        <List proposal={proposal} />
      </details>
      <div className={styles.actions}>
        <Button isPending={pending} aria-label={t("proposals.publishOf", { name })} onPress={choose}>
          {t("proposals.publish")}
        </Button>
      </div>
    </article>
  );
}

function List({ proposal }: { proposal: ProposalView }): ReactNode {
  const format = useFormat();
  return (
    <table className={table.table}>
      <tbody>
        {proposal.list.map((visit) => (
          <tr key={`${visit.visitor} ${visit.from}`}>
            <th scope="row">{visit.visitor}</th>
            <td>{visit.host}</td>
            <td>{format.dayShort(visit.from)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a plan that is made anew changes, and for whom. */
function Changes({ proposal }: { proposal: ProposalView }): ReactNode {
  const { t } = useTranslation("rotation");
  if (proposal.changes.length === 0) return null;
  return (
    <>
      <p>{t("change.kept", { count: proposal.kept })}</p>
      <ul className={styles.lines}>
        {proposal.changes.map((change) => (
          <li key={`${change.name} ${change.withdrawn.join()}`}>
            <strong>{change.name}</strong>
            {change.concerned ? null : ` ${t("change.other")}`}
            {change.withdrawn.map((line) => (
              <div key={line}>
                <s>{line}</s>
              </div>
            ))}
            {change.new.map((line) => (
              <div key={line}>{line}</div>
            ))}
            {change.because.map((line) => (
              <div key={line} className={styles.off}>
                {line}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
