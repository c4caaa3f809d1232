import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

import styles from "./Tabs.module.css";

/** One tab. */
export interface TabDefinition<V extends string> {
  value: V;
  label: string;
  /** Beside the label: how many wait behind it. */
  count?: string;
  content: () => ReactNode;
}

interface TabsProps<V extends string> {
  label: string;
  tabs: readonly TabDefinition<V>[];
  value: V;
  onChange: (value: V) => void;
}

/** Parts of one page, one at a time. The page's address says which. */
export function Tabs<V extends string>({ label, tabs, value, onChange }: TabsProps<V>): ReactNode {
  return (
    <AriaTabs
      selectedKey={value}
      onSelectionChange={(key) => {
        const chosen = tabs.find((tab) => tab.value === key);
        if (chosen) onChange(chosen.value);
      }}
    >
      <TabList aria-label={label} className={styles.list ?? ""}>
        {tabs.map((tab) => (
          <Tab key={tab.value} id={tab.value} className={styles.tab ?? ""}>
            {tab.label}
            {tab.count ? <span className={styles.count}>{tab.count}</span> : null}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.value} id={tab.value} className={styles.panel ?? ""}>
          {tab.value === value ? tab.content() : null}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
