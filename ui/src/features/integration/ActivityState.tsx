import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type CharterPage } from "../../api/bindings";
import { useAct } from "../../api/query";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { Notice } from "../../components/State";
import { toast } from "../../components/toast";
import styles from "./Charter.module.css";

interface ActivityProps {
  id: string;
  name: string;
  page: CharterPage;
}

/** Whether it is pulled by itself, and the act that changes it. */
export function ActivityState({ id, name, page }: ActivityProps): ReactNode {
  const { t } = useTranslation("charter");
  const [asking, setAsking] = useState(false);
  const cannot = page.active
    ? null
    : page.gaps.length > 0
      ? t("activate.incomplete")
      : page.may_decide
        ? null
        : t("activate.notYours");
  return (
    <div className={styles.state}>
      <p>
        <strong>{t(page.active ? "state.active" : "state.byHand")}</strong>{" "}
        {t(page.active ? "state.activeWords" : "state.byHandWords")}
        {cannot === null ? null : <span className={styles.quiet}> {cannot}</span>}
      </p>
      {page.may_decide && cannot === null ? (
        <Button look={page.active ? "plain" : "primary"} onPress={() => setAsking(true)}>
          {t(page.active ? "deactivate.open" : "activate.open")}
        </Button>
      ) : null}
      {asking ? <AskDialog id={id} name={name} page={page} close={() => setAsking(false)} /> : null}
    </div>
  );
}

/** Activates or deactivates; shows what is unstable below, and asks for the reason that is kept. */
function AskDialog({ id, name, page, close }: ActivityProps & { close: () => void }): ReactNode {
  const { t } = useTranslation("charter");
  const { t: common } = useTranslation();
  const act = useAct(page.active ? commands.integrationDeactivate : commands.integrationActivate, {
    inline: true,
  });
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const needed = page.active || page.unstable.length > 0;
  const missing = needed && reason.trim() === "";
  const verb = page.active ? "deactivate" : "activate";
  const refused = act.error;
  const others = refused?.fields.filter((one) => one.field !== "reason") ?? [];
  const send = async (): Promise<void> => {
    setAsked(true);
    if (missing) return;
    if ((await act.run(id, reason.trim())) === undefined) return;
    toast(t(`${verb}.done`, { name }));
    close();
  };
  return (
    <Dialog
      title={t(`${verb}.title`, { name })}
      open
      onClose={close}
      foot={
        <>
          <Button onPress={close}>{common("cancel")}</Button>
          <Button look="primary" isPending={act.pending} onPress={() => void send()}>
            {t(`${verb}.confirm`)}
          </Button>
        </>
      }
    >
      <p>{t(`${verb}.words`)}</p>
      {!page.active && page.unstable.length > 0 ? (
        <Notice tone="warn">
          <strong>{t("activate.unstable")}</strong>
          <ul className={styles.list}>
            {page.unstable.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {refused && (refused.fields.length === 0 || others.length > 0) ? (
        <Notice tone="bad">
          {others.length === 0 ? refused.message : others.map((one) => one.words).join(" ")}
        </Notice>
      ) : null}
      {needed || refused?.field("reason") ? (
        <TextField
          label={common("reason")}
          value={reason}
          onChange={setReason}
          rows={3}
          required
          autoFocus
          error={asked && missing ? t("reasonFault") : refused?.field("reason")}
        />
      ) : null}
    </Dialog>
  );
}
