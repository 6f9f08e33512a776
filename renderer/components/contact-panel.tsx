/** Who this is: numbers, what is held of the conversation, and every consent state this device has seen. */
import { useEffect, useState } from "react";
import { CAPABILITIES } from "../../shared/capabilities.ts";
import type { ContactDetails } from "../../shared/contacts.ts";
import type { Conversation, Coverage, Millis } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallOutput } from "../../shared/ipc.ts";
import { takeBack } from "../lib/consent-decisions.ts";
import { consentWords } from "../lib/consent-words.ts";
import { errorSentence } from "../lib/error-words.ts";
import { PROVIDER_LABELS } from "../lib/provider-labels.ts";
import { cleanLine } from "../lib/bidi.ts";
import type { Format } from "../lib/format.ts";
import { contactTitle } from "../lib/names.ts";
import { useNow, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { ContactNote } from "./contact-note.tsx";
import { TextButton } from "./ui.tsx";

interface Props {
  readonly conversation: Conversation;
  /** A new one with every change of the thread: what is shown here is asked again. */
  readonly coverage: Coverage | null;
}

export function ContactPanel({ conversation, coverage }: Props) {
  const stores = useStores();
  const { format, nav, bridge } = stores;
  const now = useNow();
  const [details, setDetails] = useState<ContactDetails | null>(null);
  const { id, provider, hasLocalName, contactNumber, ownNumber, ownLabel, messageCount, lastMessageAt } = conversation;
  const own = format.phone(ownNumber, ownNumber);
  const facts: readonly (readonly [string, string])[] = [
    [t("contact.number"), format.phone(contactNumber, ownNumber)],
    [t("contact.line"), ownLabel === null ? own : `${cleanLine(ownLabel)}, ${own}`],
    [t("contact.account"), cleanLine(conversation.accountName)],
    ...(messageCount === null ? [] : [[t("contact.messages"), format.count(messageCount)] as const]),
    ...(coverage === null ? [] : [[t("contact.held"), format.count(coverage.held)] as const]),
    ...(details === null ? [] : heldFacts(details, format)),
    [t("contact.last"), format.moment(lastMessageAt)],
    ...(details === null ? [] : removalFacts(details, format, now)),
    ...(CAPABILITIES[provider].redaction
      ? []
      : [[t("contact.signs"), t("coverage.noSign", { provider: PROVIDER_LABELS[provider] })] as const]),
  ];
  useEffect(() => {
    let isCurrent = true;
    bridge.call("contacts.details", { id }).then(
      (answer) => isCurrent && setDetails(answer),
      // The rest of the panel stands by itself; the next change asks again.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [bridge, id, coverage]);
  return (
    <aside className="contact-panel" aria-label={t("contact.panel")}>
      <h3 dir="auto">{contactTitle(conversation, format)}</h3>
      {hasLocalName && <p className="contact-note">{t("contact.localName")}</p>}
      <TextButton tone="quiet" onPress={() => nav.openDialog({ kind: "rename", id })}>
        {t("contact.rename")}
      </TextButton>
      <dl className="contact-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {details !== null && <ContactNote key={id} id={id} saved={details.note} />}
      <h4>{t("contact.consent")}</h4>
      <ConsentHistory conversation={conversation} />
      {conversation.consentConfirmedAt !== null && (
        <TextButton tone="quiet" onPress={() => void takeBack(stores, conversation, "confirmed")}>
          {t("consent.unconfirm")}
        </TextButton>
      )}
    </aside>
  );
}

type Fact = readonly [string, string];

function heldFacts({ received, sent, firstAt }: ContactDetails, format: Format): readonly Fact[] {
  return [
    [t("contacts.received"), format.count(received)],
    [t("contacts.sent"), format.count(sent)],
    ...(firstAt === null ? [] : [[t("contact.first"), format.moment(firstAt)] as const]),
  ];
}

function removalFacts({ removed, retention }: ContactDetails, format: Format, now: Millis): readonly Fact[] {
  const days = retention === null ? null : t("contacts.keepsDays", { count: retention.days });
  const keeps =
    days === null
      ? t("contacts.keepsUnknown")
      : retention?.isTyped === true
        ? days
        : t("contacts.keepsLearned", { days });
  return [
    [t("contacts.keeps"), keeps],
    [
      t("contacts.removed"),
      removed.lastAt === null
        ? t("contacts.removedNone")
        : t("contacts.removedCount", { count: removed.count, date: format.date(removed.lastAt, now) }),
    ],
  ];
}

function ConsentHistory({ conversation }: { conversation: Conversation }) {
  const { bridge, format } = useStores();
  const now = useNow();
  const [events, setEvents] = useState<CallOutput<"thread.consentHistory"> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { id, consent, consentConfirmedAt } = conversation;

  useEffect(() => {
    let isCurrent = true;
    bridge.call("thread.consentHistory", { conversationId: id }).then(
      (answer) => isCurrent && (setFailure(null), setEvents(answer)),
      (error: unknown) => isCurrent && setFailure(failureOf(error)),
    );
    return () => {
      isCurrent = false;
    };
    // The state that is known now: a change of it is one more event to read.
  }, [bridge, id, consent.state, consent.since, consentConfirmedAt]);

  if (failure !== null) return <p className="contact-note">{errorSentence(failure)}</p>;
  if (events === null) return null;
  if (events.length === 0) return <p className="contact-note">{t("contact.noConsent")}</p>;
  return (
    <ol className="contact-consents">
      {events.map(({ consent: { state, since }, observedAt, source }, index) => (
        <li key={index}>
          {source === "person_confirmed"
            ? t("consent.confirmedHere")
            : consentWords(state, since === null ? null : format.date(since, now))}
          {source === "person" && <p className="contact-note">{t("consent.byPerson")}</p>}
          {source === "person_undo" && <p className="contact-note">{t("consent.byPersonUndo")}</p>}
          {source === "person_confirmed" && <p className="contact-note">{t("consent.byPersonConfirmed")}</p>}
          {source === "person_unconfirmed" && <p className="contact-note">{t("consent.byPersonUnconfirmed")}</p>}
          <p className="contact-note">{t("contact.observed", { date: format.moment(observedAt) })}</p>
        </li>
      ))}
    </ol>
  );
}
