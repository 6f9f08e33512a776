/**
 * Invented conversations and messages for the fake bridge, the same for the same seed and index.
 *
 * Pure; rows are made when asked for, so that a list of 100,000 costs nothing until it is scrolled.
 * Covers what a window must be able to draw: names and bare numbers, right-to-left, emoji, very long words,
 * links, media, redactions of both kinds, missing bodies, a customer who typed "[redacted]".
 */
import type { Account, AccountId, Body, Consent, Conversation, ConversationId, Message } from "../../shared/domain.ts";

import type { ProviderForm } from "../../shared/ipc.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

export const FAKE_PROVIDERS: readonly ProviderForm[] = [
  {
    provider: "agentmessage",
    label: "AgentMessage",
    fields: [{ name: "apiKey", label: "API key", secret: true, placeholder: "am_live_…" }],
    defaultBaseUrl: "https://api.agentmsg.io",
  },
  {
    provider: "twilio",
    label: "Twilio",
    fields: [
      { name: "accountSid", label: "Account SID", secret: false, placeholder: "AC…" },
      { name: "authToken", label: "Auth token", secret: true, placeholder: "" },
    ],
    defaultBaseUrl: "https://conversations.twilio.com",
  },
];

/** Small deterministic generator (mulberry32), uniform in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FIRST = ["Dana", "Luis", "Priya", "Tom", "Aisha", "Marek", "Yuki", "Nora", "Omar", "Grace", "Ivan", "Chloé"];
const LAST = ["Reyes", "Whitfield", "Patel", "Okafor", "Lindqvist", "Novak", "Tanaka", "Haddad", "Moreau", "Fischer"];
const INBOUND = [
  "Hi, can I move my Thursday cleaning to next week?",
  "Perfect, see you then 👍",
  "Do you have anything earlier? Mornings are best for me.",
  "My tooth is still a bit sore after the filling, is that normal on day three?",
  "Running 10 minutes late, sorry!",
  "What does a crown cost without insurance?",
  "Thanks so much, you were all lovely today",
  "Is parking behind the building free?",
  "Could you send me the form again? https://maplestreetdental.example/forms/new-patient works only on my phone",
  "שלום, אפשר לקבוע תור ליום ראשון בבוקר?",
  "مرحبا، هل يمكنني تغيير موعدي إلى يوم الثلاثاء؟",
  "🦷🪥✨",
  "[redacted]",
  "Pneumonoultramicroscopicsilicovolcanoconiosis-and-other-words-that-never-end-because-somebody-forgot-the-space-bar",
  "You can write me at dana.reyes@example.com or look at maplestreetdental.example for the x-ray link I mentioned.",
];
const OUTBOUND = [
  "Of course! Tuesday 9:40 or Wednesday 14:15, which suits you?",
  "You are booked. Reply C to confirm.",
  "That is normal for up to a week. If it gets worse, call us at any time and we will fit you in.",
  "No problem, we will be here.",
  "Your appointment is tomorrow at 9:40 with Dr. Lind. Please arrive five minutes early so that we can update your insurance details, and bring the list of medicines you take.",
  "Sent! Let us know if it does not open.",
  "See you soon.",
];

export const OWN_NUMBER = "+15550101000";

export function fakeAccount(id: number, changes: Partial<Account> = {}): Account {
  return {
    id: id as AccountId,
    provider: "agentmessage",
    name: "Maple Street Dental",
    baseUrl: "https://api.agentmsg.io",
    keyHint: "4f2a",
    isSample: false,
    state: "ok",
    missingScope: null,
    ...changes,
  };
}

function bodyOf(direction: "inbound" | "outbound", random: () => number): Body {
  const texts = direction === "inbound" ? INBOUND : OUTBOUND;
  return { kind: "text", text: texts[Math.floor(random() * texts.length)]! };
}

function consentOf(random: () => number, before: number): Consent {
  const roll = random();
  if (roll < 0.72) return { state: "opted_in", since: before - Math.floor(random() * 300) * DAY };
  return roll < 0.82 ? { state: "opted_out", since: before - 3 * DAY } : { state: "unknown", since: null };
}

/** The conversation that stands at place `index` of a freshly generated list. */
export function fakeConversation(index: number, options: { now: number; seed: number; accounts: readonly Account[] }) {
  const { now, seed, accounts } = options;
  const random = seededRandom(seed * 1_000_003 + index);
  const account = accounts[index % accounts.length]!;
  const named = random() < 0.62;
  const lastMessageAt = now - Math.floor((index + random()) * (index < 40 ? 37 : 23) * MINUTE);
  const lastDirection = random() < 0.58 ? ("inbound" as const) : ("outbound" as const);
  const consent = consentOf(random, lastMessageAt);
  const roll = random();
  const isOld = now - lastMessageAt > DAY;
  const preview: Body =
    roll < 0.1 && isOld
      ? {
          kind: "redacted",
          redaction: { by: roll < 0.05 ? "provider" : "retention", at: now - DAY, removedHereAt: now - DAY },
        }
      : roll < 0.14 && isOld
        ? { kind: "missing" }
        : bodyOf(lastDirection, random);
  const unreadCount =
    lastDirection === "inbound" && random() < (index < 14 ? 0.5 : 0.04) ? 1 + Math.floor(random() * 3) : 0;
  const conversation: Conversation = {
    id: (index + 1) as ConversationId,
    accountId: account.id,
    accountName: account.name,
    provider: account.provider,
    contactName: named
      ? `${FIRST[Math.floor(random() * FIRST.length)]!} ${LAST[Math.floor(random() * LAST.length)]!}`
      : null,
    contactNumber: `+1555${String(2_010_000 + index).padStart(7, "0")}`,
    ownNumber: OWN_NUMBER,
    ownLabel: null,
    lastMessageAt,
    lastDirection,
    preview,
    messageCount: 4 + Math.floor(random() * 40),
    unreadCount,
    consent,
    draft: null,
    outboxProblems: 0,
    isOptedOutHere: false,
    consentConfirmedAt: null,
    optOutHint: null,
    hasLocalName: false,
    triage: {
      doneAt: null,
      snoozedUntil: null,
      snoozedUntilReply: false,
      pinnedAt: null,
      waitingSince: lastDirection === "inbound" && consent.state !== "opted_out" ? lastMessageAt : null,
    },
  };
  return conversation;
}

