import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Auth, Paging } from "../../../api/bindings";
import { NumberField, Select, TextField } from "../../../components/Field";
import { Authority, More, type Of } from "./SettingParts";
import styles from "./System.module.css";

type Http = Of<"http">;

function orNothing(text: string): string | null {
  return text.trim() === "" ? null : text;
}

/** A web service: its address, who asks, which paths give rows, where these stand in an answer, how it goes on. */
export function HttpSettings(props: { connection: Http; change: (next: Http) => void }): ReactNode {
  const { t } = useTranslation("offer");
  const { connection, change } = props;
  return (
    <>
      <div className={styles.form}>
        <div className={styles.wide}>
          <TextField
            code
            label={t("setting.url")}
            hint={t("setting.httpUrlHint")}
            value={connection.url}
            onChange={(url) => change({ ...connection, url: url.trim() })}
          />
        </div>
        <AuthSettings auth={connection.auth} change={(auth) => change({ ...connection, auth })} />
        <TextField
          code
          rows={2}
          label={t("setting.streams")}
          hint={t("setting.streamsHint")}
          value={(connection.streams ?? []).join("\n")}
          onChange={(text) => change({ ...connection, streams: text === "" ? [] : text.split("\n") })}
        />
        <TextField
          code
          label={t("setting.rows")}
          hint={t("setting.rowsHint", { example: "$.data.items" })}
          value={connection.rows ?? ""}
          onChange={(rows) => change({ ...connection, rows: orNothing(rows) })}
        />
        <PagingSettings paging={connection.paging} change={(paging) => change({ ...connection, paging })} />
        <TextField
          code
          label={t("setting.cursorParameter")}
          hint={t("setting.cursorParameterHint", { example: "updated_since" })}
          value={connection.cursor_parameter ?? ""}
          onChange={(one) => change({ ...connection, cursor_parameter: orNothing(one) })}
        />
      </div>
      <More>
        <Select
          label={t("setting.method")}
          hint={t("setting.methodHint")}
          value={connection.method ?? "GET"}
          choices={[
            { value: "GET", label: "GET" },
            { value: "POST", label: "POST" },
          ]}
          onChange={(method) => change({ ...connection, method })}
        />
        {connection.method === "POST" ? (
          <TextField
            code
            rows={4}
            label={t("setting.body")}
            hint={t("setting.bodyHint", { cursor: "{cursor}", page: "{page}" })}
            value={connection.body ?? ""}
            onChange={(body) => change({ ...connection, body: orNothing(body) })}
          />
        ) : null}
        <TextField
          code
          label={t("setting.untilParameter")}
          hint={t("setting.untilParameterHint")}
          value={connection.until_parameter ?? ""}
          onChange={(one) => change({ ...connection, until_parameter: orNothing(one) })}
        />
        <TextField
          code
          label={t("setting.errorPath")}
          hint={t("setting.errorPathHint", { example: "$.error" })}
          value={connection.error ?? ""}
          onChange={(error) => change({ ...connection, error: orNothing(error) })}
        />
        <Authority connection={connection} change={change} />
      </More>
    </>
  );
}

function newAuth(kind: Auth["kind"]): Auth {
  switch (kind) {
    case "none":
    case "bearer":
      return { kind };
    case "basic":
      return { kind, user: "" };
    case "api-key":
      return { kind, header: "X-API-Key" };
    case "oauth-client":
      return { kind, token_url: "", client_id: "" };
  }
}

/** How the service knows who asks; the secret itself is entered below. */
export function AuthSettings(props: { auth: Auth | undefined; change: (next: Auth) => void }): ReactNode {
  const { t } = useTranslation("offer");
  const auth = props.auth ?? { kind: "none" };
  const kinds = ["none", "basic", "bearer", "api-key", "oauth-client"] as const;
  return (
    <>
      <Select<Auth["kind"]>
        label={t("setting.auth")}
        hint={t("setting.authHint")}
        value={auth.kind}
        choices={kinds.map((kind) => ({ value: kind, label: t(`auth.${kind}`) }))}
        onChange={(kind) => props.change(newAuth(kind))}
      />
      {auth.kind === "basic" ? (
        <TextField
          label={t("setting.user")}
          hint={t("setting.userHint")}
          value={auth.user}
          onChange={(user) => props.change({ ...auth, user })}
        />
      ) : null}
      {auth.kind === "api-key" ? (
        <TextField
          code
          label={t("setting.header")}
          hint={t("setting.headerHint")}
          value={auth.header}
          onChange={(header) => props.change({ ...auth, header })}
        />
      ) : null}
      {auth.kind === "oauth-client" ? (
        <>
          <TextField
            code
            label={t("setting.tokenUrl")}
            hint={t("setting.tokenUrlHint")}
            value={auth.token_url}
            onChange={(url) => props.change({ ...auth, token_url: url })}
          />
          <TextField
            code
            label={t("setting.clientId")}
            hint={t("setting.clientIdHint")}
            value={auth.client_id}
            onChange={(client) => props.change({ ...auth, client_id: client })}
          />
          <TextField
            code
            label={t("setting.scope")}
            hint={t("setting.scopeHint")}
            value={auth.scope ?? ""}
            onChange={(scope) => props.change({ ...auth, scope: orNothing(scope) })}
          />
        </>
      ) : null}
    </>
  );
}

function newPaging(kind: Paging["kind"]): Paging {
  switch (kind) {
    case "none":
    case "link-header":
      return { kind };
    case "page":
      return { kind, parameter: "page", first: 1 };
    case "offset":
      return { kind, parameter: "offset", limit_parameter: "limit" };
    case "cursor":
      return { kind, parameter: "cursor", next: "$.next" };
    case "next-url":
      return { kind, next: "$.next" };
  }
}

function PagingSettings(props: { paging: Paging | undefined; change: (next: Paging) => void }): ReactNode {
  const { t } = useTranslation("offer");
  const paging = props.paging ?? { kind: "none" };
  const kinds = ["none", "page", "offset", "cursor", "link-header", "next-url"] as const;
  return (
    <>
      <Select<Paging["kind"]>
        label={t("setting.paging")}
        hint={t("setting.pagingHint")}
        value={paging.kind}
        choices={kinds.map((kind) => ({ value: kind, label: t(`paging.${kind}`) }))}
        onChange={(kind) => props.change(newPaging(kind))}
      />
      {paging.kind === "page" || paging.kind === "offset" || paging.kind === "cursor" ? (
        <TextField
          code
          label={t("setting.parameter")}
          hint={t("setting.parameterHint")}
          value={paging.parameter}
          onChange={(parameter) => props.change({ ...paging, parameter })}
        />
      ) : null}
      {paging.kind === "page" ? (
        <NumberField
          label={t("setting.firstPage")}
          hint={t("setting.firstPageHint")}
          value={paging.first ?? 1}
          min={0}
          onChange={(first) => props.change({ ...paging, first: first ?? 1 })}
        />
      ) : null}
      {paging.kind === "page" || paging.kind === "offset" ? (
        <TextField
          code
          label={t("setting.limitParameter")}
          hint={t("setting.limitParameterHint")}
          value={paging.limit_parameter ?? ""}
          onChange={(one) => props.change({ ...paging, limit_parameter: orNothing(one) })}
        />
      ) : null}
      {paging.kind === "cursor" || paging.kind === "next-url" ? (
        <TextField
          code
          label={t("setting.next")}
          hint={t("setting.nextHint", { example: "$.next" })}
          value={paging.next}
          onChange={(next) => props.change({ ...paging, next })}
        />
      ) : null}
    </>
  );
}
