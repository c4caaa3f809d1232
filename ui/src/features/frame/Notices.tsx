import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Notice as NoticeView } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button, Notice } from "../../components";
import { useFormat } from "../../i18n/format";
import { known } from "../../i18n/known";
import { en } from "../../i18n/resources";
import { AdmitDialog } from "./AdmitDialog";
import styles from "./Frame.module.css";

/** Notices whose detail is a moment. */
const MOMENTS: readonly string[] = ["restored_copy", "device_renewed", "clock_ahead"];

/** What the program has to tell once; gone when a person has read it. */
export function Notices({ notices }: { notices: readonly NoticeView[] }): ReactNode {
  const { t } = useTranslation("frame");
  const format = useFormat();
  const dismiss = useAct(commands.noticeDismiss);
  const [admits, setAdmits] = useState(false);
  const words = ({ code, detail }: NoticeView): string => {
    const word = known(en.frame.notices, code);
    if (word === null) return detail;
    return t(`notices.${word}`, { detail: MOMENTS.includes(code) ? format.moment(detail) : detail });
  };
  if (notices.length === 0) return null;
  return (
    <div className={styles.notices}>
      {notices.map((notice) => (
        <Notice
          key={notice.code}
          tone="warn"
          actions={
            <>
              {notice.code === "not_admitted" ? (
                <Button onPress={() => setAdmits(true)}>{t("admit.action")}</Button>
              ) : null}
              <Button look="quiet" onPress={() => void dismiss.run(notice.code)}>
                {t("understood")}
              </Button>
            </>
          }
        >
          {words(notice)}
        </Notice>
      ))}
      {admits ? <AdmitDialog close={() => setAdmits(false)} /> : null}
    </div>
  );
}
