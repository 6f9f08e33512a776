/**
 * What the right mouse button (or the menu key) offers in our window. Pure: the window's own facts in, a menu out.
 *
 * Invariants: every word is ours, in the language spoken; nothing is offered that would do nothing.
 */
import type { ContextMenuParams, MenuItemConstructorOptions } from "electron";
import { t } from "../i18n.ts";

export type MenuFacts = Pick<
  ContextMenuParams,
  "isEditable" | "selectionText" | "misspelledWord" | "dictionarySuggestions"
> & { readonly editFlags: Pick<ContextMenuParams["editFlags"], "canCut" | "canCopy" | "canPaste" | "canSelectAll"> };

export interface MenuActions {
  replace(word: string): void;
  learn(word: string): void;
}

const MOST_SUGGESTIONS = 5;
const separator: MenuItemConstructorOptions = { type: "separator" };

/** Empty: there is nothing to offer here. */
export function contextMenuItems(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  const { isEditable, selectionText, editFlags } = facts;
  const copy: MenuItemConstructorOptions = { role: "copy", label: t("composer.menu.copy"), enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === "" ? [] : [copy];
  return [
    ...spelling(facts, actions),
    { role: "cut", label: t("composer.menu.cut"), enabled: editFlags.canCut },
    copy,
    { role: "paste", label: t("composer.menu.paste"), enabled: editFlags.canPaste },
    separator,
    { role: "selectAll", label: t("composer.menu.selectAll"), enabled: editFlags.canSelectAll },
  ];
}

function spelling({ misspelledWord, dictionarySuggestions }: MenuFacts, actions: MenuActions) {
  if (misspelledWord === "") return [];
  const suggestions: MenuItemConstructorOptions[] = dictionarySuggestions
    .slice(0, MOST_SUGGESTIONS)
    .map((word) => ({ label: word, click: () => actions.replace(word) }));
  const none: MenuItemConstructorOptions = { label: t("composer.menu.noSuggestion"), enabled: false };
  return [
    ...(suggestions.length === 0 ? [none] : suggestions),
    separator,
    { label: t("composer.menu.addWord"), click: () => actions.learn(misspelledWord) },
    separator,
  ];
}
