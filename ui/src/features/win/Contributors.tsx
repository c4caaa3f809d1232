import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import {
  commands,
  type Contributor,
  type ContributorView,
  type TakenOffView,
  type WinView,
} from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, ComboBox, DepartmentBadge, departmentOf, TextField } from "../../components";
import { Fault } from "../workspace/FaultWords";
import { ReasonDialog } from "../workspace/ReasonDialog";
import styles from "./Win.module.css";

function keyOf(one: Contributor): string {
  return one.who === "department" ? `department ${one.department}` : `person ${one.person}`;
}

/** Everybody who is named, who may be named as well, and room for a forgotten name. */
export function Contributors({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const name = useAct(commands.contributorName);
  const all = useAct(commands.contributorNameProposed);
  const [off, setOff] = useState<ContributorView | null>(null);
  return (
    <>
      <section aria-label={t("contributors.title")}>
        <h2>{t("contributors.title")}</h2>
        {win.contributors.length === 0 ? <p className={styles.quiet}>{t("contributors.none")}</p> : null}
        <ul className={styles.list}>
          {win.contributors.map((one) => (
            <li key={keyOf(one.contributor)}>
              <Who one={one} win={win} />
              <Button
                aria-label={t("contributors.takeOffName", { name: one.name })}
                onPress={() => setOff(one)}
              >
                {t("contributors.takeOff")}
              </Button>
            </li>
          ))}
        </ul>
        <TakenOff win={win} />
        <Forgotten win={win} />
      </section>
      {win.proposals.length === 0 ? null : (
        <section aria-label={t("contributors.proposed")}>
          <h2>{t("contributors.proposed")}</h2>
          {win.customer_lines === 0 ? null : (
            <p className={styles.quiet}>
              {t("contributors.customerLines", { count: win.customer_lines, customer: win.customer })}
            </p>
          )}
          <ul className={styles.list}>
            {win.proposals.map((one) => (
              <li key={keyOf(one.contributor)}>
                <Who one={one} win={win} />
                <Button
                  aria-label={t("contributors.nameName", { name: one.name })}
                  isPending={name.pending}
                  onPress={() => void name.run(win.win, one.contributor, "")}
                >
                  {t("contributors.name")}
                </Button>
              </li>
            ))}
          </ul>
          {win.proposals.length > 1 ? (
            <Button look="primary" isPending={all.pending} onPress={() => void all.run(win.win)}>
              {t("contributors.nameAll")}
            </Button>
          ) : null}
        </section>
      )}
      {off === null ? null : <TakeOffDialog win={win.win} one={off} close={() => setOff(null)} />}
    </>
  );
}

function Who({ one, win }: { one: ContributorView; win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  return (
    <Somebody one={one} win={win}>
      {one.words}
      {one.said?.name ? ` ${t("contributors.namedBy", { name: one.said.name })}` : null}
    </Somebody>
  );
}

function Somebody({
  one,
  win,
  children,
}: {
  one: { name: string; department: string | null };
  win: WinView;
  children: ReactNode;
}): ReactNode {
  return (
    <div className={styles.who}>
      {one.department === null ? null : (
        <DepartmentBadge department={departmentOf(win.departments, one.department)} name={false} />
      )}
      <div>
        <strong>{one.name}</strong>
        <p className={styles.quiet}>{children}</p>
      </div>
    </div>
  );
}

/** Names that were taken off, with the reason: naming them again undoes it. */
function TakenOff({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const name = useAct(commands.contributorName);
  const why = ({ taken_off: { reason, said } }: TakenOffView): string =>
    said.name === null ? t("takenOff.bySomebody", { reason }) : t("takenOff.by", { name: said.name, reason });
  if (win.taken_off.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t("takenOff.title")}>
      {win.taken_off.map((one) => (
        <li key={keyOf(one.contributor)}>
          <Somebody one={one} win={win}>
            {why(one)}
          </Somebody>
          <Button
            aria-label={t("takenOff.againName", { name: one.name })}
            look="quiet"
            isPending={name.pending}
            onPress={() => void name.run(win.win, one.contributor, "")}
          >
            {t("takenOff.again")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Anybody may add anybody: a forgotten name is nobody's to guard. */
export function Forgotten({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const name = useAct(commands.contributorName, { inline: true });
  const [who, setWho] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const named = new Set(win.contributors.map((one) => keyOf(one.contributor)));
  const options: { value: string; label: string; contributor: Contributor }[] = [
    ...win.departments.map(({ id, name: label }) => {
      const contributor: Contributor = { who: "department", department: id };
      return { value: keyOf(contributor), label, contributor };
    }),
    ...win.people.map(({ id, name: known, left }) => {
      const contributor: Contributor = { who: "person", person: id };
      const label = left === null ? known : t("contributors.left", { name: known });
      return { value: keyOf(contributor), label, contributor };
    }),
  ].filter(({ value }) => !named.has(value));
  const chosen = options.find(({ value }) => value === who);
  const add = async (): Promise<void> => {
    if (chosen === undefined) return;
    if ((await name.run(win.win, chosen.contributor, words)) === undefined) return;
    setWho(null);
    setWords("");
  };
  if (options.length === 0) return null;
  return (
    <div className={styles.forgotten}>
      {name.error ? <Fault error={name.error} /> : null}
      <ComboBox
        key={win.contributors.length}
        label={t("contributors.forgotten")}
        choices={options}
        value={who}
        onChange={setWho}
      />
      <TextField label={t("contributors.for")} value={words} onChange={setWords} />
      <Button isPending={name.pending} isDisabled={chosen === undefined} onPress={() => void add()}>
        {t("contributors.add")}
      </Button>
    </div>
  );
}

function TakeOffDialog({
  win,
  one,
  close,
}: {
  win: string;
  one: ContributorView;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation("win");
  const unname = useAct(commands.contributorUnname, { inline: true });
  return (
    <ReasonDialog
      title={t("contributors.takeOffTitle", { name: one.name })}
      label={t("withdraw.why")}
      confirm={t("contributors.takeOff")}
      pending={unname.pending}
      error={unname.error}
      onClose={close}
      onConfirm={async (reason) => (await unname.run(win, one.contributor, reason)) !== undefined}
    />
  );
}
