/** What can be done with the open conversation: done and snooze at hand, the rest in a menu. */
import { AlarmClock, AlarmClockOff, CheckCheck, Ellipsis, PanelRight, Undo2 } from "lucide-react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import type { Conversation } from "../../shared/domain.ts";
import type { TriageAction } from "../../shared/ipc.ts";
import { createCommands } from "../commands.ts";
import { useNav, useStores } from "../stores/context.tsx";
import { strings } from "../strings.ts";
import { IconButton } from "./ui.tsx";
import "./thread-actions.css";

export function ThreadActions({ conversation }: { conversation: Conversation }) {
  const stores = useStores();
  const { triage, nav } = stores;
  const hasDetails = useNav((state) => state.details);
  const { id, unreadCount } = conversation;
  const { doneAt, snoozedUntil, snoozedUntilReply, pinnedAt } = conversation.triage;
  const isSnoozed = snoozedUntil !== null || snoozedUntilReply;
  const words = strings.triage;
  const apply = (action: TriageAction) => () => void triage.apply([id], action);
  return (
    <div className="thread-actions">
      {doneAt === null ? (
        <IconButton label={words.markDone} icon={CheckCheck} onPress={apply({ kind: "done" })} />
      ) : (
        <IconButton label={words.reopen} icon={Undo2} onPress={apply({ kind: "reopen" })} />
      )}
      {isSnoozed ? (
        <IconButton label={words.reopen} icon={AlarmClockOff} onPress={apply({ kind: "reopen" })} />
      ) : (
        <IconButton
          label={words.snooze}
          icon={AlarmClock}
          onPress={() => nav.openDialog({ kind: "snooze", ids: [id] })}
        />
      )}
      <MenuTrigger>
        <IconButton label={words.more} icon={Ellipsis} />
        <Popover className="menu-popover" placement="bottom end">
          <Menu className="menu" aria-label={words.more}>
            <MenuItem className="menu-item" onAction={apply({ kind: pinnedAt === null ? "pin" : "unpin" })}>
              {pinnedAt === null ? words.pin : words.unpin}
            </MenuItem>
            <MenuItem className="menu-item" onAction={apply({ kind: unreadCount === 0 ? "unread" : "read" })}>
              {unreadCount === 0 ? words.markUnread : words.markRead}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => nav.openDialog({ kind: "rename", id })}>
              {strings.contact.rename}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => createCommands(stores)("copy_number")}>
              {strings.contact.copyNumber}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <IconButton
        label={hasDetails ? strings.contact.close : strings.contact.panel}
        icon={PanelRight}
        onPress={nav.toggleDetails}
      />
    </div>
  );
}
