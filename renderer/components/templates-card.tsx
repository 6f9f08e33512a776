/** Settings > Saved replies: find, write, change, order and delete them. Each change is saved at once and can be undone. */
import { ChevronDown, ChevronUp, Pencil, Plus, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Input, SearchField } from "react-aria-components";
import { useStore } from "zustand";
import { t } from "../i18n.ts";
import { fuzzyFilter } from "../lib/fuzzy.ts";
import { useStores } from "../stores/context.tsx";
import type { Template } from "../stores/templates-store.ts";
import { TemplateDialog } from "./template-dialog.tsx";
import { Alert, IconButton, TextButton } from "./ui.tsx";
import "./templates-card.css";

const UNDO_MS = 8_000;
const MAX_TEMPLATES = 200;
const SEARCH_FROM = 6;

export function TemplatesCard() {
  const { templates, toasts } = useStores();
  const { all, failed } = useStore(templates);
  const [query, setQuery] = useState("");
  const [edited, setEdited] = useState<Template | null>(null);
  useEffect(() => void templates.load(), [templates]);
  const list = all ?? [];
  const isSearching = query.trim() !== "";
  const shown = fuzzyFilter(list, query, ({ name }) => name);
  const isFull = list.length >= MAX_TEMPLATES;

  const remove = (template: Template) => {
    const putBack = templates.remove(template.id);
    toasts.add(
      {
        text: t("templates.removed", { name: template.name }),
        tone: "plain",
        action: { label: t("common.undo"), run: putBack },
      },
      { timeout: UNDO_MS },
    );
  };

  return (
    <section className="card" aria-label={t("templates.title")}>
      <div className="templates-head">
        <div>
          <h3>{t("templates.title")}</h3>
          <p className="settings-hint">{t("templates.intro")}</p>
        </div>
        <TextButton isDisabled={isFull} onPress={() => setEdited({ id: crypto.randomUUID(), name: "", text: "" })}>
          <Plus aria-hidden size="1.154rem" /> {t("templates.new")}
        </TextButton>
      </div>
      {failed && <Alert text={t("templates.failed")} focusKey={failed} />}
      {isFull && <p className="settings-hint">{t("templates.full", { count: MAX_TEMPLATES })}</p>}
      {(list.length >= SEARCH_FROM || query !== "") && (
        <SearchField aria-label={t("templates.search")} value={query} onChange={setQuery}>
          <Input className="input" placeholder={t("templates.search")} />
        </SearchField>
      )}
      {all !== null && list.length === 0 && (
        <div className="templates-empty">
          <p>
            <strong>{t("templates.empty")}</strong>
          </p>
          <p>{t("templates.emptyHint")}</p>
        </div>
      )}
      {isSearching && shown.length === 0 && <p role="status">{t("templates.none")}</p>}
      <ul className="templates-list" aria-label={t("templates.list")}>
        {shown.map((template) => {
          const { id, name, text } = template;
          return (
            <li key={id} className="templates-item">
              <div className="templates-words">
                <strong dir="auto">{name}</strong>
                <p dir="auto">{text}</p>
              </div>
              {!isSearching && (
                <>
                  <IconButton
                    label={t("templates.up", { name })}
                    icon={ChevronUp}
                    isDisabled={id === list[0]?.id}
                    onPress={() => templates.move(id, -1)}
                  />
                  <IconButton
                    label={t("templates.down", { name })}
                    icon={ChevronDown}
                    isDisabled={id === list.at(-1)?.id}
                    onPress={() => templates.move(id, 1)}
                  />
                </>
              )}
              <IconButton label={t("templates.editOf", { name })} icon={Pencil} onPress={() => setEdited(template)} />
              <IconButton label={t("templates.removeOf", { name })} icon={Trash2} onPress={() => remove(template)} />
            </li>
          );
        })}
      </ul>
      {edited !== null && (
        <TemplateDialog
          template={edited}
          onClose={() => setEdited(null)}
          onSave={(template) => {
            templates.put(template);
            setEdited(null);
          }}
        />
      )}
    </section>
  );
}
