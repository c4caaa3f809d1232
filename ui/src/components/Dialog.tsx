import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { classes } from "./classes";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
  /** Buttons, the main one last. */
  foot?: ReactNode;
}

/** A question that stands above the page. Escape and a press outside leave it. */
export function Dialog({ title, open, onClose, wide = false, children, foot }: DialogProps): ReactNode {
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={open}
      isDismissable
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Modal className={classes(styles.modal, wide && styles.wide)}>
        <AriaDialog className={styles.dialog ?? ""}>
          <Heading slot="title" className={styles.title ?? ""}>
            {title}
          </Heading>
          {children}
          {foot ? <div className={styles.foot}>{foot}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
