import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type BatchActView, type CheckpointView, type PersonView } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button, EmptyState, ErrorState, Skeleton } from "../../components";
import { useFormat, useLanguage } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import styles from "./Checkpoint.module.css";
import { Held } from "./Held";
import { SettingsDialog } from "./SettingsDialog";

/** The checkpoint of an integration: how batches pass, what waits, what was decided. */
export function Checkpoint({ integration }: { integration: string }): ReactNode {
  const language = useLanguage();
  const page = useRead(["checkpoint", integration, language], () =>
    commands.checkpointRead(language, integration),
  );
  const workspace = useRead(["workspace"], () => commands.workspaceRead());
  const error = page.error ?? workspace.error;
  if (error && !(page.data && workspace.data)) {
    return (
      <ErrorState
        error={error}
        retry={() => {
          void page.refetch();
          void workspace.refetch();
        }}
      />
    );
  }
  if (!page.data || !workspace.data) return <Skeleton height="12rem" />;
  return <Shown id={integration} view={page.data} people={workspace.data.people} />;
}

function Shown({ id, view, people }: { id: string; view: CheckpointView; people: PersonView[] }): ReactNode {
  const { t } = useTranslation("checkpoint");
  const [changing, setChanging] = useState(false);
  const { settings, held, acts } = view;
  const nameOf = (person: string): string => people.find((one) => one.id === person)?.name ?? person;
  const change = (
    <Button onPress={() => setChanging(true)}>{settings === null ? t("set") : t("change")}</Button>
  );
  return (
    <section className={styles.checkpoint}>
      {held === null ? null : <Held id={id} held={held} approver={nameOf(held.approver)} />}
      {settings === null ? (
        <EmptyState title={t("none.title")} actions={change}>
          {t("none.words")}
        </EmptyState>
      ) : (
        <Rules settings={settings} approver={nameOf(settings.approver)}>
          {change}
        </Rules>
      )}
      {acts.length === 0 ? null : <Acts acts={acts} />}
      {changing ? (
        <SettingsDialog id={id} settings={settings} people={people} close={() => setChanging(false)} />
      ) : null}
    </section>
  );
}

function Rules(props: {
  settings: NonNullable<CheckpointView["settings"]>;
  approver: string;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation("checkpoint");
  const format = useFormat();
  const { settings } = props;
  const lines = settings.is_on
    ? [
        t("rules.points", { points: format.number(settings.points, 2) }),
        t("rules.ranges", { ranges: format.number(settings.ranges, 2) }),
        ...(settings.holds_warnings ? [t("rules.warnings")] : []),
        t("rules.approver", { name: props.approver }),
        ...(settings.four_eyes ? [t("rules.fourEyes")] : []),
        settings.hours === null ? t("rules.never") : t("rules.hours", { count: settings.hours }),
      ]
    : [t("rules.off")];
  return (
    <div>
      <h2>{t("rules.title")}</h2>
      <ul className={styles.rules}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {props.children}
    </div>
  );
}

function Acts({ acts }: { acts: BatchActView[] }): ReactNode {
  const { t } = useTranslation("checkpoint");
  const format = useFormat();
  return (
    <div>
      <h2>{t("acts.title")}</h2>
      <ol className={styles.acts}>
        {acts.map((act) => {
          const word = known(en.checkpoint.acts.what, act.what) ?? "other";
          return (
            <li key={`${act.at} ${act.what}`}>
              <span className={styles.when}>{format.moment(act.at)}</span>
              <span>
                <strong>{t(`acts.what.${word}`)}</strong>
                {act.person === null ? null : ` · ${act.person}`}
                {act.words === "" ? null : <span className={styles.words}>{act.words}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
