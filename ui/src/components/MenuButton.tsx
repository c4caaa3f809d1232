import type { ReactNode } from "react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import { Button } from "./Button";
import control from "./control.module.css";

/** One thing that a menu does. */
export interface MenuEntry {
  id: string;
  label: string;
  run: () => void;
}

interface MenuButtonProps {
  /** What stands on the button. */
  children: ReactNode;
  /** What it is called where its words do not say it all. */
  label?: string;
  look?: "plain" | "quiet";
  icon?: boolean;
  entries: readonly MenuEntry[];
}

/** A button that offers a few acts. */
export function MenuButton({
  children,
  label,
  look = "plain",
  icon = false,
  entries,
}: MenuButtonProps): ReactNode {
  return (
    <MenuTrigger>
      <Button look={look} icon={icon} {...(label ? { "aria-label": label } : {})}>
        {children}
      </Button>
      <Popover className={control.popover ?? ""}>
        <Menu
          className={control.list ?? ""}
          items={entries}
          onAction={(key) => entries.find((entry) => entry.id === key)?.run()}
        >
          {(entry) => (
            <MenuItem id={entry.id} textValue={entry.label} className={control.option ?? ""}>
              {entry.label}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
