import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type PromiseBoard } from "../../api/bindings";
import { useRead } from "../../api/query";
import { EmptyState, ErrorState, LinkButton, Notice, Page, PageHeader, Skeleton } from "../../components";
import { Segments } from "../../components/Segments";
import { useLanguage } from "../../i18n/format";
import { useStart } from "../frame/start";
import { MeetingNav } from "../meeting/MeetingNav";
import { Commitments } from "./Commitments";
import { Decisions } from "./Decisions";
import { Needs } from "./Needs";
import styles from "./Promise.module.css";

const WHOSE = ["mine", "department", "all"] as const;
type Whose = (typeof WHOSE)[number];

/** Those of the board that concern whoever reads, their department, or everybody. */
function chosen(
  board: PromiseBoard,
  whose: Whose,
  me: string | null,
  department: string | null,
  people: ReadonlyMap<string, string | null>,
): PromiseBoard {
  if (whose === "all") return board;
  const isOurs = (person: string | null): boolean =>
    person !== null &&
    (whose === "mine" ? person === me : department !== null && people.get(person) === department);
  // Nobody is asked by name in a need: whose department is in it, they are meant.
  const isNamed = (id: string): boolean => department !== null && id === department;
  return {
    ...board,
    commitments: board.commitments.filter((one) => isOurs(one.who)),
    needs: board.needs.filter((one) => isNamed(one.from) || isNamed(one.to)),
    decisions: board.decisions.filter((one) => isOurs(one.owner)),
  };
}

/** What people committed to, asked for and decided, in all meetings. */
export function PromisesPage(): ReactNode {
  const { t } = useTranslation("promise");
  const language = useLanguage();
  const page = useRead(["promises", language], () => commands.promiseList(language), { keep: true });
  const { data, error } = page;
  return (
    <Page>
      <PageHeader above={<MeetingNav />} title={t("title")} lead={t("lead")} />
      {error && !data ? <ErrorState error={error} retry={() => void page.refetch()} /> : null}
      {!data && !error ? <Skeleton height="18rem" /> : null}
      {data ? <Shown board={data} /> : null}
    </Page>
  );
}

function Shown({ board }: { board: PromiseBoard }): ReactNode {
  const { t } = useTranslation("promise");
  const navigate = useNavigate();
  const { whose: asked } = useSearch({ from: "/meeting/promises" });
  const whose: Whose = asked ?? "mine";
  const workspace = useStart().data?.workspace;
  const me = workspace?.me ?? null;
  const people = new Map((workspace?.people ?? []).map((person) => [person.id, person.department]));
  const department = me === null ? null : (people.get(me) ?? null);
  const { commitments, needs, decisions } = board;
  if (commitments.length + needs.length + decisions.length === 0) {
    return (
      <EmptyState
        title={t("empty.title")}
        actions={<LinkButton to="/meeting">{t("empty.action")}</LinkButton>}
      >
        {t("empty.words")}
      </EmptyState>
    );
  }
  const shown = chosen(board, whose, me, department, people);
  return (
    <div className={styles.board}>
      <Segments
        label={t("whose.title")}
        bare
        choices={WHOSE.map((value) => ({ value, label: t(`whose.${value}`) }))}
        value={whose}
        onChange={(value) =>
          void navigate({ to: "/meeting/promises", search: value === "mine" ? {} : { whose: value } })
        }
      />
      {whose !== "all" && me === null ? <Notice>{t("whose.nobody")}</Notice> : null}
      {board.crowded.length === 0 ? null : (
        <Notice tone="warn">
          {board.crowded.map(([name, count]) => t("crowded", { name, count })).join(" ")} {t("crowdedWhy")}
        </Notice>
      )}
      <Commitments commitments={shown.commitments} />
      <Needs needs={shown.needs} />
      <Decisions decisions={shown.decisions} />
    </div>
  );
}
