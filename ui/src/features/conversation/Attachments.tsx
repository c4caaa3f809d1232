import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Attachment, commands } from "../../api/bindings";
import { useAct, useRead } from "../../api/query";
import { Button, Dialog, Icon, Skeleton, toast } from "../../components";
import { useFormat } from "../../i18n/format";
import { pickSave } from "../../platform/dialog";
import styles from "./Entries.module.css";

/** Pictures that the window shows. */
const PICTURES: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** Largest picture that is shown, bytes; larger ones are saved to be seen. */
const PICTURE_BYTES_MAX = 10_000_000;

/** Files that hang on a message: pictures as pictures, the rest by name. */
export function Attachments({ files }: { files: readonly Attachment[] }): ReactNode {
  const { t } = useTranslation("conversation");
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t("attachment.list")}>
      {files.map((file, place) => (
        // The same file may hang on a message twice.
        // oxlint-disable-next-line no-array-index-key
        <li key={`${file.hash} ${place}`}>
          {PICTURES.includes(file.mime) && file.bytes <= PICTURE_BYTES_MAX ? <Picture file={file} /> : null}
          <FileName file={file} />
        </li>
      ))}
    </ul>
  );
}

function FileName({ file }: { file: Attachment }): ReactNode {
  const { t } = useTranslation("conversation");
  const format = useFormat();
  const save = useAct(commands.attachmentSave);
  const act = async (): Promise<void> => {
    const path = await pickSave(t("attachment.save", { name: file.name }), file.name, []);
    if (path === null) return;
    if ((await save.run(file, path)) !== undefined) toast(t("attachment.saved", { name: file.name }));
  };
  return (
    <span className={styles.file}>
      <Icon name="file" />
      <span className={styles.fileName}>{file.name}</span>
      <span className={styles.quiet}>{format.bytes(file.bytes)}</span>
      <Button
        look="quiet"
        icon
        aria-label={t("attachment.save", { name: file.name })}
        isPending={save.pending}
        onPress={() => void act()}
      >
        <Icon name="export" />
      </Button>
    </span>
  );
}

function Picture({ file }: { file: Attachment }): ReactNode {
  const { t } = useTranslation("conversation");
  const [large, setLarge] = useState(false);
  const [broken, setBroken] = useState(false);
  const picture = useRead(["attachment", file.hash], () => commands.attachmentRead(file));
  if (picture.error || broken) return <p className={styles.quiet}>{t("attachment.unseen")}</p>;
  if (!picture.data) return <Skeleton width="10rem" height="7rem" />;
  return (
    <>
      <button
        type="button"
        className={styles.picture}
        aria-label={t("attachment.show", { name: file.name })}
        onClick={() => setLarge(true)}
      >
        <img src={picture.data} alt={file.name} onError={() => setBroken(true)} />
      </button>
      <Dialog title={file.name} open={large} wide onClose={() => setLarge(false)}>
        <img className={styles.large} src={picture.data} alt={file.name} />
      </Dialog>
    </>
  );
}
