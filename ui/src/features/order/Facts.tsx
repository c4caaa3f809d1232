import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { OrderPage } from "../../api/bindings";
import { useFormat } from "../../i18n/format";
import styles from "./Order.module.css";

const DATES = ["requested", "promised", "agreed", "reached"] as const;
const QUANTITIES = ["ordered", "produced", "shipped", "delivered", "returned", "cancelled"] as const;

/** The customer's dates side by side, milestones, quantities, value. */
export function Facts({ page }: { page: OrderPage }): ReactNode {
  const { t } = useTranslation("order");
  const format = useFormat();
  return (
    <>
      <dl className={styles.facts}>
        {DATES.map((name) => (
          <div key={name}>
            <dt>{t(`dates.${name}`)}</dt>
            <dd>{format.day(page[name])}</dd>
          </div>
        ))}
        <div>
          <dt>{t("value")}</dt>
          <dd>{format.money(page.value, page.currency)}</dd>
        </div>
        {QUANTITIES.map((name) =>
          page.quantities[name] === null ? null : (
            <div key={name}>
              <dt>{t(`quantities.${name}`)}</dt>
              <dd>{format.number(page.quantities[name], 3)}</dd>
            </div>
          ),
        )}
      </dl>
      <Milestones page={page} />
    </>
  );
}

function Milestones({ page }: { page: OrderPage }): ReactNode {
  const { t } = useTranslation(["order", "common"]);
  const format = useFormat();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("order:milestones.title")}</th>
            {page.milestones.map((each) => (
              <th key={each.milestone} scope="col">
                {t(`common:milestones.${each.milestone}`)}
                {each.milestone === page.promise_milestone ? ` (${t("order:milestones.promise")})` : ""}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("order:milestones.due")}</th>
            {page.milestones.map((each) => (
              <td key={each.milestone}>{format.day(each.due)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t("order:milestones.actual")}</th>
            {page.milestones.map((each) => (
              <td key={each.milestone}>
                {format.day(each.actual)}
                {each.out_of_order ? (
                  <span className={styles.bad}> {t("order:milestones.outOfOrder")}</span>
                ) : null}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
