import type { CSSProperties, ReactNode } from "react";

import type { WinCard } from "../../api/bindings";
import { DepartmentBadge } from "../../components";
import { departmentColour } from "../../components/Department";
import styles from "./Card.module.css";

/** Letters from which on a title is set smaller, so that a long one is read as a whole. */
const LONG = [50, 110] as const;

/** A win for the whole room: what was won, how, and everybody who had a part in it. */
export function CardView({ card, children }: { card: WinCard; children?: ReactNode }): ReactNode {
  const long = LONG.filter((letters) => card.title.length > letters).length;
  return (
    <article className={styles.sheet}>
      <Band card={card} />
      <header className={styles.head}>
        <strong>{card.company}</strong>
        <span>{card.about}</span>
      </header>
      <div className={styles.body}>
        <h1 className={styles.title} data-long={long}>
          {card.title}
        </h1>
        {card.story === "" ? null : <p className={styles.story}>{card.story}</p>}
      </div>
      <CardNames card={card} />
      {children}
    </article>
  );
}

/** Everybody who is named. */
export function CardNames({ card }: { card: WinCard }): ReactNode {
  if (card.names.length === 0) return null;
  // Two people may have one name.
  const namesakes = (place: number): number =>
    card.names.slice(0, place).filter(({ name }) => name === card.names[place]?.name).length;
  return (
    <section className={styles.thanks} aria-label={card.thanks}>
      <h2>{card.thanks}</h2>
      <ul className={styles.names}>
        {card.names.map((one, place) => (
          <li key={`${one.department?.id ?? ""} ${one.name} ${namesakes(place)}`}>
            {one.department === null ? one.name : <DepartmentBadge department={one.department} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The colours of the departments that are named, side by side. Their names stand below: it says nothing alone. */
function Band({ card }: { card: WinCard }): ReactNode {
  const named = card.names.flatMap((one) => (one.department === null ? [] : [one.department]));
  return (
    <div className={styles.band} aria-hidden="true">
      {named.length === 0 ? <span style={{ background: "var(--accent)" }} /> : null}
      {named.map((one, place) => {
        const style: CSSProperties = {
          background: departmentColour(one),
          animationDelay: `${place * 120}ms`,
        };
        return <span key={one.id} style={style} />;
      })}
    </div>
  );
}
