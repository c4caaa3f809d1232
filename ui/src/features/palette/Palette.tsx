import { useRouter } from "@tanstack/react-router";
import { useDeferredValue, useState, type KeyboardEvent, type ReactNode } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { useTranslation } from "react-i18next";

import { commands, type Hit } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Icon } from "../../components";
import { matching, useOwnEntries, type Entry } from "./entries";
import styles from "./Palette.module.css";

const FOUND = ["order", "person", "department", "integration"] as const;

interface PaletteProps {
  open: boolean;
  onClose: () => void;
  onKeys: () => void;
}

/** Anything by its name: pages, KPIs, orders, people, actions. */
export function Palette({ open, onClose, onKeys }: PaletteProps): ReactNode {
  const { t } = useTranslation("palette");
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={open}
      isDismissable
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Modal className={styles.modal ?? ""}>
        <Dialog aria-label={t("title")}>
          <Search onClose={onClose} onKeys={onKeys} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface Section {
  name: string;
  entries: Entry[];
}

function useSections(query: string, onKeys: () => void): { sections: Section[]; searching: boolean } {
  const { t } = useTranslation("palette");
  const router = useRouter();
  const own = useOwnEntries(onKeys);
  const asked = useDeferredValue(query.trim());
  const found = useRead(["palette", asked], () => commands.paletteSearch(asked), {
    enabled: asked !== "",
    keep: true,
  });
  const hits: readonly Hit[] = asked === "" ? [] : (found.data ?? []);
  const entry = (hit: Hit): Entry => ({
    id: `${hit.kind} ${hit.address} ${hit.title}`,
    title: hit.title,
    ...(hit.detail ? { detail: hit.detail } : {}),
    run: () => router.history.push(hit.address),
  });
  const kpis = matching(own.kpis, query);
  // A KPI that a person has renamed is known to the core only.
  const renamed = hits
    .filter(
      (hit) => hit.kind === "kpi" && !kpis.some((known) => hit.address === `/${known.id.replace(" ", "/")}`),
    )
    .map(entry);
  const sections = [
    { name: t("menu.section"), entries: matching(own.here, query) },
    { name: t("sections.kpi"), entries: [...kpis, ...renamed] },
    ...FOUND.map((kind) => ({
      name: t(`sections.${kind}`),
      entries: hits.filter((hit) => hit.kind === kind).map(entry),
    })),
    { name: t("sections.page"), entries: matching(own.pages, query) },
    { name: t("sections.action"), entries: matching(own.actions, query) },
  ];
  return { sections: sections.filter((section) => section.entries.length > 0), searching: found.isFetching };
}

function Search({ onClose, onKeys }: Omit<PaletteProps, "open">): ReactNode {
  const { t } = useTranslation("palette");
  const [query, setQuery] = useState("");
  const { sections, searching } = useSections(query, onKeys);
  const all = sections.flatMap((section) => section.entries);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  // The list forgets which entry it marks while the core's finds come in; Enter means the first one then.
  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const marked = document.getElementById(event.currentTarget.getAttribute("aria-activedescendant") ?? "");
    run(all.find((entry) => entry.id === marked?.dataset["key"]) ?? all[0]);
  };
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <SearchField aria-label={t("title")} autoFocus className={styles.field ?? ""}>
        <Icon name="search" />
        <Input className={styles.input ?? ""} onKeyDownCapture={enter} placeholder={t("placeholder")} />
      </SearchField>
      {/* The field keeps the focus while arrows walk the list, so what scrolls must be reached by Tab of its own. */}
      {/* oxlint-disable-next-line no-noninteractive-tabindex */}
      <div className={styles.scroll} role="group" aria-label={t("found")} tabIndex={0}>
        <Menu
          className={styles.menu ?? ""}
          aria-label={t("title")}
          onAction={(key) => run(all.find((entry) => entry.id === key))}
          renderEmptyState={() => (
            <div className={styles.empty}>{searching ? t("searching") : t("nothing")}</div>
          )}
        >
          {sections.map((section) => (
            <MenuSection key={section.name}>
              <Header className={styles.heading ?? ""}>{section.name}</Header>
              {section.entries.map((entry) => (
                <MenuItem key={entry.id} id={entry.id} textValue={entry.title} className={styles.item ?? ""}>
                  <span>{entry.title}</span>
                  {entry.detail ? <span className={styles.detail}>{entry.detail}</span> : null}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </div>
    </Autocomplete>
  );
}
