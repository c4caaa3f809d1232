import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from "react";

import { classes } from "./classes";
import { Icon } from "./Icon";
import styles from "./VirtualTable.module.css";

/** One column of a table. */
export interface Column<T> {
  id: string;
  label: string;
  /** A grid track: `8rem`, `minmax(10rem, 2fr)`. */
  width: string;
  /** Numbers stand at the end. */
  end?: boolean;
  sortable?: boolean;
  cell: (row: T) => ReactNode;
  /** The cell in full where it may be cut. */
  title?: (row: T) => string;
}

/** How a table is sorted. */
export interface Sort {
  column: string;
  descending: boolean;
}

interface VirtualTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  /** How many rows there are in all; only those in sight are drawn. */
  count: number;
  /** The row at a place; undefined while it is on its way. */
  row: (place: number) => T | undefined;
  /** The rows in sight, so that more can be fetched. */
  onVisible?: (first: number, last: number) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Enter or a click on a row. */
  onOpen?: (row: T) => void;
  /** A row's element, so that it can be said what it stands for. */
  onStand?: (element: Element | null, row: T) => void;
  /** Pixels at the usual size of text; rows grow with it. */
  rowHeight?: number;
  height?: string;
  /** Where columns need more room than the page has, the table scrolls sideways. */
  minWidth?: string;
}

/** Rows moved by Page Up and Page Down. */
const PAGE_ROWS = 10;

/** Rows drawn above and below those in sight, so that scrolling shows no gap. */
const OVERSCAN = 12;

/** Where a key leads among `count` rows from `active`; undefined for other keys. */
export function move(key: string, active: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(active + 1, last);
    case "ArrowUp":
      return Math.max(active - 1, 0);
    case "PageDown":
      return Math.min(active + PAGE_ROWS, last);
    case "PageUp":
      return Math.max(active - PAGE_ROWS, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}

/** Pixels of the usual size of text. */
const TEXT_PX = 16;

/** How much larger text is than usual: the reader may have enlarged it. */
export function textScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / TEXT_PX || 1;
}

/** A long table: sorted by its headers, walked with the arrow keys, drawn only where it is seen. */
export function VirtualTable<T>(props: VirtualTableProps<T>): ReactNode {
  const { label, columns, count, row, onVisible, sort, onSort, onOpen, onStand } = props;
  const rowHeight = (props.rowHeight ?? 36) * textScale();
  const frame = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const wanted = useRef<number | null>(null);
  const id = useId();
  const place = Math.min(active, Math.max(count - 1, 0));
  // The row that has the focus stays when it is scrolled out of sight: without it the keys would lead nowhere.
  const [held, setHeld] = useState(false);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const places = defaultRangeExtractor(range);
      if (!held || places.includes(place)) return places;
      return [...places, place].toSorted((one, other) => one - other);
    },
    [held, place],
  );
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    rangeExtractor,
    // The head lies over the rows, so what is scrolled to from above must come that much higher.
    scrollPaddingEnd: head.current?.offsetHeight ?? 0,
  });
  const measured = useRef(rowHeight);
  useEffect(() => {
    if (measured.current === rowHeight) return;
    measured.current = rowHeight;
    virtualizer.measure();
  });
  const items = virtualizer.getVirtualItems();
  const first = Math.max((virtualizer.range?.startIndex ?? 0) - OVERSCAN, 0);
  const last = Math.min((virtualizer.range?.endIndex ?? 0) + OVERSCAN, Math.max(count - 1, 0));

  useEffect(() => {
    if (count > 0) onVisible?.(first, last);
  }, [first, last, count, onVisible]);

  useEffect(() => {
    // Scrolling draws anew before the next place is known here: what is wanted says itself which place it is.
    if (wanted.current === null) return;
    const target = frame.current?.querySelector<HTMLElement>(`[data-place="${wanted.current}"]`);
    if (target) {
      wanted.current = null;
      target.focus({ preventScroll: true });
    }
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      const chosen = row(place);
      if (chosen && onOpen) {
        event.preventDefault();
        onOpen(chosen);
      }
      return;
    }
    const next = move(event.key, place, count);
    if (next === undefined) return;
    event.preventDefault();
    wanted.current = next;
    virtualizer.scrollToIndex(next);
    setActive(next);
  };

  // Other rows come first now: they are read from the first.
  const sortBy = (next: Sort): void => {
    virtualizer.scrollToOffset(0);
    setActive(0);
    onSort?.(next);
  };

  const style = {
    "--table-columns": columns.map((column) => column.width).join(" "),
    ...(props.height ? { "--table-height": props.height } : {}),
    ...(props.minWidth ? { "--table-width": props.minWidth } : {}),
  } as CSSProperties;

  return (
    <div ref={frame} className={styles.frame} style={style}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        className={styles.table}
      >
        <div ref={head} role="row" aria-rowindex={1} className={styles.head}>
          {columns.map((column) => (
            <Header key={column.id} column={column} sort={sort} onSort={onSort && sortBy} />
          ))}
        </div>
        <div
          role="rowgroup"
          className={styles.body}
          style={{ height: virtualizer.getTotalSize() }}
          onKeyDown={onKeyDown}
          onFocus={() => setHeld(true)}
          onBlur={(event) => {
            // A window that is left keeps its focus for the return.
            if (!event.currentTarget.contains(document.activeElement)) setHeld(false);
          }}
        >
          {items.map((item) => {
            const value = row(item.index);
            return (
              <div
                key={item.key}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                tabIndex={
                  item.index === place ||
                  (items.every((each) => each.index !== place) && item.index === first)
                    ? 0
                    : -1
                }
                data-place={item.index}
                ref={(element) => {
                  if (value) onStand?.(element, value);
                }}
                className={classes(styles.row, onOpen && styles.opens)}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                onFocus={() => setActive(item.index)}
                onClick={() => {
                  if (value && onOpen) onOpen(value);
                }}
              >
                {columns.map((column) => (
                  <div
                    key={column.id}
                    role="gridcell"
                    className={classes(styles.cell, column.end && styles.end)}
                  >
                    {value === undefined ? (
                      <span className={styles.waiting} />
                    ) : (
                      <span className={styles.text} title={column.title?.(value)}>
                        {column.cell(value)}
                      </span>
                    )}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface HeaderProps<T> {
  column: Column<T>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}

function Header<T>({ column, sort, onSort }: HeaderProps<T>): ReactNode {
  const by = sort?.column === column.id ? sort : undefined;
  const direction = by ? (by.descending ? "descending" : "ascending") : "none";
  const canSort = column.sortable === true && onSort !== undefined;
  return (
    <div role="columnheader" {...(canSort ? { "aria-sort": direction } : {})}>
      {canSort ? (
        <button
          type="button"
          className={classes(styles.header, column.end && styles.end)}
          onClick={() => onSort({ column: column.id, descending: by ? !by.descending : column.end === true })}
        >
          {column.label}
          {by ? (
            <span className={styles.arrow}>
              <Icon name={by.descending ? "down" : "up"} size={12} />
            </span>
          ) : null}
        </button>
      ) : (
        <span className={classes(styles.header, column.end && styles.end)}>{column.label}</span>
      )}
    </div>
  );
}
