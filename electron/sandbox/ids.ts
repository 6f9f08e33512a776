/**
 * The shapes of the API's identifiers: conversation ids, opaque cursors, request ids, UUIDs.
 *
 * A conversation id and a cursor carry a checksum, so that a mangled one is told apart from an unknown one
 * (400 against 404). Cursors hold a position, not an offset: they stay right while the list moves.
 */
import { randomBytes } from "node:crypto";
import { hashOf } from "./random.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export const isUuid = (text: string): boolean => UUID.test(text);
export const isE164 = (text: string): boolean => E164.test(text);

function checksum(bytes: Uint8Array): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(hashOf(Buffer.from(bytes).toString("latin1")));
  return sum;
}

const seal = (bytes: Buffer): string => Buffer.concat([bytes, checksum(bytes)]).toString("base64url");

function unseal(text: string): Buffer | null {
  if (!BASE64URL.test(text)) return null;
  const all = Buffer.from(text, "base64url");
  if (all.length < 5 || all.toString("base64url") !== text) return null;
  const bytes = all.subarray(0, -4);
  return checksum(bytes).equals(all.subarray(-4)) ? bytes : null;
}

/** Stable for one pair of own number and contact; base64url, as the API's own. */
export function encodeConversationId(phoneNumberId: string, contactNumber: string): string {
  const contact = Buffer.alloc(8);
  contact.writeBigUInt64BE(BigInt(contactNumber.slice(1)));
  return seal(Buffer.concat([Buffer.from([1, 2, 3]), Buffer.from(phoneNumberId.replaceAll("-", ""), "hex"), contact]));
}

export function isConversationId(text: string): boolean {
  return unseal(text)?.length === 27;
}

/** A place in an ordered list: the time and id of the last item already given. */
export interface Position {
  readonly at: number;
  readonly id: string;
}

/** `list` ties the cursor to the list it came from; one list's cursor is malformed for another. */
export function encodeCursor(list: string, position: Position): string {
  return seal(Buffer.from(JSON.stringify([list, position.at, position.id])));
}

/** Null when the text is no cursor of this list. */
export function decodeCursor(list: string, text: string): Position | null {
  const bytes = unseal(text);
  if (!bytes || bytes[0] !== 0x5b) return null;
  const [name, at, id] = JSON.parse(bytes.toString()) as [string, number, string];
  return name === list ? { at, id } : null;
}

/** A ULID: 48 bits of time, 80 of chance, as in the API's `request_id`. */
export function createRequestId(now: number): string {
  const bytes = Buffer.concat([Buffer.alloc(6), randomBytes(10)]);
  bytes.writeUIntBE(now, 0, 6);
  let value = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  for (let i = 0; i < 26; i += 1, value >>= 5n) text = CROCKFORD[Number(value & 31n)]! + text;
  return text;
}
