import { type ReactNode, useMemo, useRef, useState } from "react";
import { Form } from "react-aria-components";
import { useTranslation } from "react-i18next";

import { commands, type Created } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { ComboBox, Select, TextField } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { LANGUAGES } from "../../i18n";
import { useLanguage } from "../../i18n/format";
import { pickFolder } from "../../platform/dialog";
import { Fault } from "../workspace/FaultWords";
import {
  asNew,
  COMPANY_STEPS,
  type Company,
  type CompanyFault,
  DEPARTMENTS_MAX,
  faultsOf,
  stepOfField,
  withoutDepartment,
} from "./company";
import styles from "./Start.module.css";
import { ownZone, zoneChoices } from "./zones";

const USUAL = ["sales", "production", "logistics", "finance"] as const;
const NOBODY = "none";

/** My own company, in three short pages. */
export function CompanyForm(props: {
  suggested: string;
  back: () => void;
  done: (created: Created) => void;
}): ReactNode {
  const { t, i18n } = useTranslation("start");
  const language = useLanguage();
  const create = useAct(commands.workspaceCreate, { inline: true });
  const [at, setAt] = useState(0);
  const [asked, setAsked] = useState(false);
  const [company, setCompany] = useState<Company>(() => ({
    name: "",
    language,
    zone: ownZone(),
    folder: props.suggested,
    departments: USUAL.map((name) => t(`own.departments.default.${name}`)),
    named: false,
    myName: "",
    myDepartment: null,
  }));
  const step = COMPANY_STEPS[at] ?? "company";
  const faults = faultsOf(company, step);
  const words = (field: keyof Company): string | undefined => {
    const fault: CompanyFault | undefined = faults[field];
    return asked && fault ? t(`own.fault.${fault}`) : undefined;
  };
  const change = (part: Partial<Company>): void => setCompany((before) => ({ ...before, ...part }));

  const next = async (): Promise<void> => {
    if (Object.keys(faults).length > 0) {
      setAsked(true);
      return;
    }
    setAsked(false);
    if (at < COMPANY_STEPS.length - 1) {
      setAt(at + 1);
      return;
    }
    const created = await create.run(asNew(company));
    if (created) props.done(created);
  };
  const back = (): void => {
    setAsked(false);
    if (at === 0) props.back();
    else setAt(at - 1);
  };
  const refused = create.error?.fields ?? [];

  return (
    <Form
      className={styles.form ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        void next();
      }}
    >
      <p className={styles.quiet}>{t("own.steps", { step: at + 1, total: COMPANY_STEPS.length })}</p>
      <h1 className={styles.title}>{t(`own.${step}.title`)}</h1>
      {create.error ? (
        <Fault
          error={create.error}
          {...(refused.length > 0 && stepOfField(refused) !== step
            ? { retry: () => setAt(COMPANY_STEPS.indexOf(stepOfField(refused))) }
            : {})}
        />
      ) : null}
      {step === "company" ? (
        <CompanyPart
          company={company}
          change={change}
          words={words}
          speak={(code) => {
            void i18n.changeLanguage(code).then(() => {
              const fixed = i18n.getFixedT(code, "start");
              setCompany((before) => ({
                ...before,
                language: code,
                departments: before.named
                  ? before.departments
                  : USUAL.map((name) => fixed(`own.departments.default.${name}`)),
              }));
            });
          }}
        />
      ) : null}
      {step === "departments" ? (
        <DepartmentsPart company={company} setCompany={setCompany} fault={words("departments")} />
      ) : null}
      {step === "me" ? <MePart company={company} change={change} words={words} /> : null}
      <div className={styles.foot}>
        <Button look="quiet" onPress={back}>
          {t("own.back")}
        </Button>
        <Button look="primary" type="submit" isPending={create.pending}>
          {step === "me" ? t("own.me.create") : t("own.next")}
        </Button>
      </div>
    </Form>
  );
}

interface PartProps {
  company: Company;
  change: (part: Partial<Company>) => void;
  words: (field: keyof Company) => string | undefined;
}

