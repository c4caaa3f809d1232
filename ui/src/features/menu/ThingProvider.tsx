import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";

import control from "../../components/control.module.css";
import { around, useFocused } from "../flag/focused";
import styles from "./Menu.module.css";
import { type Place, type Thing, ThingContext, type Things } from "./thing";
import { useActs } from "./useActs";

interface Offered {
  thing: Thing;
  place: Place;
}

/** Texts have a menu of their own, with paste and spelling; marked text has one that copies it. */
function hasOwnMenu(target: Element): boolean {
  if (target.closest("input, textarea, select, [contenteditable], [role='dialog']") !== null) return true;
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(target, true);
}

/** Below the left end of an element, but within the window. */
function below(element: Element): Place {
  const box = element.getBoundingClientRect();
  return {
    x: Math.min(Math.max(box.left, 0), window.innerWidth),
    y: Math.min(Math.max(box.bottom, 0), window.innerHeight),
  };
}

/** Offers a menu on everything that says what it stands for: by the right button, the menu key, or Shift and F10. */
export function ThingProvider({ children }: { children: ReactNode }): ReactNode {
  const [offered, setOffered] = useState<Offered | null>(null);
  const known = useRef(new WeakMap<Element, Thing>());
  const pages = useRef<Thing[]>([]);
  const open = useRef(false);
  const focused = useFocused();
  const acts = useActs();
  const things = useMemo<Things>(
    () => ({
      stands: (element, thing) => {
        known.current.set(element, thing);
      },
      shows: (thing) => {
        pages.current.push(thing);
        return () => {
          pages.current = pages.current.filter((shown) => shown !== thing);
        };
      },
      offer: (thing, place) => setOffered({ thing, place }),
      selected: () => around(focused(), known.current) ?? pages.current.at(-1),
    }),
    [focused],
  );
  useEffect(() => {
    open.current = offered !== null;
  }, [offered]);
  useEffect(() => {
    const onContextMenu = (event: MouseEvent): void => {
      if (event.defaultPrevented || !(event.target instanceof Element)) return;
      // The key that opened the menu comes again as a press of the right button.
      if (open.current) {
        event.preventDefault();
        return;
      }
      if (hasOwnMenu(event.target)) return;
      const thing = around(event.target, known.current);
      if (!thing) return;
      event.preventDefault();
      const byKey = event.button !== 2 && event.clientX === 0 && event.clientY === 0;
      things.offer(thing, byKey ? below(event.target) : { x: event.clientX, y: event.clientY });
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const asks = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
      const at = document.activeElement;
      if (!asks || event.defaultPrevented || open.current || at === null || hasOwnMenu(at)) return;
      const thing = around(at, known.current);
      if (!thing) return;
      event.preventDefault();
      things.offer(thing, below(at));
    };
    document.addEventListener("contextmenu", onContextMenu);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("contextmenu", onContextMenu);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [things]);
  const entries = offered ? acts(offered.thing) : [];
  return (
    <ThingContext value={things}>
      {children}
      {offered && entries.length > 0 ? (
        <ThingMenu offered={offered} entries={entries} close={() => setOffered(null)} />
      ) : null}
    </ThingContext>
  );
}

function ThingMenu({
  offered,
  entries,
  close,
}: {
  offered: Offered;
  entries: ReturnType<ReturnType<typeof useActs>>;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation("palette");
  const spot = useRef<HTMLSpanElement>(null);
  const { thing, place } = offered;
  const at: CSSProperties = { insetInlineStart: place.x, insetBlockStart: place.y };
  return (
    <>
      <span ref={spot} className={styles.spot} style={at} aria-hidden="true" />
      <Popover
        className={control.popover ?? ""}
        triggerRef={spot}
        isOpen
        placement="bottom start"
        offset={2}
        onOpenChange={(next) => {
          if (!next) close();
        }}
      >
        <Menu
          className={control.list ?? ""}
          aria-label={t("menu.of", { name: thing.name })}
          // oxlint-disable-next-line no-autofocus -- a menu that was asked for takes the focus and gives it back
          autoFocus="first"
          onAction={(key) => {
            close();
            entries.find((entry) => entry.id === key)?.run();
          }}
          onClose={close}
        >
          <MenuSection>
            <Header className={styles.name ?? ""}>{thing.name}</Header>
            {entries.map((entry) => (
              <MenuItem key={entry.id} id={entry.id} textValue={entry.label} className={control.option ?? ""}>
                {entry.label}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </>
  );
}
