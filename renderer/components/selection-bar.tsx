/** What can be done with the selected conversations, in place of the list's title while there are some. */
import { AlarmClock, CheckCheck, ListChecks, MailOpen, Pin, X } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { Toolbar } from "react-aria-components";
import type { CommandId } from "../../shared/commands.ts";
import { createCommands } from "../commands.ts";
import { focusList } from "../lib/places.ts";
import { useInbox, useStores, useTriage } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { IconButton } from "./ui.tsx";

export function SelectionBar() {
  const stores = useStores();
  const count = useTriage((state) => state.selected.size);
  const view = useInbox((state) => state.view);
  const run = (id: CommandId) => () => createCommands(stores)(id);
  const bar = useRef<HTMLDivElement>(null);
  // It goes with the selection, often by one of its own buttons: the keyboard goes on in the list.
  useLayoutEffect(() => {
    const own = bar.current;
    return () => {
      if (own?.contains(document.activeElement) === true) requestAnimationFrame(focusList);
    };
  }, []);
  return (
    <Toolbar ref={bar} className="selection-bar" aria-label={t("triage.selection")}>
      <IconButton label={t("triage.clear")} icon={X} onPress={run("clear_selection")} />
      <p className="selection-count" role="status">
        {t("triage.selected", { count })}
      </p>
      <IconButton
        label={view === "done" ? t("triage.reopen") : t("triage.markDone")}
        icon={CheckCheck}
        onPress={run("done")}
      />
      <IconButton label={t("triage.snooze")} icon={AlarmClock} onPress={run("snooze")} />
      <IconButton label={t("triage.markUnread")} icon={MailOpen} onPress={run("unread")} />
      <IconButton label={t("triage.pin")} icon={Pin} onPress={run("pin")} />
      <IconButton label={t("triage.selectAll")} icon={ListChecks} onPress={run("select_all")} />
    </Toolbar>
  );
}
