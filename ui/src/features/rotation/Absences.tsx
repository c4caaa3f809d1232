import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type AbsenceView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, ComboBox, Dialog, toast, useSome } from "../../components";
import { DayField } from "../../components/DayField";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { usePeopleChoices } from "../meeting/words";
import { Fault } from "../workspace/FaultWords";
import { AbsenceFile } from "./AbsenceFile";
import styles from "./Rotation.module.css";

interface AbsencesProps {
  absences: readonly AbsenceView[];
  /** Who reads: they note their own absences. */
  me: string | null;
  /** The reader notes them for everybody. */
  forAll: boolean;
}

/** When people are not there. Why is nobody’s business. */
export function Absences({ absences, me, forAll }: AbsencesProps): ReactNode {
  const { t } = useTranslation("rotation");
  const whose = forAll ? null : me;
  return (
    <section className={styles.section} aria-labelledby="absences">
      <h2 id="absences">{t("absence.title")}</h2>
      <p className={styles.quiet}>{t("absence.lead")}</p>
      {absences.length > 0 ? <Noted absences={absences} /> : null}
      {forAll ? null : <p className={styles.quiet}>{t("absence.only")}</p>}
      {forAll || me !== null ? (
        <>
          <NewAbsence key={whose} whose={whose} />
          <AbsenceFile key={`file ${whose}`} whose={whose} />
        </>
      ) : null}
    </section>
  );
}

const ABSENCES_AT_ONCE = 20;
/** Of whom absences are shown where it is not one person. */
const EVERYBODY = "";

/** What is noted, the earliest first; of one person where there are many. */
function Noted({ absences }: { absences: readonly AbsenceView[] }): ReactNode {
  const { t } = useTranslation("rotation");
  const [whose, setWhose] = useState(EVERYBODY);
  const people = new Map(absences.map((absence) => [absence.person, absence.name]));
  const isOne = people.has(whose);
  const shown = isOne ? absences.filter((absence) => absence.person === whose) : absences;
  return (
    <>
      {absences.length > ABSENCES_AT_ONCE && people.size > 1 ? (
        <ComboBox
          label={t("absence.whose")}
          choices={[
            { value: EVERYBODY, label: t("absence.everybody") },
            ...[...people].map(([value, label]) => ({ value, label })),
          ]}
          value={isOne ? whose : EVERYBODY}
          onChange={(next) => setWhose(next ?? EVERYBODY)}
        />
      ) : null}
      <Rows key={whose} absences={shown} />
    </>
  );
}

function Rows({ absences }: { absences: readonly AbsenceView[] }): ReactNode {
  const [some, more] = useSome(absences, ABSENCES_AT_ONCE);
  return (
    <>
      <div className={table.scroll}>
        <table className={table.table} aria-labelledby="absences">
          <tbody>
            {some.map((absence) => (
              <Row key={absence.absence} absence={absence} />
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </>
  );
}

function Row({ absence }: { absence: AbsenceView }): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const format = useFormat();
  const withdraw = useAct(commands.absenceWithdraw);
  const note = useAct(commands.absenceNote);
  const [changing, setChanging] = useState(false);
  const { name, person, from, until } = absence;
  const remove = async (): Promise<void> => {
    if ((await withdraw.run(absence.absence)) === undefined) return;
    // What was taken back stays so in the ledger: undoing it notes the same days once more.
    const undo = (): void => void note.run({ absence: null, person, from, until });
    toast(t("absence.removed", { name }), { undo });
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{format.days(from, until)}</td>
      <td className={table.act}>
        {absence.may_change ? (
          <>
            <Button look="quiet" aria-label={t("absence.editOf", { name })} onPress={() => setChanging(true)}>
              {common("edit")}
            </Button>
            <Button
              look="quiet"
              isPending={withdraw.pending}
              aria-label={t("absence.removeOf", { name })}
              onPress={() => void remove()}
            >
              {common("remove")}
            </Button>
          </>
        ) : null}
        {changing ? <ChangeDialog absence={absence} close={() => setChanging(false)} /> : null}
      </td>
    </tr>
  );
}

function ChangeDialog({ absence, close }: { absence: AbsenceView; close: () => void }): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const note = useAct(commands.absenceNote, { inline: true });
  const [from, setFrom] = useState<string | null>(absence.from);
  const [until, setUntil] = useState<string | null>(absence.until);
  const act = async (): Promise<void> => {
    const { absence: id, person } = absence;
    const form = { absence: id, person, from: from ?? "", until: until ?? "" };
    if ((await note.run(form)) !== undefined) close();
  };
  return (
    <Dialog
      title={t("absence.changeOf", { name: absence.name })}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={note.pending} onPress={() => void act()}>
            {common("save")}
          </Button>
        </>
      }
    >
      {note.error ? <Fault error={note.error} /> : null}
      <div className={styles.pair}>
        <DayField
          label={t("absence.from")}
          value={from}
          onChange={setFrom}
          error={note.error?.field("from")}
        />
        <DayField
          label={t("absence.until")}
          value={until}
          onChange={setUntil}
          error={note.error?.field("until")}
        />
      </div>
    </Dialog>
  );
}

/** `whose`: the only person whose absence can be noted; nothing where it can be anybody’s. */
function NewAbsence({ whose }: { whose: string | null }): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const people = usePeopleChoices().filter((one) => whose === null || one.value === whose);
  const note = useAct(commands.absenceNote, { inline: true });
  const [person, setPerson] = useState<string | null>(whose);
  const [from, setFrom] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const act = async (): Promise<void> => {
    const form = { absence: null, person: person ?? "", from: from ?? "", until: until ?? from ?? "" };
    if ((await note.run(form)) === undefined) return;
    setPerson(whose);
    setFrom(null);
    setUntil(null);
  };
  return (
    <div className={styles.pair}>
      <ComboBox
        label={t("absence.who")}
        choices={people}
        value={person}
        onChange={setPerson}
        placeholder={common("choose")}
        error={note.error?.field("person")}
      />
      <DayField label={t("absence.from")} value={from} onChange={setFrom} error={note.error?.field("from")} />
      <DayField
        label={t("absence.until")}
        value={until}
        onChange={setUntil}
        error={note.error?.field("until")}
      />
      <div className={styles.actions}>
        <Button isPending={note.pending} onPress={() => void act()}>
          {t("absence.note")}
        </Button>
      </div>
    </div>
  );
}
