/** A contact's round mark: initials, or a figure for a bare number, in one of eight token colours. Decorative. */
import { UserRound } from "lucide-react";
import type { Conversation } from "../../shared/domain.ts";
import { avatarOf } from "../lib/names.ts";
import "./avatar.css";

export function Avatar({ contact }: { contact: Pick<Conversation, "contactName" | "contactNumber"> }) {
  const { initials, hue } = avatarOf(contact);
  return (
    // Drawn by the style sheet: initials are decoration, not text of the row.
    <span className={`avatar avatar-${hue}`} data-initials={initials} aria-hidden>
      {initials === null && <UserRound size="1.231rem" strokeWidth={1.75} />}
    </span>
  );
}
