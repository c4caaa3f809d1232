import { useState, type KeyboardEvent, type ReactNode } from "react";
import { Button as AriaButton, GridList, GridListItem, useDragAndDrop } from "react-aria-components";
import { useTranslation } from "react-i18next";

import { commands, type AgendaView, type ItemView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { toast } from "../../components";
import { usePeople } from "../frame/start";
import { ReasonDialog } from "../workspace/ReasonDialog";
import styles from "./Agenda.module.css";
import { ItemDialog } from "./ItemDialog";
import { ItemMenu, type ItemAct } from "./ItemMenu";
import { Stepper } from "./Stepper";
import { nameOf } from "./words";

interface AgendaProps {
  agenda: AgendaView;
  /** It may be changed. */
  open: boolean;
}

/** The place of an item that is let go before or after another one, counted without the item itself. */
export function placeAfterDrop(
  order: readonly string[],
  moved: string,
  target: string,
  position: "before" | "after" | "on",
): number {
  const rest = order.filter((id) => id !== moved);
  const place = rest.indexOf(target);
  return position === "after" ? place + 1 : place;
}

/** What is on the agenda, in its order: by dragging, by Alt and the arrows, by the menu. */
export function Agenda({ agenda, open }: AgendaProps): ReactNode {
  const { t } = useTranslation("meeting");
  const meeting = agenda.meeting.meeting;
  const { items } = agenda;
  const move = useAct(commands.agendaMove);
  const change = useAct(commands.agendaChange);
  const [edited, setEdited] = useState<ItemView | null>(null);
  const [dropping, setDropping] = useState<ItemView | null>(null);
  const [said, setSaid] = useState("");
  const order = items.map((item) => item.item);

  const put = async (id: string, place: number): Promise<void> => {
    const item = items.find((one) => one.item === id);
    if (!open || !item || place < 0 || place >= items.length || order.indexOf(id) === place) return;
    if ((await move.run(meeting, id, place)) === undefined) return;
    setSaid(t("agenda.movedTo", { title: item.title, place: place + 1, count: items.length }));
  };
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !open,
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": String(key) })),
    onReorder: ({ keys, target }) => {
      const [moved] = keys;
      if (moved === undefined) return;
      const place = placeAfterDrop(order, String(moved), String(target.key), target.dropPosition);
      void put(String(moved), place);
    },
  });
  // Alt and an arrow move the line on which the focus is; the list's own arrows walk between lines.
  const onKeyDownCapture = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const row = event.target instanceof Element ? event.target.closest("[data-key]") : null;
    const id = row?.getAttribute("data-key") ?? null;
    if (id === null) return;
    event.preventDefault();
    event.stopPropagation();
    void put(id, order.indexOf(id) + (event.key === "ArrowUp" ? -1 : 1));
  };
  const drop = async (item: ItemView, reason: string): Promise<boolean> => {
    if ((await change.run(meeting, item.item, { dropped: reason })) === undefined) return false;
    toast(t("agenda.dropped", { title: item.title }), {
      undo: () => void change.run(meeting, item.item, { dropped: "" }),
    });
    return true;
  };
  const act = (item: ItemView, what: ItemAct): void => {
    const place = order.indexOf(item.item);
    if (what === "up") void put(item.item, place - 1);
    else if (what === "down") void put(item.item, place + 1);
    else if (what === "edit") setEdited(item);
    else if (what === "drop") setDropping(item);
    else if (what === "unchoose") void change.run(meeting, item.item, { is_unchosen: true });
    else void change.run(meeting, item.item, { is_chosen: what === "keep" });
  };
  return (
    <div onKeyDownCapture={onKeyDownCapture}>
      <GridList
        aria-label={t("agenda.title")}
        className={styles.list ?? ""}
        items={items.map((item, place) => ({ id: item.item, item, place }))}
        dependencies={[items, open]}
        selectionMode="none"
        keyboardNavigationBehavior="tab"
        dragAndDropHooks={dragAndDropHooks}
      >
        {({ item, place }) => (
          <GridListItem id={item.item} textValue={item.title} className={styles.row ?? ""}>
            <Row
              item={item}
              place={place}
              first={item.section !== items[place - 1]?.section}
              open={open}
              last={place === items.length - 1}
              act={(what) => act(item, what)}
              setMinutes={(minutes) => void change.run(meeting, item.item, { minutes })}
            />
          </GridListItem>
        )}
      </GridList>
      <p className={styles.hidden} role="status">
        {said}
      </p>
      {edited ? <ItemDialog meeting={meeting} item={edited} close={() => setEdited(null)} /> : null}
      {dropping ? (
        <ReasonDialog
          title={t("drop.title", { title: dropping.title })}
          words={t("drop.words")}
          confirm={t("drop.action")}
          open
          pending={change.pending}
          onClose={() => setDropping(null)}
          onConfirm={(reason) => drop(dropping, reason)}
        />
      ) : null}
    </div>
  );
}

interface RowProps {
  item: ItemView;
  place: number;
  /** The first of its section. */
  first: boolean;
  last: boolean;
  open: boolean;
  act: (what: ItemAct) => void;
  setMinutes: (minutes: number) => void;
}

function Row({ item, place, first, last, open, act, setMinutes }: RowProps): ReactNode {
  const { t } = useTranslation("meeting");
  return (
    <>
      {first ? <p className={styles.section}>{t(`section.${item.section}`)}</p> : null}
      <div className={styles.line}>
        {open ? (
          <AriaButton
            slot="drag"
            className={styles.handle ?? ""}
            aria-label={t("agenda.drag", { title: item.title })}
          >
            <Grip />
          </AriaButton>
        ) : (
          <span className={styles.number}>{place + 1}</span>
        )}
        <ItemWords item={item} />
        {open ? (
          <Stepper
            label={t("agenda.minutesOf", { title: item.title })}
            value={item.minutes}
            onChange={setMinutes}
          />
        ) : (
          <span className={styles.minutes}>{t("minutes", { count: item.minutes })}</span>
        )}
        {open ? <ItemMenu item={item} first={place === 0} last={last} act={act} /> : null}
      </div>
    </>
  );
}

/** What an item is, why it is there, who leads it, what to prepare. */
export function ItemWords({ item }: { item: ItemView }): ReactNode {
  const { t } = useTranslation("meeting");
  const people = usePeople();
  const marks = [
    item.person === null ? null : t("agenda.leads", { name: nameOf(people, item.person) }),
    item.carried > 0 ? t("agenda.carried", { count: item.carried }) : null,
    item.is_chosen === true ? t("agenda.chosen") : null,
  ].filter((mark) => mark !== null);
  return (
    <div className={styles.words}>
      <strong>{item.title}</strong>
      <p className={styles.reason}>{item.reason_words}</p>
      {item.note === "" ? null : <p className={styles.note}>{t("agenda.prepare", { note: item.note })}</p>}
      {marks.length === 0 ? null : <p className={styles.marks}>{marks.join(" · ")}</p>}
    </div>
  );
}

function Grip(): ReactNode {
  return (
    <svg width="0.6rem" height="1rem" viewBox="0 0 10 16" fill="currentColor" aria-hidden="true">
      {[3, 8, 13].map((y) => (
        <g key={y}>
          <circle cx="2.5" cy={y} r="1.3" />
          <circle cx="7.5" cy={y} r="1.3" />
        </g>
      ))}
    </svg>
  );
}
