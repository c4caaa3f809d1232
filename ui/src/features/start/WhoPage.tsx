import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type PersonView } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { DepartmentBadge, departmentOf } from "../../components/Department";
import { ErrorState, Skeleton } from "../../components/State";
import { RoleWords } from "../workspace/RoleWords";
import styles from "./Start.module.css";

/** Who am I: what I sign carries this name. */
export function WhoPage({ done }: { done: () => void }): ReactNode {
  const { t } = useTranslation("start");
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const choose = useAct(commands.profileChoose);
  if (workspace.error && !workspace.data) {
    return <ErrorState error={workspace.error} retry={() => void workspace.refetch()} />;
  }
  if (!workspace.data) return <Skeleton height="16rem" />;
  const { people, departments, name } = workspace.data;
  const here = people.filter((person) => person.left === null);

  const pick = async (person: PersonView): Promise<void> => {
    if ((await choose.run(person.id)) !== undefined) done();
  };

  return (
    <>
      <h1 className={styles.title}>{t("who.title")}</h1>
      <p className={styles.lead}>{t("who.lead", { company: name })}</p>
      {here.length === 0 ? (
        <>
          <p>{t("who.none")}</p>
          <Button onPress={done}>{t("who.action")}</Button>
        </>
      ) : null}
      <ul className={styles.people}>
        {here.map((person) => (
          <li key={person.id}>
            <Button
              className={styles.person ?? ""}
              isDisabled={choose.pending}
              onPress={() => void pick(person)}
            >
              <span className={styles.personName}>{person.name}</span>
              <span className={styles.personDepartment}>
                {person.department === null ? (
                  t("who.noDepartment")
                ) : (
                  <DepartmentBadge department={departmentOf(departments, person.department)} />
                )}
              </span>
              <span className={styles.personRoles}>
                <RoleWords roles={person.roles} />
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
