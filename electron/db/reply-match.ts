/**
 * When is a message of the thread a reply of ours? The conditions, as SQL over a reply `o` and a message `m`.
 *
 * Sound before complete: what matches neither way stays unknown, and a person is asked. Invariants: files at the very
 * addresses the provider gave for this reply's files are proof; a text is, together with the number of files; a reply of
 * files alone is never matched by their number, or it would be any picture anybody sent.
 */

/** Addresses that differ in their query only are one file, signed anew. */
const base = (url: string) => `substr(${url} || '?', 1, instr(${url} || '?', '?'))`;

const FILES = "SELECT count(*) FROM attachments f WHERE f.outbox_id = o.id";

/** All of the reply's files are the message's, and it has no others. */
export const HAS_FILES_OF_REPLY = `(m.media_urls IS NOT NULL AND (${FILES}) > 0
  AND json_array_length(m.media_urls) = (${FILES})
  AND NOT EXISTS (SELECT 1 FROM attachments f WHERE f.outbox_id = o.id AND NOT EXISTS (
    SELECT 1 FROM json_each(m.media_urls) j WHERE ${base("j.value")} = ${base("f.uploaded_url")})))`;

/** The same words, and as many files. */
export const HAS_TEXT_OF_REPLY = `(o.text <> '' AND m.body = o.text AND m.media_count = (${FILES}))`;

/** It may be ours, without proof: not to be taken for another's. */
export const MAY_BE_REPLY = `(coalesce(m.body, '') = o.text AND (o.text <> '' OR m.media_count = (${FILES})))`;

/** Every file of the provisional message `m` is among `?urls` (a JSON array of addresses), and they are as many. */
export const hasFilesAt = (urls: string) => `(m.media_urls IS NOT NULL
  AND json_array_length(m.media_urls) = json_array_length(${urls})
  AND NOT EXISTS (SELECT 1 FROM json_each(m.media_urls) x WHERE NOT EXISTS (
    SELECT 1 FROM json_each(${urls}) j WHERE ${base("j.value")} = ${base("x.value")})))`;
