import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button, Dialog } from "../../components";
import { commandKey } from "../../platform/runtime";
import styles from "./Keys.module.css";

const GROUPS = [
  {
    name: "anywhere",
    keys: [
      { name: "palette", keys: ["command", "K"] },
      { name: "flag", keys: ["F"] },
      { name: "win", keys: ["W"] },
      { name: "menu", keys: ["⇧", "F10"] },
      { name: "help", keys: ["?"] },
      { name: "back", keys: ["Alt", "←"] },
      { name: "forward", keys: ["Alt", "→"] },
      { name: "larger", keys: ["command", "+"] },
      { name: "smaller", keys: ["command", "−"] },
      { name: "usual", keys: ["command", "0"] },
      { name: "leave", keys: ["Esc"] },
    ],
  },
  {
    name: "board",
    keys: [
      { name: "row", keys: ["↑", "↓"] },
      { name: "open", keys: ["Enter"] },
    ],
  },
  {
    name: "conversation",
    keys: [
      { name: "walk", keys: ["J", "K"] },
      { name: "open", keys: ["Enter"] },
      { name: "mention", keys: ["@"] },
      { name: "send", keys: ["command", "Enter"] },
    ],
  },
  {
    name: "chart",
    keys: [
      { name: "week", keys: ["←", "→"] },
      { name: "ends", keys: ["Home", "End"] },
      { name: "pick", keys: ["Enter"] },
    ],
  },
  {
    name: "meeting",
    keys: [
      { name: "walk", keys: ["←", "→"] },
      { name: "presenter", keys: ["Page ↑", "Page ↓"] },
      { name: "pause", keys: ["space"] },
      { name: "extend", keys: ["+"] },
      { name: "capture", keys: ["D", "N", "C", "M"] },
      { name: "close", keys: ["U", "P", "L"] },
      { name: "side", keys: ["A", "R", "G"] },
      { name: "card", keys: ["W"] },
      { name: "full", keys: ["F"] },
      { name: "out", keys: ["Esc"] },
      { name: "order", keys: ["Alt", "↑", "↓"] },
    ],
  },
  {
    name: "table",
    keys: [
      { name: "line", keys: ["↑", "↓"] },
      { name: "page", keys: ["Page ↑", "Page ↓"] },
      { name: "openLine", keys: ["Enter"] },
    ],
  },
] as const;

/** The keys, on one sheet. */
export function Keys({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation("keys");
  const { t: common } = useTranslation();
  const { t: meeting } = useTranslation("meeting");
  return (
    <Dialog
      title={t("title")}
      wide
      open={open}
      onClose={onClose}
      foot={<Button onPress={onClose}>{common("close")}</Button>}
    >
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group.name}>
            <h3 className={styles.group}>{t(`${group.name}.title`)}</h3>
            <dl className={styles.list}>
              {group.keys.map((key) => (
                <Fragment key={key.name}>
                  <dt>
                    {key.keys.map((name) => (
                      <kbd key={name}>
                        {name === "command" ? commandKey() : name === "space" ? meeting("run.space") : name}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{t(`${group.name}.${key.name}` as "anywhere.help")}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
