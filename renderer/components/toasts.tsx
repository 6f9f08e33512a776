/**
 * Short messages in a corner, some with one action. They wait while the pointer or the focus is on them.
 *
 * F6 leads to them and, when the last is gone, the focus goes back where it came from.
 */
import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastBody,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { IconButton, TextButton } from "./ui.tsx";
import "./toasts.css";

export function Toasts() {
  const { toasts } = useStores();
  // Mounted without a toast the region has no element yet, and React Aria never tells F6 about it.
  const isEmpty = useSyncExternalStore(
    (listener) => toasts.subscribe(listener),
    () => toasts.visibleToasts.length === 0,
  );
  if (isEmpty) return null;
  return (
    <ToastRegion queue={toasts} className="toasts" aria-label={t("common.notifications")}>
      {({ toast }) => {
        const { action } = toast.content;
        return (
          <Toast toast={toast} className="toast">
            <ToastBody className="toast-body" data-tone={toast.content.tone}>
              <Text slot="title">{toast.content.text}</Text>
            </ToastBody>
            {action !== undefined && (
              <TextButton
                tone="quiet"
                onPress={() => {
                  action.run();
                  toasts.close(toast.key);
                }}
              >
                {action.label}
              </TextButton>
            )}
            <IconButton label={t("common.close")} icon={X} onPress={() => toasts.close(toast.key)} />
          </Toast>
        );
      }}
    </ToastRegion>
  );
}
