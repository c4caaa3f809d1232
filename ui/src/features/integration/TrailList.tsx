import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type ExchangeView, type RunView } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { ErrorState, Skeleton } from "../../components/State";
import { classes } from "../../components/classes";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import styles from "./Integration.module.css";

/** As the core gives them at once. */
const SLICE = 200;

/** What was asked in a run, and what came back. Nothing for a run whose rows were in files. */
export function TrailList({ run }: { run: RunView }): ReactNode {
  const { t } = useTranslation("integration");
  const format = useFormat();
  const [skip, setSkip] = useState(0);
  const trail = useRead(
    ["trail", run.integration, run.id, skip],
    () => commands.trailRead(run.integration, run.id, skip),
    { keep: true },
  );
  if (trail.error) return <ErrorState error={trail.error} retry={() => void trail.refetch()} />;
  if (!trail.data) return <Skeleton height="3rem" />;
  const { total, exchanges } = trail.data;
  if (total === 0) return null;
  return (
    <div className={styles.trail}>
      <h3>{t("trail.title", { count: total })}</h3>
      <div className={table.scroll}>
        <table className={classes(table.table, table.tight)}>
          <thead>
            <tr>
              <th scope="col">{t("trail.at")}</th>
              <th scope="col">{t("trail.stream")}</th>
              <th scope="col">{t("trail.request")}</th>
              <th scope="col">{t("trail.answer")}</th>
              <th scope="col" className={table.end}>
                {t("trail.rows")}
              </th>
              <th scope="col" className={table.end}>
                {t("trail.seconds")}
              </th>
            </tr>
          </thead>
          <tbody>
            {exchanges.map((exchange, place) => (
              // oxlint-disable-next-line no-array-index-key -- a list that only grows at its end
              <Exchange key={skip + place} exchange={exchange} />
            ))}
          </tbody>
        </table>
      </div>
      {total > SLICE ? (
        <p className={styles.actions}>
          <Button isDisabled={skip === 0} onPress={() => setSkip(Math.max(0, skip - SLICE))}>
            {t("trail.earlier")}
          </Button>
          <Button isDisabled={skip + SLICE >= total} onPress={() => setSkip(skip + SLICE)}>
            {t("trail.later")}
          </Button>
          <span className={styles.how}>
            {t("trail.part", {
              from: format.count(skip + 1),
              to: format.count(Math.min(skip + SLICE, total)),
              total: format.count(total),
            })}
          </span>
        </p>
      ) : null}
    </div>
  );
}

function Exchange({ exchange }: { exchange: ExchangeView }): ReactNode {
  const { t } = useTranslation("integration");
  const format = useFormat();
  return (
    <tr>
      <td>{format.moment(exchange.at)}</td>
      <td>{exchange.stream}</td>
      <td className={styles.request}>{exchange.request}</td>
      <td>
        {exchange.fault ??
          exchange.said ??
          (exchange.status === null ? t("trail.answered") : t("trail.status", { status: exchange.status }))}
      </td>
      <td className={table.end}>{format.count(exchange.rows)}</td>
      <td className={table.end}>{format.number(exchange.seconds, 2)}</td>
    </tr>
  );
}
