import type { ReactNode } from "react";

import type { NoteView } from "../../api/bindings";
import { useFormat } from "../../i18n/format";
import styles from "./Drills.module.css";

/** What was noted, in its order. */
export function Notes({ notes }: { notes: NoteView[] }): ReactNode {
  const format = useFormat();
  return (
    <ol className={styles.notes}>
      {notes.map((note) => (
        <li key={`${note.at} ${note.words}`}>
          <span className={styles.when}>
            {format.moment(note.at)}
            {note.by === null ? null : ` · ${note.by}`}
          </span>
          <span>{note.words}</span>
        </li>
      ))}
    </ol>
  );
}
