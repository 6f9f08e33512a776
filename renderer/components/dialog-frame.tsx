/** A modal dialog with a title and a close button; closing is not possible while something is being checked. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { t } from "../i18n.ts";
import { IconButton } from "./ui.tsx";
import "./dialog-frame.css";

export function DialogFrame({
  title,
  isBusy,
  onClose,
  children,
}: {
  title: string;
  isBusy: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isKeyboardDismissDisabled={isBusy}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <header className="dialog-header">
            <Heading slot="title" className="dialog-title" dir="auto">
              {title}
            </Heading>
            <IconButton label={t("common.close")} icon={X} isDisabled={isBusy} onPress={onClose} />
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
