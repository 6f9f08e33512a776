/**
 * One row of the conversation list: an option whose accessible name holds all that colour and icons show.
 * Props in, nothing else; the list gives it its place and the focus.
 */
import { Ban, Check, CircleAlert, EyeOff, Hand, ImageIcon, PencilLine, Pin } from "lucide-react";
import { memo } from "react";
import type { Conversation, Millis, View } from "../../shared/domain.ts";
import { cleanLine } from "../lib/bidi.ts";
import { preview } from "../lib/body.ts";
import type { Format } from "../lib/format.ts";
import { contactTitle, draftLine, rowName, triageWords } from "../lib/names.ts";
import { t } from "../i18n.ts";
import { Avatar } from "./avatar.tsx";
import "./conversation-row.css";

export interface RowPlace {
  readonly index: number;
  readonly total: number;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** While some are selected, the selection is what the rows tell; otherwise the open one is. */
  readonly hasSelection: boolean;
  readonly isActive: boolean;
}

interface Props extends RowPlace {
  readonly conversation: Conversation;
  readonly now: Millis;
  readonly format: Format;
  readonly withAccount: boolean;
  readonly view: View;
}

export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { conversation, now, format, withAccount, index, total, isOpen, isActive } = props;
  const { isSelected, hasSelection, view } = props;
  const isUnread = conversation.unreadCount > 0;
  return (
    <div
      role="option"
      aria-label={rowName(conversation, { now, format, withAccount, view })}
      aria-selected={hasSelection ? isSelected : isOpen}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-index={index}
      data-open={isOpen}
      data-unread={isUnread}
      tabIndex={isActive ? 0 : -1}
      className="row"
    >
      <span className="row-unread" data-on={isUnread} />
      {isSelected ? (
        <span className="avatar row-check" aria-hidden>
          <Check size="1.231rem" strokeWidth={2.5} />
        </span>
      ) : (
        <Avatar contact={conversation} />
      )}
      <span className="row-text">
        <span className="row-top">
          <bdi className="row-contact">{contactTitle(conversation, format)}</bdi>{" "}
          <time className="row-time">{format.listTime(conversation.lastMessageAt, now)}</time>{" "}
        </span>
        <span className="row-bottom">
          <PreviewLine conversation={conversation} now={now} format={format} />
          <Marks conversation={conversation} />
        </span>{" "}
        <TriageLine conversation={conversation} view={view} now={now} format={format} />
        {withAccount && <bdi className="row-account">{cleanLine(conversation.accountName)}</bdi>}
      </span>
    </div>
  );
});

function PreviewLine({ conversation, now, format }: Pick<Props, "conversation" | "now" | "format">) {
  const draft = draftLine(conversation);
  if (draft !== null) {
    return (
      <span className="row-preview" data-kind="draft" dir="auto">
        <PencilLine aria-hidden size="1rem" /> <bdi>{t("list.draft", { text: "" }).trim()}</bdi> {draft}
      </span>
    );
  }
  const { kind, text } = preview(conversation.preview, now, format);
  const isOwn = conversation.lastDirection === "outbound" && kind !== "redacted";
  return (
    <span className="row-preview" data-kind={kind} dir="auto">
      {kind === "redacted" && <EyeOff aria-hidden size="1rem" />}
      {kind === "media" && <ImageIcon aria-hidden size="1rem" />}
      {/* Set apart, so that the text alone decides which way it runs and which end is shortened. */}
      {isOwn && <bdi>{t("list.you", { preview: "" }).trim()}</bdi>}
      {isOwn && " "}
      {text}
    </span>
  );
}

/** Why the row stands in this view: since when it waits, or until when it sleeps. */
function TriageLine({ conversation, view, now, format }: Pick<Props, "conversation" | "view" | "now" | "format">) {
  const words = triageWords(conversation, view, now, format);
  return words === "" ? null : <span className="row-triage">{words}</span>;
}

function Marks({ conversation }: { conversation: Conversation }) {
  return (
    <>
      {conversation.triage.pinnedAt !== null && (
        <span className="row-mark" title={t("list.pinned")}>
          <Pin aria-hidden size="1rem" />
        </span>
      )}
      {conversation.optOutHint !== null && (
        <span className="row-mark row-mark-warn" title={t("consent.hint")}>
          <Hand aria-hidden size="1.077rem" />
        </span>
      )}
      {conversation.outboxProblems > 0 && (
        <span className="row-mark row-mark-alert" title={t("list.notSent")}>
          <CircleAlert aria-hidden size="1.077rem" />
        </span>
      )}
      {conversation.consent.state === "opted_out" && (
        <span className="row-mark" title={t("list.optedOut")}>
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
      aria-label={t("list.loading")}
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
