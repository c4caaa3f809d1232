import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";

import { commands, type MeetingRun } from "../../../api/bindings";
import { useAct } from "../../../api/query";
import { TextField } from "../../../components";
import styles from "./Run.module.css";

const RATINGS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** The rating of a digit key: 0 stands for ten. */
export function ratingOf(key: string): number | null {
  if (!/^\d$/.test(key)) return null;
  return key === "0" ? 10 : Number(key);
}

/** The closing round: each person says a word and how the meeting was, from 1 to 10. */
export function Round({ run }: { run: MeetingRun }): ReactNode {
  const { t } = useTranslation("meeting");
  const here = run.attendance.filter(
    ({ person, attendance, is_expected: isExpected }) =>
      attendance === "present" ||
      (attendance === null && isExpected) ||
      run.round.some((said) => said.person === person),
  );
  const list = useRef<HTMLUListElement>(null);
  const next = (place: number): void => {
    const rows = list.current?.querySelectorAll("[data-round]") ?? [];
    const radios = rows[place + 1]?.querySelectorAll("input[type='radio']");
    const found = [...(radios ?? [])].find((radio) => radio.getAttribute("tabindex") !== "-1");
    if (found instanceof HTMLElement) found.focus();
  };
  return (
    <section aria-labelledby="round">
      <h2 id="round">{t("side.round")}</h2>
      <p className={styles.marks}>{t(here.length === 0 ? "round.none" : "round.words")}</p>
      <ul ref={list} className={styles.round}>
        {here.map(({ person, name }, place) => {
          const said = run.round.find((one) => one.person === person);
          return (
            <Voice
              key={person}
              meeting={run.agenda.meeting.meeting}
              person={person}
              name={name}
              rating={said?.rating ?? null}
              word={said?.word ?? ""}
              next={() => next(place)}
            />
          );
        })}
      </ul>
    </section>
  );
}

interface VoiceProps {
  meeting: string;
  person: string;
  name: string;
  rating: number | null;
  word: string;
  /** Hands over to the next person. */
  next: () => void;
}

function Voice({ meeting, person, name, rating, word, next }: VoiceProps): ReactNode {
  const { t } = useTranslation("meeting");
  const say = useAct(commands.roundSay);
  const [text, setText] = useState(word);
  const field = useRef<HTMLInputElement>(null);
  // What was said last, also while the page is still being read again: a word never takes the rating away.
  const said = useRef({ rating, word });
  useEffect(() => {
    said.current = { rating, word };
  }, [rating, word]);
  const tell = (now: { rating: number | null; word: string }): void => {
    if (now.rating === said.current.rating && now.word === said.current.word) return;
    said.current = now;
    void say.run(meeting, person, now.rating, now.word);
  };
  const rate = (value: number): void => tell({ rating: value, word: text.trim() });
  const onKeyDown = (event: KeyboardEvent): void => {
    const value = ratingOf(event.key);
    if (value === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    rate(value);
    field.current?.focus();
  };
  const keep = (): void => tell({ rating: said.current.rating, word: text.trim() });
  return (
    <li data-round="">
      <div onKeyDown={onKeyDown}>
        <RadioGroup
          orientation="horizontal"
          className={styles.rating ?? ""}
          value={rating === null ? null : String(rating)}
          onChange={(value) => rate(Number(value))}
        >
          <Label>{name}</Label>
          <div className={styles.digits}>
            {RATINGS.map((value) => (
              <Radio key={value} value={String(value)} className={styles.digit ?? ""}>
                {value}
              </Radio>
            ))}
          </div>
        </RadioGroup>
      </div>
      <div
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          keep();
          next();
        }}
      >
        <TextField
          ref={field}
          label={t("round.wordOf", { name })}
          bare
          placeholder={t("round.placeholder")}
          value={text}
          onChange={setText}
        />
      </div>
    </li>
  );
}
