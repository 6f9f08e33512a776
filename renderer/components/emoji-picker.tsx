/**
 * The emoji, over the composer: search, categories, skin tone, recently used. Comes out of the bundle, offline.
 *
 * Search and list are two stops of the Tab key; arrows move in the list, Enter in the search takes the first. Knows
 * nothing of where the emoji goes.
 */
import type { RefObject } from "react";
import { useEffect, useState } from "react";
import { Button, Dialog, Input, ListBox, ListBoxItem, Popover, SearchField } from "react-aria-components";
import { useStore } from "zustand";
import { currentLanguage, t } from "../i18n.ts";
import type { Emoji } from "../lib/emoji.ts";
import { findEmoji, loadEmoji, withRecent, withTone } from "../lib/emoji.ts";
import { useNav, useStores } from "../stores/context.tsx";
import "./emoji-picker.css";

const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;
type Category = "recent" | (typeof GROUPS)[number];
const ICONS: Readonly<Record<(typeof GROUPS)[number], string>> = {
  0: "🙂",
  1: "👋",
  3: "🌿",
  4: "🍎",
  5: "🚲",
  6: "⚽",
  7: "💡",
  8: "❤️",
  9: "🏁",
};
const TONES = [0, 1, 2, 3, 4, 5] as const;
const TONE_SAMPLE: readonly string[] = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"];
const MOST_FOUND = 120;

interface Props {
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly onChoose: (text: string) => void;
}

export function EmojiPicker({ triggerRef, onChoose }: Props) {
  const { nav } = useStores();
  const isOpen = useNav((state) => state.dialog?.kind === "emoji");
  return (
    <Popover
      className="popover emoji-popover"
      triggerRef={triggerRef}
      isOpen={isOpen}
      placement="top end"
      onOpenChange={(open) => {
        if (!open) nav.closeDialog();
      }}
    >
      <Dialog className="dialog emoji-dialog" aria-label={t("composer.emojiTitle")}>
        <EmojiPanel onChoose={onChoose} />
      </Dialog>
    </Popover>
  );
}

function EmojiPanel({ onChoose }: Pick<Props, "onChoose">) {
  const { settings } = useStores();
  const chosen = useStore(settings, (state) => state.view?.settings.composer);
  const tone = chosen?.skinTone ?? 0;
  const recent = chosen?.recentEmoji ?? [];
  const [all, setAll] = useState<readonly Emoji[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [query, setQuery] = useState("");
  const [category, setCategory] = useState<Category>(recent.length > 0 ? "recent" : 0);

  useEffect(() => {
    let isGone = false;
    loadEmoji(currentLanguage().language).then(
      (loaded) => !isGone && setAll(loaded),
      () => !isGone && setFailed(true),
    );
    return () => {
      isGone = true;
    };
  }, []);

  const choose = (text: string) => {
    settings.change({ composer: { recentEmoji: withRecent(recent, text) } });
    onChoose(text);
  };

  const shown =
    all === null
      ? []
      : query.trim() === ""
        ? ofCategory(all, category, recent)
        : findEmoji(all, query).slice(0, MOST_FOUND);
  const textOf = (emoji: Emoji) => (category === "recent" && query.trim() === "" ? emoji.text : withTone(emoji, tone));
  return (
    <div className="emoji-panel">
      <SearchField
        aria-label={t("composer.emojiSearch")}
        value={query}
        autoFocus
        onChange={setQuery}
        onSubmit={() => shown[0] !== undefined && choose(textOf(shown[0]))}
      >
        <Input className="input" placeholder={t("composer.emojiSearch")} />
      </SearchField>
      <div className="emoji-categories" role="group" aria-label={t("composer.emojiCategories")}>
        {recent.length > 0 && (
          <Tab
            isOn={category === "recent"}
            label={t("composer.emojiRecent")}
            icon="🕘"
            onPress={() => setCategory("recent")}
          />
        )}
        {GROUPS.map((group) => (
          <Tab
            key={group}
            isOn={category === group}
            label={t(`composer.emojiGroups.g${group}`)}
            icon={ICONS[group]}
            onPress={() => {
              setCategory(group);
              setQuery("");
            }}
          />
        ))}
      </div>
      <ListBox
        className="emoji-list"
        layout="grid"
        aria-label={t("composer.emojiList")}
        items={shown.map((emoji) => ({ id: textOf(emoji), name: emoji.name }))}
        onAction={(key) => choose(String(key))}
        renderEmptyState={() => (
          <p className="emoji-none" role="status">
            {hasFailed
              ? t("composer.emojiFailed")
              : all === null
                ? t("composer.emojiLoading")
                : t("composer.emojiNone")}
          </p>
        )}
      >
        {({ id, name }) => (
          <ListBoxItem id={id} textValue={name} aria-label={name} className="emoji-item">
            {id}
          </ListBoxItem>
        )}
      </ListBox>
      <div className="emoji-tones" role="group" aria-label={t("composer.emojiSkin")}>
        {TONES.map((value) => (
          <Tab
            key={value}
            isOn={tone === value}
            label={t(`composer.skin.${value}`)}
            icon={TONE_SAMPLE[value] ?? ""}
            onPress={() => settings.change({ composer: { skinTone: value } })}
          />
        ))}
      </div>
    </div>
  );
}

/** The same emoji is written with and without the mark that asks for its coloured form. */
const plain = (text: string) => text.replaceAll("\ufe0f", "");

function ofCategory(all: readonly Emoji[], category: Category, recent: readonly string[]): readonly Emoji[] {
  if (category !== "recent") return all.filter(({ group }) => group === category);
  return recent.flatMap((text) => {
    const known = all.find((emoji) => plain(emoji.text) === plain(text) || emoji.skins.includes(text));
    return known === undefined ? [] : [{ ...known, text }];
  });
}

function Tab({ isOn, label, icon, onPress }: { isOn: boolean; label: string; icon: string; onPress: () => void }) {
  return (
    <Button className="emoji-tab" aria-label={label} aria-pressed={isOn} onPress={onPress}>
      <span aria-hidden>{icon}</span>
    </Button>
  );
}
