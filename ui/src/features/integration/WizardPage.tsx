import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { Page, PageHeader } from "../../components/Page";
import { ErrorState, Skeleton } from "../../components/State";
import { useFormat, useLanguage } from "../../i18n/format";
import { type Draft, draftOf, emptyDraft, isBegun, nameFrom, wholeOf } from "./wizard/draft";
import { dropDraft, keptDraft } from "./wizard/keep";
import { isSystem } from "./wizard/system";
import { Wizard } from "./wizard/Wizard";

function now(): string {
  return new Date().toISOString();
}

/** Connects files, or changes how they are read. What was begun is continued. */
export function WizardPage(): ReactNode {
  const workspace = useRead(["workspace"], commands.workspaceRead);
  const { id } = useParams({ strict: false });
  if (workspace.error && !workspace.data) {
    return (
      <Page narrow>
        <ErrorState error={workspace.error} retry={() => void workspace.refetch()} />
      </Page>
    );
  }
  if (!workspace.data) {
    return (
      <Page>
        <Skeleton height="24rem" />
      </Page>
    );
  }
  const { folder } = workspace.data;
  return id === undefined ? <Begin key="new" folder={folder} /> : <Change key={id} folder={folder} id={id} />;
}

/** A new integration: the draft that waits is offered, never lost by beginning anew. */
function Begin({ folder }: { folder: string }): ReactNode {
  const search = useSearch({ strict: false });
  const [draft, setDraft] = useState<Draft | null>(() => {
    const kept = keptDraft(folder);
    if (kept === null || !isBegun(kept)) return emptyDraft(now());
    return search.resume ? kept : null;
  });
  if (draft !== null) return <Wizard folder={folder} begin={draft} />;
  return <Waiting folder={folder} go={setDraft} />;
}

function Waiting({ folder, go }: { folder: string; go: (draft: Draft) => void }): ReactNode {
  const { t } = useTranslation("wizard");
  const format = useFormat();
  const discard = useAct(commands.draftDiscard);
  const kept = keptDraft(folder);
  if (kept === null) return null;
  const name = kept.integration.name || nameFrom(kept) || t("start.unnamed");
  return (
    <Page narrow>
      <PageHeader
        title={t("start.continueTitle")}
        lead={t("start.continueText", {
          name,
          step: t(`${isSystem(kept) ? "systemStep" : "step"}.${kept.step}`),
          when: format.ago(kept.kept),
        })}
      />
      <p style={{ display: "flex", gap: "0.75rem" }}>
        <Button look="primary" autoFocus onPress={() => go(kept)}>
          {t("start.continue")}
        </Button>
        <Button
          onPress={() => {
            dropDraft(folder);
            if (isSystem(kept)) void discard.run(wholeOf(kept));
            go(emptyDraft(now()));
          }}
        >
          {t("start.discard")}
        </Button>
      </p>
    </Page>
  );
}

function Change({ folder, id }: { folder: string; id: string }): ReactNode {
  const language = useLanguage();
  const navigate = useNavigate();
  const { t } = useTranslation("integration");
  const page = useRead(["integration", id, language], () => commands.integrationRead(language, id));
  if (page.error) {
    return (
      <Page narrow>
        <ErrorState
          error={page.error}
          retry={() => void page.refetch()}
          actions={<Button onPress={() => void navigate({ to: "/integrations" })}>{t("page.back")}</Button>}
        />
      </Page>
    );
  }
  if (!page.data) {
    return (
      <Page>
        <Skeleton height="24rem" />
      </Page>
    );
  }
  const kept = keptDraft(folder, id);
  return <Wizard folder={folder} begin={kept ?? draftOf(page.data.integration, true, now())} />;
}
