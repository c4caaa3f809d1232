import { type CSSProperties, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { TextBlock, TextSpan } from "../../api/bindings";
import { asPlazaError } from "../../api/errors";
import { Button, classes, Dialog } from "../../components";
import { reportError } from "../../components/toast";
import { openOutside } from "../../platform/open";
import { useWorkspace } from "../frame/start";
import styles from "./Body.module.css";

/** A block, or neighbouring items of one list. */
type Piece = { list: false; block: TextBlock } | { list: true; ordered: boolean; items: TextBlock[] };

/** Neighbouring items of one kind and depth are a list. */
function pieces(blocks: readonly TextBlock[]): Piece[] {
  const found: Piece[] = [];
  for (const block of blocks) {
    const last = found.at(-1);
    const ordered = block.ordinal !== null;
    if (block.kind !== "item") found.push({ list: false, block });
    else if (last?.list && last.ordered === ordered && last.items[0]?.depth === block.depth) {
      last.items.push(block);
    } else found.push({ list: true, ordered, items: [block] });
  }
  return found;
}

function indent(depth: number): CSSProperties {
  return { "--depth": Math.min(depth, 6) } as CSSProperties;
}

/** A text that somebody wrote, from blocks that the core read: never as HTML. */
export function Body({ blocks }: { blocks: readonly TextBlock[] }): ReactNode {
  const [link, setLink] = useState<string | null>(null);
  return (
    <div className={styles.body}>
      {pieces(blocks).map((piece, place) =>
        piece.list ? (
          // oxlint-disable-next-line no-array-index-key -- a text has no other names for its blocks
          <List key={place} piece={piece} onLink={setLink} />
        ) : (
          // oxlint-disable-next-line no-array-index-key -- as above
          <Block key={place} block={piece.block} onLink={setLink} />
        ),
      )}
      {link === null ? null : <LinkDialog link={link} close={() => setLink(null)} />}
    </div>
  );
}

type OnLink = (link: string) => void;

function List({ piece, onLink }: { piece: Piece & { list: true }; onLink: OnLink }): ReactNode {
  const items = piece.items.map((item, place) => (
    <li
      // oxlint-disable-next-line no-array-index-key -- as above
      key={place}
      dir="auto"
      {...(item.ordinal === null ? {} : { value: item.ordinal })}
    >
      <Spans spans={item.spans} onLink={onLink} />
    </li>
  ));
  const style = indent(piece.items[0]?.depth ?? 0);
  return piece.ordered ? (
    <ol className={styles.ordered} style={style}>
      {items}
    </ol>
  ) : (
    <ul className={styles.bullets} style={style}>
      {items}
    </ul>
  );
}

function Block({ block, onLink }: { block: TextBlock; onLink: OnLink }): ReactNode {
  const spans = <Spans spans={block.spans} onLink={onLink} />;
  const style = indent(block.depth);
  switch (block.kind) {
    case "rule":
      return <hr className={styles.rule} />;
    case "code":
      return (
        <pre className={styles.code} style={style} dir="ltr">
          <code>{block.spans.map((span) => span.text).join("")}</code>
        </pre>
      );
    case "quote":
      return (
        <blockquote className={styles.quote} style={style} dir="auto">
          {spans}
        </blockquote>
      );
    case "heading":
      return (
        <p className={classes(styles.block, styles.heading)} style={style} dir="auto">
          {spans}
        </p>
      );
    default:
      return (
        <p className={styles.block} style={style} dir="auto">
          {spans}
        </p>
      );
  }
}

function Spans({ spans, onLink }: { spans: readonly TextSpan[]; onLink: OnLink }): ReactNode {
  return spans.map((span, place) => (
    // oxlint-disable-next-line no-array-index-key -- as above
    <Span key={place} span={span} onLink={onLink} />
  ));
}

function Span({ span, onLink }: { span: TextSpan; onLink: OnLink }): ReactNode {
  const { me } = useWorkspace();
  const { link } = span;
  let shown: ReactNode = span.text;
  if (span.code) shown = <code>{shown}</code>;
  if (span.struck) shown = <s>{shown}</s>;
  if (span.emphasis) shown = <em>{shown}</em>;
  if (span.strong) shown = <strong>{shown}</strong>;
  if (span.person !== null || span.department !== null) {
    return (
      <span className={styles.mention} data-me={span.person !== null && span.person === me ? "" : undefined}>
        {shown}
      </span>
    );
  }
  if (link === null) return shown;
  return (
    <button type="button" className={styles.link} title={link} onClick={() => onLink(link)}>
      {shown}
    </button>
  );
}

/** Where a link leads, before it is opened: its words may say something else. */
function LinkDialog({ link, close }: { link: string; close: () => void }): ReactNode {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation();
  const open = async (): Promise<void> => {
    try {
      await openOutside(link);
      close();
    } catch (thrown) {
      reportError(asPlazaError(thrown));
    }
  };
  return (
    <Dialog
      title={t("link.title")}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" onPress={() => void open()}>
            {t("link.open")}
          </Button>
        </>
      }
    >
      <p>{t("link.words")}</p>
      <p className={styles.target} dir="ltr">
        {link}
      </p>
    </Dialog>
  );
}
