/** A name for a contact that stays on this device. */
import { useState } from "react";
import { Form } from "react-aria-components";
import type { ConversationId } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import { errorSentence } from "../lib/error-words.ts";
import { useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { Alert, Field, TextButton } from "./ui.tsx";

export function RenameDialog({ id, name: before }: { id: ConversationId; name: string }) {
  const { bridge, inbox, nav, threadOf } = useStores();
  const [name, setName] = useState(before);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function save(): Promise<void> {
    setBusy(true);
    try {
      await bridge.call("contacts.rename", { id, name: name.trim() === "" ? null : name.trim() });
      inbox.refreshNow();
      void threadOf(id).refresh();
      nav.closeDialog();
    } catch (error) {
      setFailure(failureOf(error));
      setBusy(false);
    }
  }

  return (
    <DialogFrame title={t("contact.rename")} isBusy={isBusy} onClose={nav.closeDialog}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t("contact.name")}
          hint={t("contact.nameHint")}
          value={name}
          onChange={setName}
          maxLength={80}
          autoFocus
        />
        {failure !== null && <Alert text={errorSentence(failure)} focusKey={failure} />}
        <div className="form-footer">
          <span />
          <TextButton tone="primary" type="submit" isDisabled={isBusy}>
            {t("common.save")}
          </TextButton>
        </div>
      </Form>
    </DialogFrame>
  );
}
