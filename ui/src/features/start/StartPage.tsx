import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type Created, type Start } from "../../api/bindings";
import { forgetAll, useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { Segments } from "../../components/Segments";
import { ErrorState } from "../../components/State";
import { LANGUAGES } from "../../i18n";
import { useLanguage } from "../../i18n/format";
import { pickFolder } from "../../platform/dialog";
import { Logo } from "../frame/Rail";
import { Fault } from "../workspace/FaultWords";
import { CodePage } from "./CodePage";
import { CompanyForm } from "./CompanyForm";
import { RestorePage } from "./RestorePage";
import { SamplePage } from "./SamplePage";
import styles from "./Start.module.css";
import { WhoPage } from "./WhoPage";

type View = "choice" | "sample" | "own" | "restore" | "who";

/** First start: a sample company or my own, who am I, then straight to the board. */
export function StartPage(): ReactNode {
  const { t, i18n } = useTranslation("start");
  const language = useLanguage();
  const start = useRead(["start"], commands.startRead);
  const [view, setView] = useState<View | null>(null);
  const [created, setCreated] = useState<Created | null>(null);
  const navigate = useNavigate();
  const client = useQueryClient();

  const enter = useCallback(async () => {
    await forgetAll(client);
    await navigate({ to: "/" });
  }, [client, navigate]);

  if (created !== null) {
    return (
      <Sheet>
        <CodePage created={created} done={() => void enter()} />
      </Sheet>
    );
  }
  if (start.error && !start.data) {
    return (
      <Sheet>
        <ErrorState error={start.error} retry={() => void start.refetch()} />
      </Sheet>
    );
  }
  if (!start.data) return <Sheet>{null}</Sheet>;
  const open = start.data.workspace;
  // A workspace in which nobody has said who they are asks that first, also after a restart in between.
  const shown: View =
    view ?? (open !== null && open.me === null && open.people.length > 0 ? "who" : "choice");

  return (
    <Sheet
      corner={
        shown === "choice" ? (
          <Segments
            bare
            label={t("own.company.language")}
            choices={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
            value={language}
            onChange={(code) => void i18n.changeLanguage(code)}
          />
        ) : null
      }
    >
      {shown === "choice" ? (
        <ChoicePage start={start.data} choose={setView} enter={() => void enter()} />
      ) : null}
      {shown === "sample" ? <SamplePage back={() => setView("choice")} done={() => setView("who")} /> : null}
      {shown === "own" ? (
        <CompanyForm
          suggested={start.data.suggested_folder}
          back={() => setView("choice")}
          done={setCreated}
        />
      ) : null}
      {shown === "restore" ? <RestorePage back={() => setView("choice")} enter={() => void enter()} /> : null}
      {shown === "who" ? <WhoPage done={() => void enter()} /> : null}
    </Sheet>
  );
}

function Sheet({ children, corner }: { children: ReactNode; corner?: ReactNode }): ReactNode {
  return (
    <div className={styles.sheet}>
      <header className={styles.top}>
        <span className={styles.logo}>
          <Logo />
          Plaza
        </span>
        {corner}
      </header>
      <div className={styles.body}>{children}</div>
    </div>
  );
}

function ChoicePage({
  start,
  choose,
  enter,
}: {
  start: Start;
  choose: (view: View) => void;
  enter: () => void;
}): ReactNode {
  const { t } = useTranslation("start");
  const open = useAct(commands.workspaceOpen, { inline: true });
  const [tried, setTried] = useState<string | null>(null);

  const reopen = async (folder: string): Promise<void> => {
    setTried(folder);
    const workspace = await open.run(folder);
    if (workspace === undefined) return;
    if (workspace.me === null && workspace.people.length > 0) choose("who");
    else enter();
  };
  const other = async (): Promise<void> => {
    const folder = await pickFolder(t("recent.other"));
    if (folder !== null) await reopen(folder);
  };

  return (
    <>
      <h1 className={styles.title}>{t("title")}</h1>
      <p className={styles.lead}>{t("lead")}</p>
      {open.error ? (
        <div className={styles.fault}>
          <Fault error={open.error} {...(tried === null ? {} : { retry: () => void reopen(tried) })} />
        </div>
      ) : null}
      <div className={styles.choices}>
        <section>
          <h2>{t("choice.sample.title")}</h2>
          <p>{t("choice.sample.text")}</p>
          <Button look="primary" onPress={() => choose("sample")}>
            {t("choice.sample.action")}
          </Button>
        </section>
        <section>
          <h2>{t("choice.own.title")}</h2>
          <p>{t("choice.own.text")}</p>
          <Button onPress={() => choose("own")}>{t("choice.own.action")}</Button>
        </section>
      </div>
      <section className={styles.recent}>
        {start.recent.length > 0 ? (
          <>
            <h2>{t("recent.title")}</h2>
            <ul>
              {start.recent.map((recent) => (
                <li key={recent.folder}>
                  <span className={styles.recentName}>
                    <strong>{recent.name}</strong>
                    <span className={styles.path}>{recent.folder}</span>
                    {recent.exists ? null : <span className={styles.missing}>{t("recent.missing")}</span>}
                  </span>
                  <Button
                    aria-label={t("recent.open", { name: recent.name })}
                    isDisabled={!recent.exists || open.pending}
                    onPress={() => void reopen(recent.folder)}
                  >
                    {t("recent.action")}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <div className={styles.further}>
          <Button look="quiet" onPress={() => void other()}>
            {t("recent.other")}
          </Button>
          <Button look="quiet" onPress={() => choose("restore")}>
            {t("recent.restore")}
          </Button>
          <span className={styles.version}>{t("version", { version: start.version })}</span>
        </div>
      </section>
    </>
  );
}
