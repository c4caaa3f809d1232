import { useTranslation } from "react-i18next";

import type { MeetingLine, PersonView, Section } from "../../api/bindings";
import { type Choice } from "../../components";
import { useFormat } from "../../i18n/format";
import { usePeople } from "../frame/start";

/** The parts of a meeting, in their order. */
export const SECTIONS: readonly Section[] = [
  "wins",
  "commitments",
  "see",
  "concerns",
  "needs",
  "rotations",
  "close",
];

/** Stands for nobody in a list of people. */
export const NOBODY = "\u0000";

/** The sections to choose from. */
export function useSectionChoices(): Choice<Section>[] {
  const { t } = useTranslation("meeting");
  return SECTIONS.map((section) => ({ value: section, label: t(`section.${section}`) }));
}

/** People who are here; also whoever is named already, though they left. */
export function usePeopleChoices(named: string | null = null): Choice[] {
  return usePeople()
    .filter((person) => person.left === null || person.id === named)
    .map(({ id, name }) => ({ value: id, label: name }));
}

/** A person's name; a dash where nobody is known by the id. */
export function nameOf(people: readonly PersonView[], id: string | null): string {
  return people.find((person) => person.id === id)?.name ?? "–";
}

/** `09:30 · 45 minutes`. */
export function useTimeWords(): (line: Pick<MeetingLine, "time" | "minutes">) => string {
  const { t } = useTranslation("meeting");
  return ({ time, minutes }) => t("timeWords", { time, count: minutes });
}

/** What is special about a meeting: moved, cancelled, a holiday; nothing where all is as usual. */
export function useRemark(): (line: MeetingLine) => string | null {
  const { t } = useTranslation("meeting");
  const format = useFormat();
  return (line) => {
    const words: string[] = [];
    if (line.state === "cancelled") words.push(t("remark.cancelled"));
    else if (line.moved_from !== null)
      words.push(t("remark.moved", { day: format.dayShort(line.moved_from) }));
    if (line.holiday !== null) {
      words.push(line.holiday === "" ? t("remark.dayOff") : t("remark.holiday", { name: line.holiday }));
    }
    if (line.reason !== "") words.push(line.reason);
    return words.length === 0 ? null : words.join(" · ");
  };
}

/** Seconds as a clock shows them: `4:05`, `1:02:09`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  const rest = two(whole % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}
