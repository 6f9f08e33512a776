/**
 * One row of the conversation list: an option whose accessible name holds all that colour and icons show.
 * Props in, nothing else; the list gives it its place and the focus.
 */
import { Ban, CircleAlert, EyeOff, ImageIcon, PencilLine } from "lucide-react";
import { memo } from "react";
import type { Conversation, Millis } from "../../shared/domain.ts";
import { cleanLine } from "../lib/bidi.ts";
import { preview } from "../lib/body.ts";
import type { Format } from "../lib/format.ts";
import { contactTitle, rowName } from "../lib/names.ts";
import { strings } from "../strings.ts";
import { Avatar } from "./avatar.tsx";
import "./conversation-row.css";

export interface RowPlace {
  readonly index: number;
  readonly total: number;
  readonly isOpen: boolean;
  readonly isActive: boolean;
}

interface Props extends RowPlace {
  readonly conversation: Conversation;
  readonly now: Millis;
  readonly format: Format;
  readonly withAccount: boolean;
}

export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { conversation, now, format, withAccount, index, total, isOpen, isActive } = props;
  const isUnread = conversation.unreadCount > 0;
  return (
    <div
      role="option"
      aria-label={rowName(conversation, { now, format, withAccount })}
      aria-selected={isOpen}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-index={index}
      data-unread={isUnread}
      tabIndex={isActive ? 0 : -1}
      className="row"
    >
      <span className="row-unread" data-on={isUnread} />
      <Avatar contact={conversation} />
      <span className="row-text">
        <span className="row-top">
          <bdi className="row-contact">{contactTitle(conversation, format)}</bdi>{" "}
          <time className="row-time">{format.listTime(conversation.lastMessageAt, now)}</time>{" "}
        </span>
        <span className="row-bottom">
          <PreviewLine conversation={conversation} now={now} format={format} />
          <Marks conversation={conversation} />
        </span>{" "}
        {withAccount && <bdi className="row-account">{cleanLine(conversation.accountName)}</bdi>}
      </span>
    </div>
  );
});

function PreviewLine({ conversation, now, format }: Pick<Props, "conversation" | "now" | "format">) {
  if (conversation.draft !== null) {
    return (
      <span className="row-preview" data-kind="draft" dir="auto">
        <PencilLine aria-hidden size="1rem" /> {strings.list.draft(cleanLine(conversation.draft))}
      </span>
    );
  }
  const { kind, text } = preview(conversation.preview, now, format);
  const isOwn = conversation.lastDirection === "outbound" && kind !== "redacted";
  return (
    <span className="row-preview" data-kind={kind} dir="auto">
      {kind === "redacted" && <EyeOff aria-hidden size="1rem" />}
      {kind === "media" && <ImageIcon aria-hidden size="1rem" />}
      {isOwn ? strings.list.you(text) : text}
    </span>
  );
}

function Marks({ conversation }: { conversation: Conversation }) {
  return (
    <>
      {conversation.outboxProblems > 0 && (
        <span className="row-mark row-mark-alert" title={strings.list.notSent}>
          <CircleAlert aria-hidden size="1.077rem" />
        </span>
      )}
      {conversation.consent.state === "opted_out" && (
        <span className="row-mark" title={strings.list.optedOut}>
          <Ban aria-hidden size="1.077rem" />
        </span>
      )}
    </>
  );
}

/** Stands where a row is still being read. */
export function PlaceholderRow({ index, total, isActive }: RowPlace) {
  return (
    <div
      role="option"
      aria-label={strings.list.loading}
      aria-selected={false}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      className="row row-placeholder"
    >
      <span className="row-unread" />
      <span className="avatar skeleton" />
      <span className="row-text">
        <span className="skeleton skeleton-line" />
        <span className="skeleton skeleton-line skeleton-long" />
      </span>
    </div>
  );
}
