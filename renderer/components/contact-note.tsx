/**
 * The note about a contact: saved by itself a moment after the last key, at once when the box is left.
 *
 * What is typed is never thrown away by an answer that comes later. A note may lose a quote of a removed text while the
 * panel is open; then the shown text follows, unless somebody is writing in it.
 */
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Label, Text, TextArea, TextField } from "react-aria-components";
import { MAX_NOTE_CHARS } from "../../shared/note-limits.ts";
import type { ConversationId } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { focusNote } from "../lib/places.ts";
import { useNav, useStores } from "../stores/context.tsx";

const SAVE_AFTER_MS = 600;

export function ContactNote({ id, saved }: { id: ConversationId; saved: string }) {
  const { bridge, nav } = useStores();
  const [text, setText] = useState(saved);
  const [state, setState] = useState<"idle" | "saved" | "failed">("idle");
  const written = useRef(saved);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  async function save(value: string): Promise<void> {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    if (value === written.current) return;
    const before = written.current;
    written.current = value;
    try {
      await bridge.call("contacts.saveNote", { id, text: value });
      setState("saved");
    } catch {
      written.current = before;
      setState("failed");
    }
  }

  // Only a note that nobody is writing in follows the store.
  const follow = useEffectEvent((next: string) => {
    if (timer.current !== null || text !== written.current) return;
    written.current = next;
    setText(next);
  });
  useEffect(() => follow(saved), [saved]);

  const saveRest = useEffectEvent(() => void save(text));
  useEffect(() => {
    // The window may go while somebody writes.
    window.addEventListener("pagehide", saveRest);
    return () => {
      window.removeEventListener("pagehide", saveRest);
      saveRest();
    };
  }, []);

  const isWanted = useNav(({ wantsNote }) => wantsNote);
  useEffect(() => {
    if (!isWanted) return;
    focusNote();
    nav.noteReached();
  }, [isWanted, nav]);

  return (
    <TextField
      className="field contact-note-field"
      value={text}
      maxLength={MAX_NOTE_CHARS}
      onChange={(value) => {
        setText(value);
        setState("idle");
        if (timer.current !== null) clearTimeout(timer.current);
        timer.current = setTimeout(() => void save(value), SAVE_AFTER_MS);
      }}
      onBlur={() => void save(text)}
    >
      <Label className="field-label">{t("contacts.note")}</Label>
      <TextArea className="input contact-note-input" rows={4} dir="auto" />
      <Text slot="description" className="field-hint">
        {t("contacts.noteHint")}
      </Text>
      <p className="contact-note" role="status">
        {state === "saved" && t("contacts.noteSaved")}
        {state === "failed" && t("contacts.noteFailed")}
      </p>
    </TextField>
  );
}
