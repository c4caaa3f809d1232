import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Holiday, type WorkspaceView } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { DayField } from "../../components/DayField";
import { Checkbox, ComboBox, Switch, TextField } from "../../components/Field";
import { Page, PageHeader } from "../../components/Page";
import { ErrorState, Skeleton } from "../../components/State";
import table from "../../components/table.module.css";
import { toast } from "../../components/toast";
import { useFormat } from "../../i18n/format";
import { zoneChoices } from "../start/zones";
import { settings } from "./settings";
import styles from "./Workspace.module.css";

/** Working days, holidays, time zone: what a day is and which days count. */
export function CalendarPage(): ReactNode {
  const { t } = useTranslation("workspace");
  const workspace = useRead(["workspace"], commands.workspaceRead);
  return (
    <Page narrow>
      <PageHeader title={t("calendar.title")} />
      {workspace.error && !workspace.data ? (
        <ErrorState error={workspace.error} retry={() => void workspace.refetch()} />
      ) : null}
      {!workspace.data && !workspace.error ? <Skeleton height="16rem" /> : null}
      {workspace.data ? <Shown workspace={workspace.data} /> : null}
    </Page>
  );
}

function Shown({ workspace }: { workspace: WorkspaceView }): ReactNode {
  const { t } = useTranslation("workspace");
  const { locale } = useFormat();
  const change = useAct(commands.settingsChange);
  const [name, setName] = useState(workspace.name);
  const zones = useMemo(() => zoneChoices([workspace.time_zone]), [workspace.time_zone]);
  const [noDay, setNoDay] = useState(false);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  // 5 January 1970 was a Monday; only its name is wanted.
  const dayName = (place: number): string => weekday.format(new Date(Date.UTC(1970, 0, 5 + place)));
  const setDay = (place: number, works: boolean): void => {
    const days = workspace.working_days.map((one, at) => (at === place ? works : one));
    setNoDay(!days.includes(true));
    if (days.includes(true)) void change.run(settings({ working_days: days }));
  };
  return (
    <>
      <section className={styles.section}>
        <h2>{t("calendar.company")}</h2>
        <div className={styles.withButton}>
          <TextField label={t("calendar.companyName")} value={name} onChange={setName} />
          <Button
            isDisabled={name.trim() === "" || name.trim() === workspace.name}
            onPress={() => void change.run(settings({ name: name.trim() }))}
          >
            {t("save")}
          </Button>
        </div>
        <ComboBox
          label={t("calendar.zone")}
          hint={t("calendar.zoneHint")}
          choices={zones}
          value={workspace.time_zone}
          onChange={(zone) => {
            if (zone !== workspace.time_zone) void change.run(settings({ time_zone: zone }));
          }}
        />
      </section>
      <section className={styles.section}>
        <h2>{t("calendar.week")}</h2>
        <p className={styles.lead}>{t("calendar.weekHint")}</p>
        <div className={styles.days} role="group" aria-label={t("calendar.week")}>
          {workspace.working_days.map((works, place) => (
            <Checkbox key={dayName(place)} selected={works} onChange={(on) => setDay(place, on)}>
              {dayName(place)}
            </Checkbox>
          ))}
        </div>
        {noDay ? (
          <p className={styles.fault} role="alert">
            {t("calendar.noDay")}
          </p>
        ) : null}
        <Switch
          selected={workspace.count_working_days}
          onChange={(on) => void change.run(settings({ count_working_days: on }))}
        >
          {t("calendar.count")} <span className={styles.hint}>{t("calendar.countHint")}</span>
        </Switch>
      </section>
      <Holidays holidays={workspace.holidays} />
    </>
  );
}

function Holidays({ holidays }: { holidays: readonly Holiday[] }): ReactNode {
  const { t } = useTranslation("workspace");
  const format = useFormat();
  const change = useAct(commands.settingsChange);
  const [day, setDay] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const twice = day !== null && holidays.some((one) => one.day === day);
  const save = async (next: readonly Holiday[]): Promise<boolean> =>
    (await change.run(settings({ holidays: [...next] }))) !== undefined;
  const add = async (): Promise<void> => {
    if (day === null || name.trim() === "" || twice) {
      setAsked(true);
      return;
    }
    const next = [...holidays, { day, name: name.trim() }].toSorted((one, other) =>
      one.day.localeCompare(other.day),
    );
    if (!(await save(next))) return;
    setAsked(false);
    setDay(null);
    setName("");
  };
  const remove = async (holiday: Holiday): Promise<void> => {
    if (await save(holidays.filter((one) => one.day !== holiday.day))) {
      toast(t("calendar.removed", { name: holiday.name }), { undo: () => void save(holidays) });
    }
  };
  return (
    <section className={styles.section}>
      <h2>{t("calendar.holidays")}</h2>
      <p className={styles.lead}>{t("calendar.holidaysHint")}</p>
      {holidays.length === 0 ? <p className={styles.hint}>{t("calendar.empty")}</p> : null}
      {holidays.length > 0 ? (
        <table className={table.table}>
          <tbody>
            {holidays.map((holiday) => (
              <tr key={holiday.day}>
                <th scope="row">{holiday.name}</th>
                <td>{format.dayLong(holiday.day)}</td>
                <td className={table.act}>
                  <Button
                    look="quiet"
                    aria-label={t("calendar.removeOf", { name: holiday.name, day: format.day(holiday.day) })}
                    onPress={() => void remove(holiday)}
                  >
                    {t("calendar.remove")}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <div className={styles.adding}>
        <DayField
          label={t("calendar.day")}
          value={day}
          onChange={setDay}
          error={asked && day === null ? t("calendar.dayFault") : twice ? t("calendar.twice") : undefined}
        />
        <TextField
          label={t("calendar.name")}
          value={name}
          onChange={setName}
          error={asked && name.trim() === "" ? t("calendar.nameFault") : undefined}
        />
        <Button isPending={change.pending} onPress={() => void add()}>
          {t("calendar.add")}
        </Button>
      </div>
    </section>
  );
}
