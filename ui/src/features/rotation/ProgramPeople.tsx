import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { RotationProgram, VisitMust, VisitWish } from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { Button, ComboBox, NumberField, Select, type Choice } from "../../components";
import { usePeople, useWorkspace } from "../frame/start";
import { NOBODY, usePeopleChoices } from "../meeting/words";
import { PeopleChips } from "./PeopleChips";
import { changedAt, homeOf, withoutAt } from "./program";
import styles from "./Rotation.module.css";

interface ProgramPeopleProps {
  program: RotationProgram;
  change: (next: RotationProgram) => void;
  error: PlazaError | null;
}

/** What bears on single people: who has to go, who wishes to, who goes together, who stays. */
export function ProgramPeople({ program, change, error }: ProgramPeopleProps): ReactNode {
  const { t } = useTranslation("rotation");
  const said = (field: string): string | undefined => error?.field(field);
  return (
    <section className={styles.section} aria-labelledby="people">
      <h3 id="people">{t("people.title")}</h3>
      {said("people") ? <p role="alert">{said("people")}</p> : null}
      <Musts program={program} change={change} error={said("must")} />
      <Wishes program={program} change={change} error={said("wishes")} />
      <Buddies program={program} change={change} error={said("buddies")} />
      <PeopleChips
        label={t("people.stays")}
        hint={t("people.staysHint")}
        chosen={program.stays_home}
        change={(people) => change({ ...program, stays_home: people })}
        error={said("stays_home")}
      />
    </section>
  );
}

interface ListProps {
  program: RotationProgram;
  change: (next: RotationProgram) => void;
  error: string | undefined;
}

/** Departments as choices. */
function useDepartmentChoices(): Choice[] {
  return useWorkspace().departments.map(({ id, name }) => ({ value: id, label: name }));
}

/** Visits that have to happen: of anybody of a department, or of one person of it. */
function Musts({ program, change, error }: ListProps): ReactNode {
  const { t } = useTranslation("rotation");
  const pair = program.pairs[0];
  const set = (must: VisitMust[]): void => change({ ...program, must });
  return (
    <div role="group" aria-label={t("people.must")} className={styles.chips}>
      <p className={styles.label}>{t("people.must")}</p>
      <p className={styles.quiet}>{t("people.mustHint")}</p>
      {error ? <p role="alert">{error}</p> : null}
      {program.must.map((must, nth) => (
        <Must
          key={nth}
          must={must}
          nth={nth}
          change={(next) => set(changedAt(program.must, nth, next))}
          remove={() => set(withoutAt(program.must, nth))}
        />
      ))}
      <div className={styles.actions}>
        <Button
          look="quiet"
          isDisabled={pair === undefined}
          onPress={() => pair && set([...program.must, { ...pair, person: null, least: 1 }])}
        >
          {t("people.mustAdd")}
        </Button>
      </div>
    </div>
  );
}

interface MustProps {
  must: VisitMust;
  nth: number;
  change: (next: VisitMust) => void;
  remove: () => void;
}

function Must({ must, nth, change, remove }: MustProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const departments = useDepartmentChoices();
  const members = usePeople().filter((person) => person.department === must.home && person.left === null);
  const people = members.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className={styles.row}>
      <Select
        label={t("people.home")}
        choices={departments}
        value={must.home}
        onChange={(home) => change({ ...must, home, person: null })}
      />
      <ComboBox
        label={t("people.who")}
        choices={[{ value: NOBODY, label: t("people.anybody") }, ...people]}
        value={must.person ?? NOBODY}
        onChange={(person) => change({ ...must, person: person === NOBODY ? null : person })}
      />
      <Select
        label={t("people.host")}
        choices={departments}
        value={must.host}
        onChange={(host) => change({ ...must, host })}
      />
      <NumberField
        label={t("people.least")}
        min={1}
        max={52}
        value={must.least}
        onChange={(least) => change({ ...must, least: least ?? 0 })}
      />
      <Button
        look="quiet"
        aria-label={t("people.removeOf", { what: t("people.must"), nth: nth + 1 })}
        onPress={remove}
      >
        {common("remove")}
      </Button>
    </div>
  );
}

/** Who wishes to see which department. */
function Wishes({ program, change, error }: ListProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const departments = useDepartmentChoices();
  const members = usePeople();
  const people = usePeopleChoices();
  const set = (wishes: VisitWish[]): void => change({ ...program, wishes });
  const strengths = (["1", "2", "3"] as const).map((value) => ({
    value,
    label: t(`people.strengths.${value}`),
  }));
  const add = (): void => {
    const person = people.find((one) => !program.wishes.some((wish) => wish.person === one.value));
    const host = departments.find((one) => one.value !== homeOf(members, person?.value));
    if (person && host) set([...program.wishes, { person: person.value, host: host.value, strength: 1 }]);
  };
  return (
    <div role="group" aria-label={t("people.wishes")} className={styles.chips}>
      <p className={styles.label}>{t("people.wishes")}</p>
      {error ? <p role="alert">{error}</p> : null}
      {program.wishes.map((wish, nth) => (
        <div key={nth} className={styles.row}>
          <ComboBox
            label={t("people.who")}
            choices={people}
            value={wish.person}
            onChange={(person) => set(changedAt(program.wishes, nth, { ...wish, person }))}
          />
          <Select
            label={t("people.host")}
            choices={departments}
            value={wish.host}
            onChange={(host) => set(changedAt(program.wishes, nth, { ...wish, host }))}
          />
          <Select
            label={t("people.strength")}
            choices={strengths}
            value={String(wish.strength)}
            onChange={(strength) =>
              set(changedAt(program.wishes, nth, { ...wish, strength: Number(strength) }))
            }
          />
          <Button
            look="quiet"
            aria-label={t("people.removeOf", { what: t("people.wishes"), nth: nth + 1 })}
            onPress={() => set(withoutAt(program.wishes, nth))}
          >
            {common("remove")}
          </Button>
        </div>
      ))}
      <div className={styles.actions}>
        <Button look="quiet" isDisabled={people.length === 0} onPress={add}>
          {t("people.wishAdd")}
        </Button>
      </div>
    </div>
  );
}

/** Groups who go together or not at all. */
function Buddies({ program, change, error }: ListProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const set = (buddies: string[][]): void => change({ ...program, buddies });
  return (
    <div role="group" aria-label={t("people.buddies")} className={styles.chips}>
      <p className={styles.label}>{t("people.buddies")}</p>
      {error ? <p role="alert">{error}</p> : null}
      {program.buddies.map((group, nth) => (
        <div key={nth} className={styles.row}>
          <PeopleChips
            label={t("people.group", { nth: nth + 1 })}
            chosen={group}
            change={(people) => set(changedAt(program.buddies, nth, people))}
          />
          <Button
            look="quiet"
            aria-label={t("people.removeOf", { what: t("people.buddies"), nth: nth + 1 })}
            onPress={() => set(withoutAt(program.buddies, nth))}
          >
            {common("remove")}
          </Button>
        </div>
      ))}
      <div className={styles.actions}>
        <Button look="quiet" onPress={() => set([...program.buddies, []])}>
          {t("people.groupAdd")}
        </Button>
      </div>
    </div>
  );
}
