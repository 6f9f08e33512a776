/**
 * The note about a contact: saved by itself a moment after the last key, at once when the box is left.
 *
 * What may be stored, and what takes a quote of a removed text out of it, stands in `note-store.ts`.
 */
import { useEffect, useState } from "react";
import { Label, Text, TextArea, TextField } from "react-aria-components";
import { useStore } from "zustand";
import type { ConversationId } from "../../shared/domain.ts";
import { MAX_NOTE_CHARS } from "../../shared/note-limits.ts";
import { t } from "../i18n.ts";
import { focusNote } from "../lib/places.ts";
import { removedTexts } from "../lib/removed-texts.ts";
import { useNav, useStores } from "../stores/context.tsx";
import { createNoteStore } from "../stores/note-store.ts";

export function ContactNote({ id, saved }: { id: ConversationId; saved: string }) {
  const { bridge, nav, threadOf } = useStores();
  const [note] = useState(() => createNoteStore(bridge, id, saved));
  const { text, outcome } = useStore(note);

  useEffect(() => note.follow(saved), [note, saved]);
  useEffect(
    () =>
      threadOf(id).subscribe(({ messages }, before) => {
        if (messages !== before.messages) note.forget(removedTexts(before.messages, messages));
      }),
    [note, id, threadOf],
  );
  useEffect(() => {
    const saveRest = () => void note.flush();
    // The window may go while somebody writes.
    window.addEventListener("pagehide", saveRest);
    return () => {
      window.removeEventListener("pagehide", saveRest);
      saveRest();
    };
  }, [note]);

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
      onChange={note.change}
      onBlur={() => void note.flush()}
    >
      <Label className="field-label">{t("contacts.note")}</Label>
      <TextArea className="input contact-note-input" rows={4} dir="auto" />
      <Text slot="description" className="field-hint">
        {t("contacts.noteHint")}
      </Text>
      <p className="contact-note" role="status">
        {outcome === "saved" && t("contacts.noteSaved")}
        {outcome === "failed" && t("contacts.noteFailed")}
      </p>
    </TextField>
  );
}
