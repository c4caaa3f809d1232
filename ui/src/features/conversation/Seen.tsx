import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { SeenView, ThenNow } from "../../api/bindings";
import { DepartmentBadge, departmentOf, Notice } from "../../components";
import { useFormat } from "../../i18n/format";
import { useKpiWords } from "../board/words";
import { useWorkspace } from "../frame/start";
import styles from "./Seen.module.css";

interface Line {
  id: string;
  name: ReactNode;
  was: string;
  /** Undefined where it is as it was; null where only the past is kept. */
  now: string | null | undefined;
}

/** The lines of the picture, each with what it says now where that differs. */
function useLines(seen: SeenView): Line[] {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const words = useKpiWords();
  const { departments } = useWorkspace();
  const { unit, limits } = seen;
  const value = (number: number | null): string =>
    unit === null ? format.number(number, 2) : words.value(number, unit);
  const count = (number: number | null): string => format.number(number, 0);
  const line = (
    id: string,
    name: ReactNode,
    pair: ThenNow | null,
    say: (number: number | null) => string,
  ): Line[] => {
    if (pair === null) return [];
    const was = say(pair.then);
    const now = pair.now === null ? t("seen.gone") : say(pair.now);
    return [{ id, name, was, now: now === was ? undefined : now }];
  };
  return [
    ...line("value", t("seen.value"), seen.value, value),
    ...line("n", t("seen.n"), seen.n, count),
    ...seen.parts.flatMap((part) => {
      const department = departmentOf(departments, part.department);
      return line(
        `part ${part.department}`,
        department ? (
          <DepartmentBadge department={department} />
        ) : (
          t("seen.part", { department: part.department })
        ),
        part.value,
        (number) => format.number(number, 1),
      );
    }),
    ...(seen.target === null
      ? []
      : [{ id: "target", name: t("seen.target"), was: value(seen.target), now: null }]),
    ...(limits === null
      ? []
      : [
          { id: "mean", name: t("seen.mean"), was: value(limits.mean), now: null },
          {
            id: "limits",
            name: t("seen.limits"),
            was: t("seen.span", { lower: format.number(limits.lower), upper: format.number(limits.upper) }),
            now: null,
          },
        ]),
    ...line("revision", t("seen.revision"), seen.revision, count),
    ...line("definition", t("seen.definition"), seen.definition, count),
    ...seen.facts.map((fact) => ({
      id: `fact ${fact.name}`,
      name: fact.name,
      was: fact.then,
      now: fact.now ?? undefined,
    })),
  ];
}

/** What was seen, beside what it is now. */
export function Seen({ seen, title }: { seen: SeenView; title?: string }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const lines = useLines(seen);
  const differs = lines.some((line) => typeof line.now === "string");
  if (lines.length === 0 && seen.age === null) return null;
  return (
    <section className={styles.seen}>
      <h2 className={styles.title}>{title ?? t("seen.title")}</h2>
      {seen.sentence ? <Notice tone="warn">{seen.sentence}</Notice> : null}
      {lines.length > 0 ? (
        <table className={styles.table}>
          <thead className={differs ? undefined : styles.unseen}>
            <tr>
              <th scope="col">{t("seen.what")}</th>
              <th scope="col">{t("seen.then")}</th>
              {differs ? <th scope="col">{t("seen.now")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">{line.name}</th>
                <td>{line.was}</td>
                {differs ? (
                  <td>
                    {line.now === null ? null : line.now === undefined ? (
                      <span className={styles.same}>{t("seen.same")}</span>
                    ) : (
                      <strong>{line.now}</strong>
                    )}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p className={styles.quiet}>
        {t("seen.taken", { moment: format.moment(seen.at) })}
        {seen.age ? ` · ${t("seen.age", { age: seen.age })}` : ""}
      </p>
    </section>
  );
}
