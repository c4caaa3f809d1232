import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Connection } from "../../../api/bindings";
import { Button } from "../../../components/Button";
import { Checkbox, NumberField, Select, TextField } from "../../../components/Field";
import { pickFiles } from "../../../platform/dialog";
import { AuthSettings, HttpSettings } from "./HttpSettings";
import { Authority, More, type Of } from "./SettingParts";
import styles from "./System.module.css";

interface SettingsProps<C> {
  connection: C;
  change: (next: C) => void;
}

/** The fewest settings of each kind; what is rarely needed stands below. */
export function Settings({ connection, change }: SettingsProps<Connection>): ReactNode {
  switch (connection.kind) {
    case "postgres":
    case "mysql":
    case "sql-server":
      return <Database connection={connection} change={change} />;
    case "sqlite":
      return <File connection={connection} change={change} />;
    case "http":
      return <HttpSettings connection={connection} change={change} />;
    case "odata":
      return <OData connection={connection} change={change} />;
    case "tryton":
      return <Tryton connection={connection} change={change} />;
    case "odoo":
      return <Odoo connection={connection} change={change} />;
    case "singer":
      return <Tap connection={connection} change={change} />;
  }
}

const PORTS = { postgres: 5432, mysql: 3306, "sql-server": 1433 } as const;

function Database(props: SettingsProps<Of<"postgres" | "mysql" | "sql-server">>): ReactNode {
  const { t } = useTranslation("offer");
  const { connection, change } = props;
  return (
    <>
      <div className={styles.form}>
        <TextField
          label={t("setting.host")}
          hint={t("setting.hostHint")}
          value={connection.host}
          onChange={(host) => change({ ...connection, host: host.trim() })}
        />
        <NumberField
          label={t("setting.port")}
          hint={t("setting.portHint", { port: String(PORTS[connection.kind]) })}
          value={connection.port ?? null}
          min={1}
          max={65_535}
          format={{ useGrouping: false }}
          onChange={(port) => change({ ...connection, port })}
        />
        <TextField
          label={t("setting.database")}
          hint={t("setting.databaseHint")}
          value={connection.database}
          onChange={(database) => change({ ...connection, database })}
        />
        <TextField
          label={t("setting.user")}
          hint={t("setting.userHint")}
          value={connection.user}
          onChange={(user) => change({ ...connection, user })}
        />
      </div>
      <More>
        <Checkbox
          selected={connection.tls !== "off"}
          onChange={(on) => change({ ...connection, tls: on ? "verify" : "off" })}
        >
          {t("setting.tls")}
        </Checkbox>
        <p className={styles.quiet}>{t("setting.tlsHint")}</p>
        <Authority connection={connection} change={change} />
      </More>
    </>
  );
}

function File({ connection, change }: SettingsProps<Of<"sqlite">>): ReactNode {
  const { t } = useTranslation("offer");
  const choose = async (): Promise<void> => {
    const [path] = await pickFiles(t("setting.pathTitle"), undefined, false);
    if (path !== undefined) change({ ...connection, path });
  };
  return (
    <div className={styles.file}>
      <TextField
        code
        label={t("setting.path")}
        hint={t("setting.pathHint")}
        value={connection.path}
        onChange={(path) => change({ ...connection, path })}
      />
      <Button onPress={() => void choose()}>{t("setting.choose")}</Button>
    </div>
  );
}

function OData({ connection, change }: SettingsProps<Of<"odata">>): ReactNode {
  const { t } = useTranslation("offer");
  return (
    <>
      <div className={styles.form}>
        <div className={styles.wide}>
          <TextField
            code
            label={t("setting.url")}
            hint={t("setting.odataUrlHint")}
            value={connection.url}
            onChange={(url) => change({ ...connection, url: url.trim() })}
          />
        </div>
        <AuthSettings auth={connection.auth} change={(auth) => change({ ...connection, auth })} />
      </div>
      <More>
        <Authority connection={connection} change={change} />
      </More>
    </>
  );
}

function Tryton({ connection, change }: SettingsProps<Of<"tryton">>): ReactNode {
  const { t } = useTranslation("offer");
  const isRest = connection.interface === "rest";
  return (
    <>
      <div className={styles.form}>
        <Address connection={connection} change={change} hint={t("setting.trytonUrlHint")} />
        {isRest ? null : (
          <TextField
            label={t("setting.user")}
            hint={t("setting.userHint")}
            value={connection.user ?? ""}
            onChange={(user) => change({ ...connection, user })}
          />
        )}
      </div>
      <More>
        <Select
          label={t("setting.interface")}
          hint={t("setting.interfaceHint")}
          value={connection.interface ?? "json-rpc"}
          choices={[
            { value: "json-rpc", label: t("setting.jsonRpc") },
            { value: "rest", label: t("setting.rest") },
          ]}
          onChange={(one) => change({ ...connection, interface: one })}
        />
        <Authority connection={connection} change={change} />
      </More>
    </>
  );
}

function Odoo({ connection, change }: SettingsProps<Of<"odoo">>): ReactNode {
  const { t } = useTranslation("offer");
  return (
    <>
      <div className={styles.form}>
        <Address connection={connection} change={change} hint={t("setting.odooUrlHint")} />
        <TextField
          label={t("setting.user")}
          hint={t("setting.userHint")}
          value={connection.user}
          onChange={(user) => change({ ...connection, user })}
        />
      </div>
      <More>
        <Authority connection={connection} change={change} />
      </More>
    </>
  );
}

function Address<C extends Of<"tryton" | "odoo">>(props: SettingsProps<C> & { hint: string }): ReactNode {
  const { t } = useTranslation("offer");
  const { connection, change, hint } = props;
  return (
    <>
      <TextField
        code
        label={t("setting.url")}
        hint={hint}
        value={connection.url}
        onChange={(url) => change({ ...connection, url: url.trim() })}
      />
      <TextField
        label={t("setting.database")}
        hint={t("setting.databaseHint")}
        value={connection.database}
        onChange={(database) => change({ ...connection, database })}
      />
    </>
  );
}

function Tap({ connection, change }: SettingsProps<Of<"singer">>): ReactNode {
  const { t } = useTranslation("offer");
  const [program = "", ...words] = connection.command;
  return (
    <>
      <div className={styles.form}>
        <TextField
          code
          label={t("setting.program")}
          hint={t("setting.programHint")}
          value={program}
          onChange={(next) => change({ ...connection, command: [next, ...words] })}
        />
        <div className={styles.wide}>
          <TextField
            code
            rows={5}
            label={t("setting.config")}
            hint={t("setting.configHint", { example: "{secret:password}" })}
            value={connection.config ?? ""}
            onChange={(config) => change({ ...connection, config: config === "" ? null : config })}
          />
        </div>
      </div>
      <More>
        <TextField
          code
          rows={3}
          label={t("setting.words")}
          hint={t("setting.wordsHint")}
          value={words.join("\n")}
          onChange={(text) =>
            change({ ...connection, command: text === "" ? [program] : [program, ...text.split("\n")] })
          }
        />
        <NumberField
          label={t("setting.memory")}
          hint={t("setting.memoryHint")}
          value={connection.memory_mb ?? null}
          min={64}
          onChange={(memory) => change({ ...connection, memory_mb: memory })}
        />
        <NumberField
          label={t("setting.minutes")}
          hint={t("setting.minutesHint")}
          value={connection.minutes ?? null}
          min={1}
          onChange={(minutes) => change({ ...connection, minutes })}
        />
      </More>
    </>
  );
}
