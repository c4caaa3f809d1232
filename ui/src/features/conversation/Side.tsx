import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Following, type Share, type ThreadView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { DepartmentBadge, departmentOf, Select } from "../../components";
import { useFormat } from "../../i18n/format";
import { useWorkspace } from "../frame/start";
import styles from "./Thread.module.css";
import { useTalkWords } from "./words";

const FOLLOWING: readonly Following[] = ["usual", "follows", "muted"];

/** Who takes part, whose split is disputed, and how closely I follow. */
export function Side({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  const follow = useAct(commands.threadFollow);
  return (
    <>
      <Split thread={thread} />
      <People thread={thread} />
      <Select
        label={t("follow.label")}
        choices={FOLLOWING.map((value) => ({ value, label: t(`follow.${value}`) }))}
        value={thread.following}
        onChange={(following) => void follow.run(thread.thread, following)}
      />
    </>
  );
}

function People({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  const { departments } = useWorkspace();
  return (
    <section>
      <h2 className={styles.small}>{t("people.title")}</h2>
      {thread.people.length === 0 ? <p className={styles.quiet}>{t("people.none")}</p> : null}
      <ul className={styles.people}>
        {thread.people.map((person) => (
          <li key={person.id}>
            <span>
              {person.name}
              {person.is_awaited ? <span className={styles.awaited}>{t("people.awaited")}</span> : null}
            </span>
            {person.why ? <span className={styles.quiet}>{person.why}</span> : null}
          </li>
        ))}
      </ul>
      {thread.departments.length > 0 ? (
        <p className={styles.departments} role="group" aria-label={t("people.departments")}>
          {thread.departments.map((id) => (
            <DepartmentBadge key={id} department={departmentOf(departments, id)} />
          ))}
        </p>
      ) : null}
    </section>
  );
}

/** What the milestones say beside what was decided. */
function Split({ thread }: { thread: ThreadView }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const words = useTalkWords();
  const { departments } = useWorkspace();
  const { split } = thread;
  if (split === null) return null;
  const percentOf = (shares: readonly Share[], id: string): string =>
    `${format.number(shares.find((share) => share.department === id)?.percent ?? 0)}\u00a0%`;
  const { measured, overridden } = split;
  const ids = [...new Set([...measured, ...(overridden ?? [])].map((share) => share.department))];
  return (
    <section>
      <h2 className={styles.small}>{t("split.title")}</h2>
      <table className={styles.split}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("split.measured")}</th>
            {overridden ? <th scope="col">{t("split.overridden")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => (
            <tr key={id}>
              <th scope="row">
                <DepartmentBadge department={departmentOf(departments, id)} />
              </th>
              <td>{percentOf(measured, id)}</td>
              {overridden ? <td>{percentOf(overridden, id)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
      {split.said && split.reason ? (
        <p className={styles.quiet}>
          {t("split.by", {
            name: words.by(split.said),
            day: format.day(split.said.at),
            reason: split.reason,
          })}
        </p>
      ) : null}
      {split.thread && !split.is_own ? (
        <p>
          <Link to="/conversations/$thread" params={{ thread: split.thread }}>
            {t("split.elsewhere")}
          </Link>
        </p>
      ) : null}
      {overridden && !split.is_missed ? <p className={styles.quiet}>{t("split.idle")}</p> : null}
      {split.has_changed ? <p className={styles.quiet}>{t("split.changed")}</p> : null}
    </section>
  );
}
