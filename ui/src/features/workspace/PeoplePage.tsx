import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type PersonView, type WorkspaceView } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { DayField } from "../../components/DayField";
import { DepartmentBadge, departmentOf } from "../../components/Department";
import { Dialog } from "../../components/Dialog";
import { Page, PageHeader } from "../../components/Page";
import { ErrorState, Skeleton } from "../../components/State";
import table from "../../components/table.module.css";
import { toast } from "../../components/toast";
import { useFormat } from "../../i18n/format";
import { Departments } from "./Departments";
import { PersonDialog } from "./PersonDialog";
import { RoleWords } from "./RoleWords";
import styles from "./Workspace.module.css";

/** Who takes part, and in which departments. People who left stay readable. */
export function PeoplePage(): ReactNode {
  const { t } = useTranslation("workspace");
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const [editing, setEditing] = useState<PersonView | "new" | null>(null);
  return (
    <Page>
      <PageHeader
        title={t("people.title")}
        lead={t("people.lead")}
        actions={
          <Button look="primary" onPress={() => setEditing("new")}>
            {t("people.add")}
          </Button>
        }
      />
      {workspace.error && !workspace.data ? (
        <ErrorState error={workspace.error} retry={() => void workspace.refetch()} />
      ) : null}
      {!workspace.data && !workspace.error ? <Skeleton height="16rem" /> : null}
      {workspace.data ? (
        <>
          {workspace.data.people.length === 0 ? <p>{t("people.empty")}</p> : null}
          <People workspace={workspace.data} edit={setEditing} />
          <Departments departments={workspace.data.departments} />
          {editing === null ? null : (
            <PersonDialog
              person={editing === "new" ? null : editing}
              departments={workspace.data.departments}
              close={() => setEditing(null)}
            />
          )}
        </>
      ) : null}
    </Page>
  );
}

function People({
  workspace,
  edit,
}: {
  workspace: WorkspaceView;
  edit: (person: PersonView) => void;
}): ReactNode {
  const { t } = useTranslation("workspace");
  const format = useFormat();
  const choose = useAct(commands.profileChoose);
  const leave = useAct(commands.personLeave);
  const [leaving, setLeaving] = useState<PersonView | null>(null);
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("people.name")}</th>
            <th scope="col">{t("people.department")}</th>
            <th scope="col">{t("people.roles")}</th>
            <th scope="col">{t("people.email")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {workspace.people.map((person) => (
            <tr key={person.id} data-left={person.left !== null || undefined}>
              <th scope="row">
                {person.name}{" "}
                {person.id === workspace.me ? <span className={styles.me}>{t("people.me")}</span> : null}
                {person.left === null ? null : (
                  <div className={table.quiet}>{t("people.left", { day: format.day(person.left) })}</div>
                )}
              </th>
              <td className={styles.whole}>
                {person.department === null ? (
                  <span className={table.none}>{t("people.none")}</span>
                ) : (
                  <DepartmentBadge department={departmentOf(workspace.departments, person.department)} />
                )}
              </td>
              <td>
                <RoleWords roles={person.roles} />
              </td>
              <td className={table.quiet}>{person.email}</td>
              <td className={table.act}>
                {person.left === null ? (
                  <>
                    {person.id === workspace.me ? null : (
                      <Button
                        look="quiet"
                        aria-label={t("people.iAmOf", { name: person.name })}
                        onPress={() => void choose.run(person.id)}
                      >
                        {t("people.iAm")}
                      </Button>
                    )}
                    <Button
                      look="quiet"
                      aria-label={t("people.leaveOf", { name: person.name })}
                      onPress={() => setLeaving(person)}
                    >
                      {t("people.leave")}
                    </Button>
                    <Button
                      aria-label={t("people.editOf", { name: person.name })}
                      onPress={() => edit(person)}
                    >
                      {t("people.edit")}
                    </Button>
                  </>
                ) : (
                  <Button
                    look="quiet"
                    aria-label={t("people.stillHereOf", { name: person.name })}
                    onPress={() => void leave.run(person.id, person.left ?? "", true)}
                  >
                    {t("people.stillHere")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {leaving === null ? null : <LeaveDialog person={leaving} close={() => setLeaving(null)} />}
    </div>
  );
}

function LeaveDialog({ person, close }: { person: PersonView; close: () => void }): ReactNode {
  const { t } = useTranslation("workspace");
  const format = useFormat();
  const leave = useAct(commands.personLeave);
  const [day, setDay] = useState<string | null>(null);
  const act = async (): Promise<void> => {
    if (day === null || (await leave.run(person.id, day, false)) === undefined) return;
    toast(t("people.leftDone", { name: person.name, day: format.day(day) }), {
      undo: () => void leave.run(person.id, day, true),
    });
    close();
  };
  return (
    <Dialog
      open
      title={t("people.leaveTitle", { name: person.name })}
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{t("cancel")}</Button>
          <Button
            look="primary"
            isDisabled={day === null}
            isPending={leave.pending}
            onPress={() => void act()}
          >
            {t("people.leaveAction")}
          </Button>
        </>
      }
    >
      <p>{t("people.leaveText", { name: person.name })}</p>
      <DayField label={t("people.leaveDay")} value={day} onChange={setDay} />
    </Dialog>
  );
}
