import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type AbsenceView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, ComboBox } from "../../components";
import { DayField } from "../../components/DayField";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { usePeopleChoices } from "../meeting/words";
import { AbsenceFile } from "./AbsenceFile";
import styles from "./Rotation.module.css";

/** When people are not there. Why is nobody's business. */
export function Absences({ absences }: { absences: readonly AbsenceView[] }): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const format = useFormat();
  const withdraw = useAct(commands.absenceWithdraw);
  return (
    <section className={styles.section} aria-labelledby="absences">
      <h2 id="absences">{t("absence.title")}</h2>
      <p className={styles.quiet}>{t("absence.lead")}</p>
      {absences.length > 0 ? (
        <div className={table.scroll}>
          <table className={table.table}>
            <tbody>
              {absences.map((absence) => (
                <tr key={absence.absence}>
                  <th scope="row">{absence.name}</th>
                  <td>
                    {format.dayShort(absence.from)} – {format.day(absence.until)}
                  </td>
                  <td className={table.act}>
                    <Button
                      look="quiet"
                      aria-label={t("absence.removeOf", { name: absence.name })}
                      onPress={() => void withdraw.run(absence.absence)}
                    >
                      {common("remove")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <NewAbsence />
      <AbsenceFile />
    </section>
  );
}

function NewAbsence(): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const people = usePeopleChoices();
  const note = useAct(commands.absenceNote, { inline: true });
  const [person, setPerson] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const act = async (): Promise<void> => {
    const form = { absence: null, person: person ?? "", from: from ?? "", until: until ?? from ?? "" };
    if ((await note.run(form)) === undefined) return;
    setPerson(null);
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
