import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { commands, type CharterDraft, type CharterPage, type CharterWords } from "../../api/bindings";
import { useRead } from "../../api/query";
import { Button } from "../../components/Button";
import { EmptyState, ErrorState, Notice, Skeleton } from "../../components/State";
import { useFormat, useLanguage } from "../../i18n/format";
import { ActivityState } from "./ActivityState";
import styles from "./Charter.module.css";
import { CharterForm } from "./CharterForm";
import { MeasureSection } from "./MeasureSection";

/** The five answers of an integration, whether it is active, and what became of its success measure. */
export function Charter({ id, name, retire }: { id: string; name: string; retire: () => void }): ReactNode {
  const language = useLanguage();
  const { t } = useTranslation("charter");
  const page = useRead(["charter", id, language], () => commands.charterRead(language, id), { keep: true });
  const [editing, setEditing] = useState(false);
  if (page.error && !page.data) return <ErrorState error={page.error} retry={() => void page.refetch()} />;
  if (!page.data) return <Skeleton height="20rem" />;
  if (editing) return <CharterForm id={id} page={page.data} close={() => setEditing(false)} />;
  if (page.data.version === 0) {
    return (
      <EmptyState
        title={t("empty.title")}
        actions={
          <Button look="primary" onPress={() => setEditing(true)}>
            {t("empty.write")}
          </Button>
        }
      >
        <p>{t("empty.text")}</p>
        <p>{t("empty.hand")}</p>
      </EmptyState>
    );
  }
  return <Shown id={id} name={name} page={page.data} edit={() => setEditing(true)} retire={retire} />;
}

interface ShownProps {
  id: string;
  name: string;
  page: CharterPage;
  edit: () => void;
  retire: () => void;
}

function Shown({ id, name, page, edit, retire }: ShownProps): ReactNode {
  const { t } = useTranslation("charter");
  return (
    <div className={styles.page}>
      <ActivityState id={id} name={name} page={page} />
      {page.retirement === null ? null : (
        <Notice tone="warn" actions={<Button onPress={retire}>{t("retire")}</Button>}>
          {page.retirement}
        </Notice>
      )}
      {page.gaps.length === 0 ? null : (
        <Notice>
          <strong>{t("gaps")}</strong>
          <ul className={styles.list}>
            {page.gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </Notice>
      )}
      <section className={styles.section}>
        <div className={styles.acts}>
          <Button onPress={edit}>{t("edit")}</Button>
        </div>
        <Answers charter={page.charter} words={page.words} />
      </section>
      {page.measure === null ? null : <MeasureSection id={id} measure={page.measure} />}
      <Versions page={page} />
    </div>
  );
}

/** A charter as a person reads it. */
function Answers({ charter, words }: { charter: CharterDraft; words: CharterWords }): ReactNode {
  const { t } = useTranslation("charter");
  const missing = <span className={styles.missing}>{t("missing")}</span>;
  const answer = (text: string | null): ReactNode => (text === null || text === "" ? missing : text);
  return (
    <dl className={styles.answers}>
      <div>
        <dt>{t("question.problem")}</dt>
        <dd className={styles.lead}>{answer(charter.problem)}</dd>
      </div>
      <div>
        <dt>{t("question.beneficiaries")}</dt>
        <dd>{answer(words.beneficiaries.join(", "))}</dd>
        <dd>{answer(charter.usage)}</dd>
      </div>
      <div>
        <dt>{t("question.fallback")}</dt>
        <dd>{answer(charter.fallback)}</dd>
      </div>
      <div>
        <dt>{t("question.owner")}</dt>
        <dd>{answer(words.owner)}</dd>
      </div>
      <div>
        <dt>{t("question.measure")}</dt>
        <dd>{answer(words.measure)}</dd>
      </div>
      <div>
        <dt>{t("question.level")}</dt>
        <dd>{answer(words.level)}</dd>
      </div>
    </dl>
  );
}

/** Every version, and what was said about the activity. */
function Versions({ page }: { page: CharterPage }): ReactNode {
  const { t } = useTranslation("charter");
  const format = useFormat();
  return (
    <section className={styles.section}>
      <h2>{t("versions.title")}</h2>
      <ol className={styles.list}>
        {page.versions.map((version) => (
          <li key={version.version}>
            <details>
              <summary>
                {t("versions.one", {
                  version: version.version,
                  when: format.moment(version.saved_at),
                  name: version.saved_by ?? t("nobody"),
                })}
              </summary>
              <Answers charter={version.charter} words={version.words} />
            </details>
          </li>
        ))}
      </ol>
      {page.activations.length === 0 ? null : (
        <>
          <h2>{t("activity.title")}</h2>
          <ol className={styles.list}>
            {page.activations.map((said) => (
              <li key={said.at}>
                {t(said.activated ? "activity.activated" : "activity.deactivated", {
                  when: format.moment(said.at),
                  name: said.by ?? t("nobody"),
                })}
                {said.reason === "" ? null : <div className={styles.quiet}>{`“${said.reason}”`}</div>}
                {said.unstable.map((words) => (
                  <div key={words} className={styles.quiet}>
                    {t("activity.unstable", { words })}
                  </div>
                ))}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
