import { useEffect, type ReactNode } from "react";

import { classes } from "./classes";
import styles from "./Page.module.css";

/** The column that a page is set in. */
export function Page({ narrow = false, children }: { narrow?: boolean; children: ReactNode }): ReactNode {
  return <div className={classes(styles.page, narrow && styles.narrow)}>{children}</div>;
}

interface PageHeaderProps {
  title: string;
  /** One line under the title. */
  lead?: ReactNode;
  /** Above the title: where this page belongs. */
  above?: ReactNode;
  /** At the right: figures, buttons. */
  actions?: ReactNode;
}

/** A page's heading; it names the window too. */
export function PageHeader({ title, lead, above, actions }: PageHeaderProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · Plaza`;
  }, [title]);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        {above ? <div className={styles.above}>{above}</div> : null}
        <h1>{title}</h1>
        {lead ? <p className={styles.lead}>{lead}</p> : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </header>
  );
}
