import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type AbsenceFile as File } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, ComboBox, Dialog, Notice, toast } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { pickFiles } from "../../platform/dialog";
import { usePeopleChoices } from "../meeting/words";
import { Fault } from "../workspace/FaultWords";
import styles from "./Rotation.module.css";

/** Takes a person's absences from their calendar file: they are shown first, and noted when somebody says so. */
export function AbsenceFile({ whose }: { whose: string | null }): ReactNode {
  const { t } = useTranslation("rotation");
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.actions}>
      <Button look="quiet" onPress={() => setOpen(true)}>
        {t("away.open")}
      </Button>
      {open ? <FileDialog whose={whose} close={() => setOpen(false)} /> : null}
    </div>
  );
}

interface FileDialogProps {
  /** The only person whose calendar can be read; nothing where it can be anybody’s. */
  whose: string | null;
  close: () => void;
}

function FileDialog({ whose, close }: FileDialogProps): ReactNode {
  const { t } = useTranslation("rotation");
  const { t: common } = useTranslation();
  const { t: meeting } = useTranslation("meeting");
  const people = usePeopleChoices().filter((one) => whose === null || one.value === whose);
  const read = useAct(commands.absencesRead, { inline: true });
  const note = useAct(commands.absencesNote, { inline: true });
  const [person, setPerson] = useState<string | null>(whose);
  const [found, setFound] = useState<File | null>(null);
  const choose = async (): Promise<void> => {
    if (person === null) return;
    const kinds = [{ name: meeting("file.ics"), extensions: ["ics"] }];
    const [path] = await pickFiles(t("away.title"), kinds, false);
    if (path === undefined) return;
    setFound((await read.run(person, path)) ?? null);
  };
  const act = async (): Promise<void> => {
    if (found === null) return;
    const count = await note.run({ person: found.person, days: found.days });
    if (count === undefined) return;
    toast(t("away.noted", { count }));
    close();
  };
  const error = note.error ?? read.error;
  return (
    <Dialog
      title={t("away.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button
            look="primary"
            isPending={note.pending}
            isDisabled={found === null || found.days.length === 0}
            onPress={() => void act()}
          >
            {t("away.note")}
          </Button>
        </>
      }
    >
      <p className={styles.quiet}>{t("away.lead")}</p>
      {error ? <Fault error={error} /> : null}
      <ComboBox
        label={t("away.whose")}
        choices={people}
        value={person}
        onChange={(next) => {
          setPerson(next);
          setFound(null);
        }}
        placeholder={common("choose")}
      />
      <div className={styles.actions}>
        <Button isDisabled={person === null} isPending={read.pending} onPress={() => void choose()}>
          {t("away.choose")}
        </Button>
      </div>
      {found === null ? null : <Found file={found} />}
    </Dialog>
  );
}

function Found({ file }: { file: File }): ReactNode {
  const { t } = useTranslation("rotation");
  const format = useFormat();
  const left = (["known", "outside", "unclear", "free", "short"] as const).filter((kind) => file[kind] > 0);
  return (
    <>
      {file.days.length === 0 ? (
        <Notice>{t("away.none")}</Notice>
      ) : (
        <div className={table.scroll}>
          <table className={table.table} aria-label={t("away.found")}>
            <tbody>
              {file.days.map((days) => (
                <tr key={`${days.from} ${days.until}`}>
                  <td>{format.days(days.from, days.until)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {left.length > 0 ? (
        <ul className={styles.lines}>
          {left.map((kind) => (
            <li key={kind}>{t(`away.left.${kind}`, { count: file[kind] })}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
