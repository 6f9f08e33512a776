/** Who this is: numbers, what is held of the conversation, and every consent state this device has seen. */
import { useEffect, useState } from "react";
import type { Conversation, Coverage, Millis } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallOutput } from "../../shared/ipc.ts";
import { consentWords } from "../lib/consent-words.ts";
import { errorSentence } from "../lib/error-words.ts";
import { cleanLine } from "../lib/bidi.ts";
import { contactTitle } from "../lib/names.ts";
import { useNow, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { TextButton } from "./ui.tsx";

interface Props {
  readonly conversation: Conversation;
  readonly coverage: Coverage | null;
  /** The oldest message on this device; null while older ones are not read. */
  readonly firstAt: Millis | null;
}

export function ContactPanel({ conversation, coverage, firstAt }: Props) {
  const { format, nav } = useStores();
  const { id, hasLocalName, contactNumber, ownNumber, ownLabel, messageCount, lastMessageAt } = conversation;
  const own = format.phone(ownNumber, ownNumber);
  const facts: readonly (readonly [string, string])[] = [
    [t("contact.number"), format.phone(contactNumber, ownNumber)],
    [t("contact.line"), ownLabel === null ? own : `${cleanLine(ownLabel)}, ${own}`],
    [t("contact.account"), cleanLine(conversation.accountName)],
    ...(messageCount === null ? [] : [[t("contact.messages"), format.count(messageCount)] as const]),
    ...(coverage === null ? [] : [[t("contact.held"), format.count(coverage.held)] as const]),
    ...(firstAt === null ? [] : [[t("contact.first"), format.moment(firstAt)] as const]),
    [t("contact.last"), format.moment(lastMessageAt)],
  ];
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
      <h4>{t("contact.consent")}</h4>
      <ConsentHistory conversation={conversation} />
    </aside>
  );
}

function ConsentHistory({ conversation }: { conversation: Conversation }) {
  const { bridge, format } = useStores();
  const now = useNow();
  const [events, setEvents] = useState<CallOutput<"thread.consentHistory"> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { id, consent } = conversation;

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
  }, [bridge, id, consent.state, consent.since]);

  if (failure !== null) return <p className="contact-note">{errorSentence(failure)}</p>;
  if (events === null) return null;
  if (events.length === 0) return <p className="contact-note">{t("contact.noConsent")}</p>;
  return (
    <ol className="contact-consents">
      {events.map(({ consent: { state, since }, observedAt, source }, index) => (
        <li key={index}>
          {consentWords(state, since === null ? null : format.date(since, now))}
          {source === "person" && <p className="contact-note">{t("consent.byPerson")}</p>}
          {source === "person_undo" && <p className="contact-note">{t("consent.byPersonUndo")}</p>}
          <p className="contact-note">{t("contact.observed", { date: format.moment(observedAt) })}</p>
        </li>
      ))}
    </ol>
  );
}
