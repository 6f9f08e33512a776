/**
 * Electron's notifications behind `NotificationPort`: one way per system, as each of them really works.
 *
 * Invariants: what a person does is heard once: on Windows through `handleActivation` alone (live, from the action
 * centre and on a cold start), elsewhere through the object; a shown object is held, or it could not be taken back.
 */
import { Notification } from "electron";
import type { ConversationId, MessageId } from "../../../shared/domain.ts";
import type { Log } from "../../log.ts";
import { readActivation, readShownId } from "../../notify/activation.ts";
import type { Activation } from "../../notify/activation.ts";
import { linuxOptions, macOptions, windowsToastXml } from "../../notify/payload.ts";
import type { Notice } from "../../notify/payload.ts";
import { appIcon } from "../app-files.ts";
import type { NotificationPort } from "./center.ts";

export interface SystemOptions {
  readonly platform: NodeJS.Platform;
  readonly log: Log;
  readonly onActivated: (activation: Activation) => void;
}

export interface SystemNotifications extends NotificationPort {
  /** False: the system refused the last one, or has no notifications at all. */
  works(): boolean;
}

export function createSystemNotifications({ platform, log, onActivated }: SystemOptions): SystemNotifications {
  let isRefused = false;
  const shown = new Map<string, Notification>();

  if (platform === "win32") {
    Notification.handleActivation(({ arguments: text, reply }) => {
      const activation = readActivation(text, reply);
      if (activation !== null) onActivated(activation);
    });
  }

  function make(notice: Notice): Notification {
    if (platform === "win32") return new Notification({ id: notice.tag, toastXml: windowsToastXml(notice) });
    const notification = new Notification(
      platform === "darwin" ? macOptions(notice) : { ...linuxOptions(notice), icon: appIcon() },
    );
    const { conversationId, messageId } = notice;
    listen(notification, conversationId, messageId);
    return notification;
  }

  function listen(
    notification: Notification,
    conversationId: ConversationId | null,
    messageId: MessageId | null,
  ): void {
    const open = () => onActivated({ kind: "open", conversationId, messageId, text: "" });
    notification.on("click", open);
    notification.on("action", open);
    notification.on("reply", (event) => {
      onActivated({ kind: "reply", conversationId, messageId, text: event.reply });
    });
  }

  return {
    show(notice) {
      if (!Notification.isSupported()) return;
      const { tag } = notice;
      // No system here replaces by our tag: the old one goes first.
      shown.get(tag)?.close();
      const notification = make(notice);
      notification.on("close", () => {
        if (shown.get(tag) === notification) shown.delete(tag);
      });
      // The text stays unread in the list: a notification that cannot be shown loses nothing.
      notification.on("failed", () => {
        isRefused = true;
        log.warn("notification not shown");
      });
      notification.on("show", () => {
        isRefused = false;
      });
      shown.set(tag, notification);
      notification.show();
    },
    works: () => !isRefused && Notification.isSupported(),
    close(tag) {
      const notification = shown.get(tag);
      shown.delete(tag);
      notification?.close();
      if (platform === "darwin") Notification.removeGroup(tag);
    },
    async restore() {
      // Windows has no such list, and on Linux a notification goes with its program.
      if (platform !== "darwin") return [];
      const left = (await Notification.getHistory()).flatMap((notification) => {
        const news = readShownId(notification.id);
        return news === null || shown.has(news.tag) ? [] : [{ notification, news }];
      });
      for (const { notification, news } of left) {
        listen(notification, news.conversationId, news.messageId);
        shown.set(news.tag, notification);
      }
      return left.map(({ news }) => news);
    },
    closeAll() {
      for (const notification of shown.values()) notification.close();
      shown.clear();
      if (platform === "darwin") Notification.removeAll();
    },
  };
}
