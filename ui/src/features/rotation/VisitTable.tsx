import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type FormerView, type VisitView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { classes, MenuButton, type MenuEntry } from "../../components";
import table from "../../components/table.module.css";
import { useFormat } from "../../i18n/format";
import { DebriefDialog } from "./DebriefDialog";
import { useVisitFiles } from "./files";
import { ReasonDialog } from "../workspace/ReasonDialog";
import styles from "./Rotation.module.css";
import { SwapDialog } from "./SwapDialog";

const NO_VISITS: readonly VisitView[] = [];

interface VisitTableProps {
  visits: readonly VisitView[];
  /** Visits that one of these may be swapped with. */
  others?: readonly VisitView[];
}

/** Visits that people were told of, with what can be done about each. */
export function VisitTable({ visits, others = NO_VISITS }: VisitTableProps): ReactNode {
  const { t } = useTranslation("rotation");
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("column.visitor")}</th>
            <th scope="col">{t("column.host")}</th>
            <th scope="col">{t("column.days")}</th>
            <th scope="col">{t("column.standing")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {visits.map((visit) => (
            <Row key={visit.placement} visit={visit} others={others} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How a visit stands, in words. */
function useStanding(): (visit: VisitView) => string {
  const { t } = useTranslation("rotation");
  return (visit) => {
    if (visit.standing === "cancelled") return t("standing.cancelled", { reason: visit.reason });
    if (visit.standing === "withdrawn") return t("standing.withdrawn", { reason: visit.reason });
    if (visit.is_ahead) return t("standing.ahead");
    if (!visit.is_over) return t("standing.now");
    return visit.debrief === null ? t("standing.noDebrief") : t("standing.debrief");
  };
}

type Doing = "cancel" | "debrief" | "swap" | null;

function Row({ visit, others }: { visit: VisitView; others: readonly VisitView[] }): ReactNode {
  const { t } = useTranslation("rotation");
  const format = useFormat();
  const standing = useStanding();
  const files = useVisitFiles();
  const cancel = useAct(commands.placementCancel, { inline: true });
  const [doing, setDoing] = useState<Doing>(null);
  const planned = visit.standing === "planned";
  const entries: MenuEntry[] = [
    ...(visit.may_debrief
      ? [{ id: "debrief", label: t("debrief.write"), run: () => setDoing("debrief") }]
      : []),
    ...(planned ? [{ id: "brief", label: t("visit.brief"), run: () => void files.brief(visit) }] : []),
    {
      id: "calendar",
      label: t("visit.calendar", { name: visit.visitor_name }),
      run: () => void files.calendar(visit.visitor, visit.visitor_name),
    },
    ...(visit.may_swap && others.length > 0
      ? [{ id: "swap", label: t("swap.ask"), run: () => setDoing("swap") }]
      : []),
    ...(visit.may_cancel ? [{ id: "cancel", label: t("visit.cancel"), run: () => setDoing("cancel") }] : []),
  ];
  return (
    <tr className={classes(!planned && styles.off)}>
      <th scope="row">
        {visit.visitor_name} <span className={styles.off}>{visit.home_name}</span>
      </th>
      <td>{visit.host_name}</td>
      <td>
        {format.days(visit.from, visit.until)}
        {visit.former ? <Before former={visit.former} /> : null}
      </td>
      <td className={table.quiet}>{standing(visit)}</td>
      <td className={table.act}>
        <MenuButton
          look="quiet"
          label={t("visit.actsOf", { visitor: visit.visitor_name, host: visit.host_name })}
          entries={entries}
        >
          …
        </MenuButton>
        {doing === "cancel" ? (
          <ReasonDialog
            title={t("visit.cancelTitle", { visitor: visit.visitor_name, host: visit.host_name })}
            words={t("visit.cancelWords")}
            confirm={t("visit.cancelAction")}
            pending={cancel.pending}
            error={cancel.error}
            onClose={() => setDoing(null)}
            onConfirm={async (reason) =>
              (await cancel.run(visit.rotation, visit.placement, reason)) !== undefined
            }
          />
        ) : null}
        {doing === "debrief" ? <DebriefDialog visit={visit} close={() => setDoing(null)} /> : null}
        {doing === "swap" ? <SwapDialog visit={visit} others={others} close={() => setDoing(null)} /> : null}
      </td>
    </tr>
  );
}

/** What people were told of a visit before it was moved, and why it was. */
function Before({ former }: { former: FormerView }): ReactNode {
  const { t } = useTranslation("rotation");
  const format = useFormat();
  const words = {
    host: former.host_name,
    days: format.days(former.from, former.until),
    reason: former.reason,
  };
  return (
    <div className={styles.off}>
      {former.visitor_name === null
        ? t("former.was", words)
        : t("former.wasOf", { ...words, visitor: former.visitor_name })}
    </div>
  );
}
