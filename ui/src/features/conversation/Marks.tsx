import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type KpiKind, type ThreadMark } from "../../api/bindings";
import { useRead } from "../../api/query";
import { DepartmentBadge, departmentOf, Icon } from "../../components";
import { useKpiWords } from "../board/words";
import { useWorkspace } from "../frame/start";
import styles from "./Marks.module.css";

interface ListedProps {
  title: string;
  marks: readonly ThreadMark[];
  /** The week is named beside each: they stand on several. */
  weeks?: boolean;
  /** Level of its heading. */
  heading?: "h2" | "h3";
}

/** Conversations that hang on what is shown; nothing where there is none. */
function Listed({ title, marks, weeks = false, heading: Heading = "h2" }: ListedProps): ReactNode {
  const { t } = useTranslation("conversation");
  const words = useKpiWords();
  const { departments } = useWorkspace();
  if (marks.length === 0) return null;
  return (
    <section className={styles.marks}>
      <Heading>{title}</Heading>
      <ul>
        {marks.map((mark) => (
          <li key={mark.thread}>
            <Icon name={mark.is_open ? "talk" : "check"} />
            <Link to="/conversations/$thread" params={{ thread: mark.thread }}>
              {mark.question}
            </Link>
            {mark.department ? (
              <DepartmentBadge department={departmentOf(departments, mark.department)} />
            ) : null}
            <span className={styles.quiet}>
              {weeks && mark.week ? `${words.weekInYear(mark.week)} · ` : ""}
              {mark.is_open ? t("marks.open") : t("marks.closed")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The conversations about a KPI; about one of its weeks where a week is given. */
export function KpiMarks({ kpi, week }: { kpi: KpiKind; week?: string }): ReactNode {
  const { t } = useTranslation("conversation");
  const { data } = useRead(["threads", "kpi", kpi], () => commands.threadMarks(kpi));
  if (!data) return null;
  if (week === undefined) {
    return <Listed title={t("marks.title")} marks={data.filter((mark) => mark.is_open)} weeks />;
  }
  return <Listed heading="h3" title={t("marks.week")} marks={data.filter((mark) => mark.week === week)} />;
}

/** The conversations about an order line. */
export function OrderMarks({
  system,
  order,
  line,
}: {
  system: string;
  order: string;
  line: string;
}): ReactNode {
  const { t } = useTranslation("conversation");
  const { data } = useRead(["threads", "order", system, order, line], () =>
    commands.threadOrder(system, order, line),
  );
  return data ? <Listed title={t("marks.title")} marks={data} /> : null;
}
