/**
 * The sample business as data: numbers, conversations, messages, consent at one moment.
 *
 * A pure function of anchor, seed and zone: the same three give the same ids, numbers, texts and times, so a
 * restarted sample account looks to its client as if the server had never been away. No clock, no network.
 */
import { cast, OWN_NUMBERS, type CastRow, type Language } from "./data/cast.ts";
import { everyday, library } from "./data/library.ts";
import type { Script } from "./data/script-format.ts";
import { encodeConversationId } from "./ids.ts";
import { createChance, type Chance } from "./random.ts";
import { RETENTION_DAYS } from "./retention.ts";
import { placeBefore, placeEndingAt, type Calendar, type Timed } from "./timeline.ts";

export type OutboundStatus = "queued" | "sent" | "delivered" | "undelivered" | "failed";

export interface SampleMessage {
  readonly id: string;
  readonly direction: "inbound" | "outbound";
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly mediaUrls: readonly string[];
  readonly createdAt: number;
  readonly tag: string | null;
  /** Outbound only; null for inbound. Times of the steps, null until they happen. */
  status: OutboundStatus | null;
  sentAt: number | null;
  deliveredAt: number | null;
}

export interface SampleConversation {
  readonly id: string;
  readonly phoneNumberId: string;
  readonly phoneNumber: string;
  readonly contactNumber: string;
  readonly language: Language;
  /** Oldest first. */
  readonly messages: SampleMessage[];
}

export interface SampleNumber {
  readonly id: string;
  readonly number: string;
  readonly label: string;
  readonly createdAt: number;
}

export interface SampleConsent {
  readonly id: string;
  optedIn: boolean;
  optedInAt: number | null;
  optedOutAt: number | null;
  source: "keyword" | "form" | "import";
}

export interface World {
  readonly orgId: string;
  readonly numbers: readonly SampleNumber[];
  readonly conversations: SampleConversation[];
  /** By contact number; no entry: the provider holds no record. */
  readonly consent: Map<string, SampleConsent>;
}

