/** The items of the menu that are read by a person, flat and in order, in one language. */
import { speak } from "../../../../electron/i18n.ts";
import { createMenuTemplate } from "../../../../electron/app/menu.ts";
import type { Language } from "../../../../shared/languages.ts";

interface Item {
  readonly id?: string;
  readonly role?: string;
  readonly type?: string;
  readonly label?: string;
  readonly submenu?: unknown;
}

export function createMenuLabels(platform: NodeJS.Platform, language: Language): { what: string; label: string }[] {
  speak({ language, locale: language });
  const flat = (items: readonly Item[], trail: string): { what: string; label: string }[] =>
    items.flatMap((item, index) => {
      if (item.type === "separator") return [];
      const what = `${trail}/${item.id ?? item.role ?? index}`;
      const inside = Array.isArray(item.submenu) ? flat(item.submenu as Item[], what) : [];
      return [{ what, label: item.label ?? "" }, ...inside];
    });
  return flat(
    createMenuTemplate(platform, () => {}),
    "",
  );
}
