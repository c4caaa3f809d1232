import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { WinJourney, WinOrderView, WinView } from "../../api/bindings";
import { AddressLink } from "../../components";
import { useFormat, weekParts } from "../../i18n/format";
import { Picture } from "../order/Timeline";
import styles from "./Win.module.css";

/** What the win rests on: orders with their way to the customer, a chart, the meetings that celebrated it. */
export function Behind({ win }: { win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const isOfCustomer = win.customer_lines > 0;
  const { orders, chart, celebrated } = win;
  if (!isOfCustomer && orders.length + celebrated.length === 0 && chart === null) return null;
  return (
    <section aria-label={t("behind")}>
      <h2>{t("behind")}</h2>
      {isOfCustomer ? (
        <p>{t("behindCustomer", { count: win.customer_lines, customer: win.customer })}</p>
      ) : null}
      {orders.length === 0 ? null : (
        <ul className={styles.list}>
          {orders.map((one) => (
            <li key={`${one.system} ${one.order} ${one.line}`}>
              <Way one={one} win={win} />
            </li>
          ))}
        </ul>
      )}
      <ul className={styles.facts}>
        {chart === null ? null : (
          <li>
            <AddressLink address={chart.address}>{chart.name}</AddressLink>
          </li>
        )}
        {celebrated.map((meeting) => (
          <li key={meeting}>
            <Link to="/meeting/$meeting/minutes" params={{ meeting }}>
              {t("celebratedIn", weekParts(meeting))}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** An order line, when it was promised and came, and its legs. */
function Way({ one, win }: { one: WinOrderView; win: WinView }): ReactNode {
  const { t } = useTranslation("win");
  const { order, line, system, journey } = one;
  // Two systems may have one number.
  const isTwice = win.orders.some(
    (other) => other.order === order && other.line === line && other.system !== system,
  );
  return (
    <div className={styles.way}>
      <p>
        <Link to="/order/$order/$line" params={{ order, line }} search={{ system }}>
          {order}/{line}
        </Link>
        {isTwice ? ` (${system})` : null}
        {journey === null ? (
          <span className={styles.quiet}> {t("way.elsewhere")}</span>
        ) : (
          <Came journey={journey} />
        )}
      </p>
      {journey === null || journey.legs.length === 0 ? null : (
        <details open={win.orders.length === 1}>
          <summary>{t("way.legs", { order: `${order}/${line}` })}</summary>
          <Picture page={{ ...journey, order, line, departments: win.departments }} />
        </details>
      )}
    </div>
  );
}

/** How it came against its promise, as the order's page says it. */
function Came({ journey }: { journey: WinJourney }): ReactNode {
  const { t } = useTranslation(["win", "order"]);
  const format = useFormat();
  const { promised, reached, lateness_days: days, working_days } = journey;
  const words = [
    promised === null ? t("win:way.notPromised") : t("win:way.promised", { day: format.day(promised) }),
    reached === null ? t("win:way.underWay") : t("win:way.reached", { day: format.day(reached) }),
  ];
  const lateBy = working_days ? "order:lateByWorking" : "order:lateBy";
  const against = (): string | null => {
    if (days === null) return null;
    if (days > 0) return t(lateBy, { count: days });
    return days < 0 ? t("order:earlyBy", { count: -days }) : t("win:way.onTheDay");
  };
  return (
    <span>
      {": "}
      {words.join(", ")}. {against()}
    </span>
  );
}
