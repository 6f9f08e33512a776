/** A name for a contact that stays on this device. */
import { useState } from "react";
import { Form } from "react-aria-components";
import type { ConversationId } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import { errorSentence } from "../error-strings.ts";
import { useStores } from "../stores/context.tsx";
import { strings } from "../strings.ts";
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
    <DialogFrame title={strings.contact.rename} isBusy={isBusy} onClose={nav.closeDialog}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={strings.contact.name}
          hint={strings.contact.nameHint}
          value={name}
          onChange={setName}
          maxLength={80}
          autoFocus
        />
        {failure !== null && <Alert text={errorSentence(failure)} focusKey={failure} />}
        <div className="form-footer">
          <span />
          <TextButton tone="primary" type="submit" isDisabled={isBusy}>
            {strings.common.save}
          </TextButton>
        </div>
      </Form>
    </DialogFrame>
  );
}
