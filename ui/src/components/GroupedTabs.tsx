import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

import { type TabDefinition, Tabs } from "./Tabs";
import styles from "./Tabs.module.css";

/** A tab and the group that it stands in. */
export interface GroupedTab<G extends string, V extends string> extends TabDefinition<V> {
  group: G;
}

interface GroupedTabsProps<G extends string, V extends string> {
  label: string;
  groups: readonly { value: G; label: string }[];
  /** In the order in which they are shown. */
  tabs: readonly GroupedTab<G, V>[];
  value: V;
  onChange: (value: V) => void;
}

/** Many parts of one page in a few groups: first the group, then its parts. Choosing a group shows its first part. */
export function GroupedTabs<G extends string, V extends string>(props: GroupedTabsProps<G, V>): ReactNode {
  const { label, groups, tabs, value, onChange } = props;
  const shown = groups.filter((group) => tabs.some((tab) => tab.group === group.value));
  const current = tabs.find((tab) => tab.value === value)?.group ?? shown[0]?.value ?? "";
  return (
    <AriaTabs
      selectedKey={current}
      onSelectionChange={(key) => {
        const first = tabs.find((tab) => tab.group === key);
        if (first && key !== current) onChange(first.value);
      }}
    >
      <TabList aria-label={label} className={styles.groups ?? ""}>
        {shown.map((group) => {
          const count = tabs.find((tab) => tab.group === group.value && tab.count)?.count;
          return (
            <Tab key={group.value} id={group.value} className={styles.group ?? ""}>
              {group.label}
              {count && group.value !== current ? <span className={styles.count}>{count}</span> : null}
            </Tab>
          );
        })}
      </TabList>
      {shown.map((group) => (
        <TabPanel key={group.value} id={group.value} className={styles.panel ?? ""}>
          {group.value === current ? (
            <Tabs
              label={group.label}
              value={value}
              onChange={onChange}
              tabs={tabs.filter((tab) => tab.group === group.value)}
            />
          ) : null}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
