import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type DepartmentView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { DepartmentBadge } from "../../components/Department";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import table from "../../components/table.module.css";
import { DEPARTMENTS_MAX } from "../start/company";
import { Fault } from "./FaultWords";
import styles from "./Workspace.module.css";

/** The departments; colour and letter are theirs for good. */
export function Departments({ departments }: { departments: readonly DepartmentView[] }): ReactNode {
  const { t } = useTranslation("workspace");
  const [editing, setEditing] = useState<DepartmentView | "new" | null>(null);
  const full = departments.length >= DEPARTMENTS_MAX;
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <h2>{t("departments.title")}</h2>
        <Button isDisabled={full} onPress={() => setEditing("new")}>
          {t("departments.add")}
        </Button>
      </header>
      <p className={styles.lead}>{full ? t("departments.full") : t("departments.lead")}</p>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("departments.name")}</th>
            <th scope="col">{t("departments.id")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {departments.map((department) => (
            <tr key={department.id}>
              <th scope="row">
                <DepartmentBadge department={department} />
              </th>
              <td className={styles.code}>{department.id}</td>
              <td className={table.act}>
                <Button
                  aria-label={t("departments.editOf", { name: department.name })}
                  onPress={() => setEditing(department)}
                >
                  {t("departments.edit")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {editing === null ? null : (
        <DepartmentDialog department={editing === "new" ? null : editing} close={() => setEditing(null)} />
      )}
    </section>
  );
}

function DepartmentDialog(props: { department: DepartmentView | null; close: () => void }): ReactNode {
  const { t } = useTranslation("workspace");
  const { department, close } = props;
  const save = useAct(commands.departmentSave, { inline: true });
  const [name, setName] = useState(department?.name ?? "");
  const [letter, setLetter] = useState(department?.letter ?? "");
  const [asked, setAsked] = useState(false);
  // One letter, whatever the script; the first of the name until another is typed.
  const shown = letter === "" ? (Array.from(name.trim())[0] ?? "").toLocaleUpperCase("en") : letter;
  const act = async (): Promise<void> => {
    if (name.trim() === "" || shown === "") {
      setAsked(true);
      return;
    }
    const saved = await save.run({ id: department?.id ?? null, name: name.trim(), letter: shown });
    if (saved !== undefined) close();
  };
  return (
    <Dialog
      open
      title={
        department === null
          ? t("departments.addTitle")
          : t("departments.editTitle", { name: department.name })
      }
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{t("cancel")}</Button>
          <Button look="primary" isPending={save.pending} onPress={() => void act()}>
            {t("save")}
          </Button>
        </>
      }
    >
      {save.error ? <Fault error={save.error} /> : null}
      <TextField
        autoFocus
        label={t("departments.name")}
        value={name}
        onChange={setName}
        error={asked && name.trim() === "" ? t("departments.nameFault") : save.error?.field("name")}
      />
      {department === null ? (
        <TextField
          label={t("departments.letter")}
          hint={t("departments.letterHint")}
          value={shown}
          onChange={(text) => setLetter((Array.from(text.trim()).at(-1) ?? "").toLocaleUpperCase("en"))}
          error={asked && shown === "" ? t("departments.letterFault") : save.error?.field("letter")}
        />
      ) : null}
    </Dialog>
  );
}
