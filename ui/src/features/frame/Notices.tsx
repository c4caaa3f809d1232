import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Notice as NoticeView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Notice } from "../../components";
import styles from "./Frame.module.css";

const KNOWN = ["key_in_file", "restored_copy", "clock_ahead"] as const;
type Known = (typeof KNOWN)[number];

function isKnown(code: string): code is Known {
  return KNOWN.some((known) => known === code);
}

/** What the program has to tell once; gone when a person has read it. */
export function Notices({ notices }: { notices: readonly NoticeView[] }): ReactNode {
  const { t } = useTranslation("frame");
  const dismiss = useAct(commands.noticeDismiss);
  if (notices.length === 0) return null;
  return (
    <div className={styles.notices}>
      {notices.map((notice) => (
        <Notice
          key={notice.code}
          tone="warn"
          actions={
            <Button look="quiet" onPress={() => void dismiss.run(notice.code)}>
              {t("understood")}
            </Button>
          }
        >
          {isKnown(notice.code) ? t(`notices.${notice.code}`, { detail: notice.detail }) : notice.detail}
        </Notice>
      ))}
    </div>
  );
}
