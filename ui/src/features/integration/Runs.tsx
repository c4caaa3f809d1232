import { Fragment, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { RunView } from "../../api/bindings";
import { Button } from "../../components/Button";
import { classes } from "../../components/classes";
import { Icon, type IconName } from "../../components/Icon";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { FlagButton } from "../flag/FlagButton";
import { useThingRef } from "../menu/thing";
import { FaultWords } from "../workspace/FaultWords";
import styles from "./Integration.module.css";
import { TrailList } from "./TrailList";
import { fileName } from "./wizard/source";

const ICONS: Record<string, [IconName, string]> = {
  running: ["clock", "running"],
  interrupted: ["clock", "has_quarantine"],
  finished: ["check", "fine"],
  failed: ["close", "failed"],
  cancelled: ["close", "cancelled"],
};

/** The audit of runs: what was read, kept, refused, and from which files. */
export function Runs({ runs }: { runs: readonly RunView[] }): ReactNode {
  const { t } = useTranslation("integration");
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  if (runs.length === 0) return <p>{t("runs.empty")}</p>;
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <div className={table.scroll}>
      <table className={classes(table.table, table.tight)}>
        <thead>
          <tr>
            <th scope="col">{t("runs.started")}</th>
            <th scope="col">{t("runs.state")}</th>
            {(["read", "new", "changed", "same", "quarantined", "deleted", "weeks"] as const).map(
              (column) => (
                <th key={column} scope="col" className={table.end}>
                  {t(`runs.${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Run key={run.id} run={run} open={open.has(run.id)} toggle={() => toggle(run.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Run({ run, open, toggle }: { run: RunView; open: boolean; toggle: () => void }): ReactNode {
  const { t } = useTranslation("integration");
  const { t: talk } = useTranslation("conversation");
  const format = useFormat();
  const word = known(en.integration.runs.word, run.state) ?? "other";
  const [icon, tone] = ICONS[run.state] ?? ["clock", "other"];
  const when = format.moment(run.started);
  const target = { anchor: { on: "run", integration: run.integration, run: run.id } } as const;
  const stood = useThingRef({
    name: t("runs.runOf", { when }),
    flag: target,
    value: when,
    address: `/integrations/${run.integration}?tab=trail`,
  });
  const counts = [run.read, run.new, run.changed, run.same, run.quarantined, run.deleted, run.weeks_changed];
  return (
    <Fragment>
      <tr ref={stood}>
        <th scope="row" className={classes(open && styles.openRow)}>
          <Button
            look="quiet"
            className={styles.toggle ?? ""}
            aria-expanded={open}
            aria-label={t("runs.details", { when })}
            onPress={toggle}
          >
            <Icon name="right" size={12} />
            {when}
          </Button>
        </th>
        <td className={classes(styles.state, open && styles.openRow)}>
          <span className={styles.health} data-health={tone}>
            <Icon name={icon} />
            {t(`runs.word.${word}`)}
          </span>
        </td>
        {counts.map((count, place) => (
          // oxlint-disable-next-line no-array-index-key -- the columns are fixed
          <td key={place} className={classes(table.end, open && styles.openRow, count === 0 && table.none)}>
            {format.count(count)}
          </td>
        ))}
      </tr>
      {open ? (
        <tr className={styles.details}>
          <td colSpan={counts.length + 2}>
            <RunDetail run={run} />
            <FlagButton target={target} label={talk("talkAboutOf", { what: when })}>
              {talk("talkAbout")}
            </FlagButton>
            <TrailList run={run} />
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

function RunDetail({ run }: { run: RunView }): ReactNode {
  const { t } = useTranslation("integration");
  const format = useFormat();
  const nothing = run.warnings.length === 0 && run.reasons.length === 0 && run.error === null;
  return (
    <div className={styles.detail}>
      {run.error ? (
        <div>
          <h3>{t("runs.word.failed")}</h3>
          <FaultWords words={run.error} />
        </div>
      ) : null}
      {run.reasons.length > 0 ? (
        <div>
          <h3>{t("runs.reasons")}</h3>
          <ul>
            {run.reasons.map((reason) => (
              <li key={reason.rule}>
                {format.count(reason.rows)} · {reason.words}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {run.warnings.length > 0 ? (
        <div>
          <h3>{t("runs.warnings")}</h3>
          <ul>
            {run.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <div>
        <h3>{t("runs.files")}</h3>
        <ul>
          {run.files.map((file) => (
            <li key={file} title={file}>
              {fileName(file)}
            </li>
          ))}
        </ul>
        {run.finished ? (
          <p className={styles.how}>{t("runs.took", { when: format.moment(run.finished) })}</p>
        ) : null}
        {nothing ? <p className={styles.how}>{t("runs.noDetails")}</p> : null}
      </div>
    </div>
  );
}