export interface WorldOptions {
  /** Unix ms the sample looks back from. */
  readonly anchorAt: number;
  readonly seed: string;
  /** The shop's zone, minutes east of UTC. */
  readonly utcOffsetMinutes: number;
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DAY_MS = UNIT_MS.d;
/** Readable dialogues begin within this age, forgotten ones end beyond the other: neither straddles the window. */
const READABLE_MS = (RETENTION_DAYS - 1.5) * DAY_MS;
const FORGOTTEN_MS = (RETENTION_DAYS + 3) * DAY_MS;
const OLDEST_MS = 425 * DAY_MS;

const ageOf = (words: string): number => Number(words.slice(0, -1)) * UNIT_MS[words.slice(-1) as keyof typeof UNIT_MS];

function scriptNamed(name: string): Script {
  const script = library.get(name);
  if (!script) throw new Error(`sample cast: no dialogue is called "${name}"`);
  return script;
}

/**
 * Where a thread's newest message stands. Up to a day back it is told to the minute, so that the inbox looks
 * alive at any hour; further back only the day matters, and the message falls into the shop's hours.
 */
function placeNewest(script: Script, last: string, anchorAt: number, calendar: Calendar): readonly Timed[] {
  const endBy = anchorAt - ageOf(last);
  if (last.endsWith("d")) return placeBefore(script, endBy, calendar);
  const blurMs = last.endsWith("h") ? calendar.chance.between(0, 45) * UNIT_MS.m : 0;
  return placeEndingAt(script, endBy - blurMs - calendar.chance.between(0, 50_000), calendar);
}

/** The dialogues that can still be read, oldest first. */
function placeReadable(row: CastRow, anchorAt: number, calendar: Calendar): Timed[] {
  const placed: Timed[][] = [];
  let endBy = anchorAt - ageOf(row.last);
  const scripts = row.scripts.map(scriptNamed);
  for (let index = scripts.length - 1; index >= 0; index -= 1) {
    const script = scripts[index]!;
    const isNewest = index === scripts.length - 1;
    const timed = isNewest ? placeNewest(script, row.last, anchorAt, calendar) : placeBefore(script, endBy, calendar);
    placed.unshift([...timed]);
    const room = timed[0]!.at - (anchorAt - READABLE_MS);
    endBy = timed[0]!.at - Math.max(DAY_MS, Math.floor((room / (index + 1)) * (0.25 + calendar.chance.next() * 0.3)));
  }
  return placed.flat();
}

/** What lies beyond the retention window: only its times and directions will ever be seen. */
function placeForgotten(count: number, newestAt: number, anchorAt: number, calendar: Calendar): Timed[] {
  const { chance } = calendar;
  const deck = chance.shuffled(everyday);
  const chosen: Script[] = [];
  for (let left = count, i = 0; left > 0; i += 1) {
    const script = deck[i % deck.length]!;
    const lines = script.lines.slice(0, left);
    chosen.push({ ...script, lines });
    left -= lines.length;
  }
  const room = newestAt - (anchorAt - OLDEST_MS);
  const step = Math.min(45 * DAY_MS, Math.floor(room / (chosen.length + 1)));
  return chosen
    .flatMap((script, index) => {
      const blurMs = index === 0 ? 0 : chance.between(0, Math.floor(step / 3));
      return placeBefore(script, newestAt - index * step - blurMs, calendar);
    })
    .toSorted((a, b) => a.at - b.at);
}

function mediaUrl(name: string, id: string): string {
  return `https://media.agentmessage.example/v1/${id.slice(0, 8)}/${name}`;
}

function toMessage({ line, at }: Timed, own: string, contact: string, chance: Chance): SampleMessage {
  const id = chance.uuid();
  const inbound = line.direction === "inbound";
  const sentAt = at + chance.between(400, 1900);
  return {
    id,
    direction: line.direction,
    from: inbound ? contact : own,
    to: inbound ? own : contact,
    text: line.text,
    mediaUrls: line.media.map((name) => mediaUrl(name, id)),
    createdAt: at,
    tag: null,
    status: inbound ? null : line.outcome,
    sentAt: inbound || line.outcome === "failed" ? null : sentAt,
    deliveredAt: inbound || line.outcome !== "delivered" ? null : sentAt + chance.between(700, 4200),
  };
}

function buildConversation(row: CastRow, own: SampleNumber, options: WorldOptions): SampleConversation {
  const chance = createChance(options.seed, row.contact, row.line);
  const calendar: Calendar = { chance, offsetMs: options.utcOffsetMinutes * 60_000 };
  const readable = placeReadable(row, options.anchorAt, calendar);
  const forgotten = row.total - readable.length;
  if (forgotten < 0) throw new Error(`sample cast: ${row.contact} has ${readable.length} messages, not ${row.total}`);
  const newestAt = Math.min(
    options.anchorAt - Math.max(ageOf(row.last), row.scripts.length > 0 ? FORGOTTEN_MS : 0),
    (readable[0]?.at ?? Infinity) - DAY_MS,
  );
  const past = forgotten === 0 ? [] : placeForgotten(forgotten, newestAt, options.anchorAt, calendar);
  return {
    id: encodeConversationId(own.id, row.contact),
    phoneNumberId: own.id,
    phoneNumber: own.number,
    contactNumber: row.contact,
    language: row.language,
    messages: [...past, ...readable].map((timed) => toMessage(timed, own.number, row.contact, chance)),
  };
}

/** Opted in with the first message; opted out with the last one the contact wrote. */
function consentOf(row: CastRow, messages: readonly SampleMessage[], seed: string): SampleConsent | null {
  if (row.consent === "none") return null;
  const chance = createChance(seed, "consent", row.contact);
  const optedInAt = messages[0]!.createdAt - chance.between(1, 40) * DAY_MS;
  const lastWord = messages.findLast((message) => message.direction === "inbound") ?? messages.at(-1)!;
  const optedIn = row.consent === "in";
  return {
    id: chance.uuid(),
    optedIn,
    optedInAt,
    optedOutAt: optedIn ? null : lastWord.createdAt,
    source: optedIn ? chance.pick(["form", "form", "keyword", "import"]) : "keyword",
  };
}

export function buildWorld(options: WorldOptions): World {
  const chance = createChance(options.seed, "organization");
  const orgId = chance.uuid();
  const numbers = OWN_NUMBERS.map(({ number, label }) => ({
    id: chance.uuid(),
    number,
    label,
    createdAt: options.anchorAt - OLDEST_MS - 20 * DAY_MS,
  }));
  const consent = new Map<string, SampleConsent>();
  const conversations = cast.map((row) => {
    const own = numbers[OWN_NUMBERS.findIndex(({ key }) => key === row.line)]!;
    const conversation = buildConversation(row, own, options);
    const record = consentOf(row, conversation.messages, options.seed);
    if (record && !consent.has(row.contact)) consent.set(row.contact, record);
    return conversation;
  });
  return { orgId, numbers, conversations, consent };
}