function CompanyPart({
  company,
  change,
  words,
  speak,
}: PartProps & { speak: (code: Company["language"]) => void }): ReactNode {
  const { t } = useTranslation("start");
  const zones = useMemo(() => zoneChoices([company.zone]), [company.zone]);
  const choose = async (): Promise<void> => {
    const folder = await pickFolder(t("own.company.chooseTitle"), company.folder);
    if (folder !== null) change({ folder });
  };
  return (
    <>
      <TextField
        autoFocus
        label={t("own.company.name")}
        hint={t("own.company.nameHint")}
        value={company.name}
        onChange={(name) => change({ name })}
        error={words("name")}
      />
      <div className={styles.pair}>
        <Select
          label={t("own.company.language")}
          hint={t("own.company.languageHint")}
          choices={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
          value={company.language}
          onChange={speak}
        />
        <ComboBox
          label={t("own.company.zone")}
          hint={t("own.company.zoneHint")}
          choices={zones}
          value={company.zone}
          onChange={(zone) => change({ zone })}
          error={words("zone")}
        />
      </div>
      <div className={styles.withButton}>
        <TextField
          label={t("own.company.folder")}
          hint={t("own.company.folderHint")}
          value={company.folder}
          onChange={(folder) => change({ folder })}
          error={words("folder")}
        />
        <Button onPress={() => void choose()}>{t("own.company.choose")}</Button>
      </div>
    </>
  );
}

function DepartmentsPart({
  company,
  setCompany,
  fault,
}: {
  company: Company;
  setCompany: (change: (before: Company) => Company) => void;
  fault: string | undefined;
}): ReactNode {
  const { t } = useTranslation("start");
  const list = useRef<HTMLOListElement>(null);
  const rename = (place: number, name: string): void =>
    setCompany((before) => ({
      ...before,
      named: true,
      departments: before.departments.map((one, at) => (at === place ? name : one)),
    }));
  const add = (): void => {
    setCompany((before) => ({ ...before, named: true, departments: [...before.departments, ""] }));
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus(),
    );
  };
  const full = company.departments.length >= DEPARTMENTS_MAX;
  return (
    <>
      <p className={styles.lead}>{t("own.departments.lead")}</p>
      <ol className={styles.departments} ref={list}>
        {company.departments.map((name, place) => (
          // oxlint-disable-next-line no-array-index-key -- a department has no other identity before it is made
          <li key={place}>
            <span
              className={styles.letter}
              style={{ background: `var(--department-${place % DEPARTMENTS_MAX})` }}
              aria-hidden="true"
            >
              {name.trim().charAt(0).toLocaleUpperCase("en")}
            </span>
            <TextField
              bare
              label={t("own.departments.name", { number: place + 1 })}
              value={name}
              onChange={(typed) => rename(place, typed)}
            />
            <Button
              look="quiet"
              icon
              aria-label={
                name.trim() === ""
                  ? t("own.departments.removeUnnamed", { number: place + 1 })
                  : t("own.departments.remove", { name })
              }
              onPress={() => setCompany((before) => withoutDepartment(before, place))}
            >
              <Icon name="close" />
            </Button>
          </li>
        ))}
      </ol>
      {fault ? (
        <p className={styles.faultWords} role="alert">
          {fault}
        </p>
      ) : null}
      <div>
        <Button isDisabled={full} onPress={add}>
          <Icon name="plus" /> {t("own.departments.add")}
        </Button>
        {full ? <span className={styles.beside}>{t("own.departments.full")}</span> : null}
      </div>
    </>
  );
}

function MePart({ company, change, words }: PartProps): ReactNode {
  const { t } = useTranslation("start");
  const choices = [
    ...company.departments.map((name, place) => ({ value: String(place), label: name })),
    { value: NOBODY, label: t("own.me.noDepartment") },
  ];
  return (
    <>
      <p className={styles.lead}>{t("own.me.lead")}</p>
      <TextField
        autoFocus
        label={t("own.me.name")}
        value={company.myName}
        onChange={(myName) => change({ myName })}
        error={words("myName")}
      />
      <Select
        label={t("own.me.department")}
        choices={choices}
        value={company.myDepartment === null ? NOBODY : String(company.myDepartment)}
        onChange={(value) => change({ myDepartment: value === NOBODY ? null : Number(value) })}
      />
    </>
  );
}
