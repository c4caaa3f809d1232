import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";

import { DepartmentBadge, departmentOf } from "../../components";
import control from "../../components/control.module.css";
import { useWorkspace } from "../frame/start";
import { plain } from "../palette/entries";
import styles from "./Composer.module.css";
import { type Mentionable, mentionables, typedMention } from "./mention";

/** Everybody who can be mentioned now. */
export function useMentionables(): readonly Mentionable[] {
  const { people, departments } = useWorkspace();
  return useMemo(() => mentionables(people, departments), [people, departments]);
}

/** Names offered at once. */
const OFFERED_MAX = 8;

/** Those whose name, or a word of it, begins with what was typed. */
function offered(known: readonly Mentionable[], query: string): Mentionable[] {
  const typed = plain(query);
  return known
    .filter((each) => {
      const name = plain(each.label);
      return name.startsWith(typed) || name.split(/\s+/).some((word) => word.startsWith(typed));
    })
    .slice(0, OFFERED_MAX);
}

interface MentionFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Ctrl or ⌘ with Enter. */
  onSend: () => void;
  onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  onLeave?: () => void;
  placeholder?: string;
  rows?: number;
  autoFocus?: boolean;
}

/** Several lines of text in which `@` offers people and departments. */
export function MentionField(props: MentionFieldProps): ReactNode {
  const {
    label,
    value,
    onChange,
    onSend,
    onPaste,
    onLeave,
    placeholder,
    rows = 3,
    autoFocus = false,
  } = props;
  const { t } = useTranslation("conversation");
  const known = useMentionables();
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const [typed, setTyped] = useState<{ from: number; query: string } | null>(null);
  const [marked, setMarked] = useState(0);
  const id = useId();
  const offers = typed === null ? [] : offered(known, typed.query);
  const open = offers.length > 0;
  const at = Math.min(marked, offers.length - 1);

  // What was picked changes the text before the caret: it goes behind the name.
  useLayoutEffect(() => {
    if (caret.current === null) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const look = (): void => {
    const element = field.current;
    if (!element) return;
    const { selectionStart, selectionEnd } = element;
    const next = selectionStart === selectionEnd ? typedMention(element.value, selectionStart) : null;
    if (next?.from !== typed?.from || next?.query !== typed?.query) {
      setTyped(next);
      setMarked(0);
    }
  };
  const pick = (offer: Mentionable | undefined): void => {
    const element = field.current;
    if (!offer || !element || typed === null) return;
    const before = `${element.value.slice(0, typed.from)}@${offer.label} `;
    caret.current = before.length;
    onChange(before + element.value.slice(typed.from + 1 + typed.query.length).replace(/^ /, ""));
    setTyped(null);
    element.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setMarked((at + (event.key === "ArrowDown" ? 1 : offers.length - 1)) % offers.length);
    } else if (open && (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey))) {
      event.preventDefault();
      pick(offers[at]);
    } else if (event.key === "Escape" && (open || onLeave)) {
      event.preventDefault();
      event.stopPropagation();
      if (open) setTyped(null);
      else onLeave?.();
    }
  };

  return (
    <div className={styles.mention}>
      <textarea
        ref={field}
        className={`${control.input} ${styles.text}`}
        aria-label={label}
        rows={rows}
        value={value}
        placeholder={placeholder}
        dir="auto"
        // oxlint-disable-next-line no-autofocus -- only where a person asked to write
        autoFocus={autoFocus}
        // A text of several lines may not call itself a combo box; it may say that a list belongs to it.
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(open ? { "aria-controls": id, "aria-activedescendant": `${id}-${at}` } : {})}
        onChange={(event) => {
          onChange(event.target.value);
          look();
        }}
        onSelect={look}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => setTyped(null)}
      />
      {open ? (
        <div id={id} role="listbox" aria-label={t("write.suggestions")} className={styles.offers}>
          {offers.map((offer, place) => (
            <div
              key={`${offer.kind} ${offer.id}`}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              className={styles.offer}
              // The text keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onPointerEnter={() => setMarked(place)}
              onClick={() => pick(offer)}
            >
              <Offer offer={offer} />
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function Offer({ offer }: { offer: Mentionable }): ReactNode {
  const { t } = useTranslation("conversation");
  const { departments } = useWorkspace();
  if (offer.kind === "person") {
    return (
      <>
        {offer.label}
        {offer.detail ? <span className={styles.quiet}>{offer.detail}</span> : null}
      </>
    );
  }
  return (
    <>
      <DepartmentBadge department={departmentOf(departments, offer.id)} />
      <span className={styles.quiet}>{t("write.department")}</span>
    </>
  );
}