/** The thread of a conversation, ascending, ending with its preview. */
export function fakeThread(conversation: Conversation, firstId: number, count: number): Message[] {
  const random = seededRandom(conversation.id * 7_919);
  const messages: Message[] = [];
  let at = conversation.lastMessageAt;
  for (let back = 0; back < count; back++) {
    const isLast = back === 0;
    const direction = isLast ? (conversation.lastDirection ?? "inbound") : random() < 0.5 ? "inbound" : "outbound";
    const isRemoved = back > count * 0.75;
    // Removed texts lie beyond the retention window of 90 days.
    if (isRemoved && messages.at(-1)?.body.kind !== "redacted")
      at = Math.min(at, conversation.lastMessageAt - 95 * DAY);
    messages.push({
      id: (firstId + count - back) as Message["id"],
      conversationId: conversation.id,
      direction,
      body: isLast
        ? conversation.preview
        : isRemoved
          ? {
              kind: "redacted",
              redaction: { by: "provider", at: at + 90 * DAY, removedHereAt: at + 90 * DAY + 41 * MINUTE },
            }
          : bodyOf(direction, random),
      mediaCount: !isRemoved && !isLast && random() < 0.06 ? 2 : 0,
      status: direction === "inbound" ? "received" : "delivered",
      createdAt: at,
    });
    at -= random() < 0.6 ? Math.floor(random() * 4 * MINUTE) : Math.floor(random() * 2 * DAY);
  }
  return messages.toReversed();
}
