/** The saved replies in a dialog: by button, palette or shortcut. Fills in what is known of the contact. */
import { useStore } from "zustand";
import type { Conversation } from "../../shared/domain.ts";
import { fillTemplate } from "../../shared/template-text.ts";
import { t } from "../i18n.ts";
import { headOf } from "../lib/bidi.ts";
import { variableValues } from "../lib/compose-text.ts";
import { useNav, useStores } from "../stores/context.tsx";
import { Picker } from "./picker.tsx";

const MANAGE = "manage";
const HINT_CHARS = 48;

const shorten = (text: string) => (text.length <= HINT_CHARS ? text : `${headOf(text, HINT_CHARS - 1).trimEnd()}…`);

interface Props {
  readonly conversation: Conversation;
  readonly onChoose: (text: string) => void;
}

export function TemplatePicker({ conversation, onChoose }: Props) {
  const { nav, templates, format } = useStores();
  const isOpen = useNav((state) => state.dialog?.kind === "template");
  const all = useStore(templates, (state) => state.all) ?? [];
  if (!isOpen) return null;
  const fill = (text: string) => fillTemplate(text, variableValues(conversation, Date.now(), format));
  return (
    <Picker
      title={t("templates.pick")}
      label={t("templates.search")}
      placeholder={t("templates.search")}
      listLabel={t("templates.list")}
      none={t("templates.none")}
      items={[
        ...all.map(({ id, name, text }) => ({ id, label: name, hint: shorten(fill(text)) })),
        { id: MANAGE, label: t("commands.templates") },
      ]}
      onClose={nav.closeDialog}
      onChoose={(id) => {
        const chosen = all.find((template) => template.id === id);
        if (chosen === undefined) nav.showSettings("writing");
        else onChoose(fill(chosen.text));
      }}
    />
  );
}
