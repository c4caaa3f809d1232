import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../../api/bindings";
import { useAct } from "../../../api/query";
import { Button, classes, Icon, TextField } from "../../../components";
import { Fault } from "../../workspace/FaultWords";
import styles from "./Minutes.module.css";

interface OwnWordsProps {
  meeting: string;
  /** Under which item; nothing for the words above all. */
  item: string | null;
  text: string;
  /** What the words are called. */
  label: string;
  /** What stands there while nobody wrote anything. */
  empty: string;
  /** Set larger: the words above all. */
  lead?: boolean;
}

/** The minutes' own words, to be changed where they stand. */
export function OwnWords({ meeting, item, text, label, empty, lead = false }: OwnWordsProps): ReactNode {
  const { t } = useTranslation();
  const edit = useAct(commands.minutesEdit, { inline: true });
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null && text === "" && !lead) {
    return (
      <div>
        <Button
          look="quiet"
          className={styles.blank ?? ""}
          aria-label={`${empty} ${label}`}
          onPress={() => setDraft("")}
        >
          <Icon name="pen" size={14} /> {empty}
        </Button>
      </div>
    );
  }
  if (draft === null) {
    return (
      <div className={styles.own}>
        <p className={classes(styles.words, lead && styles.lead, text === "" && styles.quiet)}>
          {text === "" ? empty : text}
        </p>
        <Button look="quiet" icon aria-label={`${t("edit")}: ${label}`} onPress={() => setDraft(text)}>
          <Icon name="pen" size={14} />
        </Button>
      </div>
    );
  }
  const save = async (): Promise<void> => {
    if ((await edit.run(meeting, item, draft.trim())) !== undefined) setDraft(null);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") setDraft(null);
        else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      {edit.error ? <Fault error={edit.error} /> : null}
      <TextField label={label} rows={4} autoFocus value={draft} onChange={setDraft} />
      <div className={styles.acts}>
        <Button type="submit" look="primary" isPending={edit.pending}>
          {t("save")}
        </Button>
        <Button onPress={() => setDraft(null)}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
