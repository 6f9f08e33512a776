/** What can be done with the open conversation: done and snooze at hand, the rest in a menu. */
import { AlarmClock, AlarmClockOff, CalendarSearch, CheckCheck, Ellipsis, PanelRight, Undo2 } from "lucide-react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import type { Conversation } from "../../shared/domain.ts";
import type { TriageAction } from "../../shared/ipc.ts";
import { copyNumber } from "../commands.ts";
import { useNav, useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { IconButton } from "./ui.tsx";
import "./thread-actions.css";

export function ThreadActions({ conversation }: { conversation: Conversation }) {
  const stores = useStores();
  const { triage, nav } = stores;
  const hasDetails = useNav((state) => state.details);
  const { id, unreadCount } = conversation;
  const { doneAt, snoozedUntil, snoozedUntilReply, pinnedAt } = conversation.triage;
  const isSnoozed = snoozedUntil !== null || snoozedUntilReply;
  const apply = (action: TriageAction) => () => void triage.apply([id], action);
  return (
    <div className="thread-actions">
      {doneAt === null ? (
        <IconButton label={t("triage.markDone")} icon={CheckCheck} onPress={apply({ kind: "done" })} />
      ) : (
        <IconButton label={t("triage.reopen")} icon={Undo2} onPress={apply({ kind: "reopen" })} />
      )}
      {isSnoozed ? (
        <IconButton label={t("triage.reopen")} icon={AlarmClockOff} onPress={apply({ kind: "reopen" })} />
      ) : (
        <IconButton
          label={t("triage.snooze")}
          icon={AlarmClock}
          onPress={() => nav.openDialog({ kind: "snooze", ids: [id] })}
        />
      )}
      <IconButton
        className="wide-only"
        label={t("timeline.jump")}
        icon={CalendarSearch}
        onPress={() => nav.openDialog({ kind: "jump_date", id })}
      />
      <MenuTrigger>
        <IconButton label={t("triage.more")} icon={Ellipsis} />
        <Popover className="menu-popover" placement="bottom end">
          <Menu className="menu" aria-label={t("triage.more")}>
            <MenuItem className="menu-item" onAction={apply({ kind: pinnedAt === null ? "pin" : "unpin" })}>
              {pinnedAt === null ? t("triage.pin") : t("triage.unpin")}
            </MenuItem>
            <MenuItem className="menu-item" onAction={apply({ kind: unreadCount === 0 ? "unread" : "read" })}>
              {unreadCount === 0 ? t("triage.markUnread") : t("triage.markRead")}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => nav.openDialog({ kind: "jump_date", id })}>
              {t("timeline.jump")}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => nav.openDialog({ kind: "rename", id })}>
              {t("contact.rename")}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void copyNumber(stores, conversation)}>
              {t("contact.copyNumber")}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <IconButton
        label={hasDetails ? t("contact.close") : t("contact.panel")}
        icon={PanelRight}
        onPress={nav.toggleDetails}
      />
    </div>
  );
}
