import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";

import type { ItemView } from "../../api/bindings";
import { Button } from "../../components";
import control from "../../components/control.module.css";

/** What can be done with an item. */
export type ItemAct = "up" | "down" | "edit" | "keep" | "wait" | "unchoose" | "drop";

interface ItemMenuProps {
  item: ItemView;
  first: boolean;
  last: boolean;
  act: (what: ItemAct) => void;
}

/** Everything that can be done with an item, by keyboard and pointer alike. */
export function ItemMenu({ item, first, last, act }: ItemMenuProps): ReactNode {
  const { t } = useTranslation("meeting");
  const router = useRouter();
  const disabled = [...(first ? ["up"] : []), ...(last ? ["down"] : [])];
  const option = control.option ?? "";
  const { address } = item;
  return (
    <MenuTrigger>
      <Button look="quiet" icon aria-label={t("agenda.menu", { title: item.title })}>
        <span aria-hidden="true">⋯</span>
      </Button>
      <Popover className={control.popover ?? ""} placement="bottom end">
        <Menu
          className={control.list ?? ""}
          disabledKeys={disabled}
          onAction={(key) => {
            if (key === "look") router.history.push(address ?? "/");
            else act(key as ItemAct);
          }}
        >
          <MenuItem id="up" className={option}>
            {t("agenda.up")}
          </MenuItem>
          <MenuItem id="down" className={option}>
            {t("agenda.down")}
          </MenuItem>
          <MenuItem id="edit" className={option}>
            {t("agenda.edit")}
          </MenuItem>
          {item.is_chosen === true ? null : (
            <MenuItem id="keep" className={option}>
              {t("agenda.keep")}
            </MenuItem>
          )}
          <MenuItem id="wait" className={option}>
            {t("agenda.wait")}
          </MenuItem>
          {item.is_chosen === null ? null : (
            <MenuItem id="unchoose" className={option}>
              {t("unchoose.action")}
            </MenuItem>
          )}
          <MenuItem id="drop" className={option}>
            {t("agenda.drop")}
          </MenuItem>
          {address === null ? null : (
            <MenuItem id="look" className={option}>
              {t("agenda.look")}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
