import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type DepartmentView, type PersonView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Checkbox, Select, TextField } from "../../components/Field";
import { Fault } from "./FaultWords";
import styles from "./Workspace.module.css";

const ROLES = ["head", "member", "facilitator", "integration-owner", "keeper", "reader"] as const;
const NONE = "\u0000";

interface PersonDialogProps {
  /** Absent for a new one. */
  person: PersonView | null;
  departments: readonly DepartmentView[];
  close: () => void;
}

/** A person's name, department, address and roles. */
export function PersonDialog({ person, departments, close }: PersonDialogProps): ReactNode {
  const { t } = useTranslation("workspace");
  const save = useAct(commands.personSave, { inline: true });
  const [name, setName] = useState(person?.name ?? "");
  const [department, setDepartment] = useState<string | null>(person?.department ?? null);
  const [email, setEmail] = useState(person?.email ?? "");
  const [roles, setRoles] = useState<readonly string[]>(person?.roles ?? ["member"]);
  const [asked, setAsked] = useState(false);
  const act = async (): Promise<void> => {
    if (name.trim() === "") {
      setAsked(true);
      return;
    }
    const saved = await save.run({
      id: person?.id ?? null,
      name: name.trim(),
      department,
      email: email.trim() === "" ? null : email.trim(),
      roles: [...roles],
    });
    if (saved !== undefined) close();
  };
  return (
    <Dialog
      open
      title={person === null ? t("people.addTitle") : t("people.editTitle", { name: person.name })}
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
        label={t("people.name")}
        value={name}
        onChange={setName}
        error={asked && name.trim() === "" ? t("people.nameFault") : save.error?.field("name")}
      />
      <Select
        label={t("people.department")}
        value={department ?? NONE}
        choices={[
          ...departments.map((one) => ({ value: one.id, label: one.name })),
          { value: NONE, label: t("people.none") },
        ]}
        onChange={(value) => setDepartment(value === NONE ? null : value)}
      />
      <TextField
        type="email"
        label={t("people.email")}
        hint={t("people.emailHint")}
        value={email}
        onChange={setEmail}
        error={save.error?.field("email")}
      />
      <fieldset className={styles.roles}>
        <legend>{t("people.roles")}</legend>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            selected={roles.includes(role)}
            onChange={(on) => setRoles(on ? [...roles, role] : roles.filter((one) => one !== role))}
          >
            {t(`people.role.${role}`)} <span className={styles.hint}>{t(`people.roleHint.${role}`)}</span>
          </Checkbox>
        ))}
      </fieldset>
    </Dialog>
  );
}
