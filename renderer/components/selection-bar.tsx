/** What can be done with the selected conversations, in place of the list's title while there are some. */
import { AlarmClock, CheckCheck, ListChecks, MailOpen, Pin, X } from "lucide-react";
import { Toolbar } from "react-aria-components";
import type { CommandId } from "../../shared/commands.ts";
import { createCommands } from "../commands.ts";
import { useInbox, useStores, useTriage } from "../stores/context.tsx";
import { strings } from "../strings.ts";
import { IconButton } from "./ui.tsx";

export function SelectionBar() {
  const stores = useStores();
  const count = useTriage((state) => state.selected.size);
  const view = useInbox((state) => state.view);
  const words = strings.triage;
  const run = (id: CommandId) => () => createCommands(stores)(id);
  return (
    <Toolbar className="selection-bar" aria-label={words.selection}>
      <IconButton label={words.clear} icon={X} onPress={run("clear_selection")} />
      <p className="selection-count" role="status">
        {words.selected(stores.format.count(count))}
      </p>
      <IconButton label={view === "done" ? words.reopen : words.markDone} icon={CheckCheck} onPress={run("done")} />
      <IconButton label={words.snooze} icon={AlarmClock} onPress={run("snooze")} />
      <IconButton label={words.markUnread} icon={MailOpen} onPress={run("unread")} />
      <IconButton label={words.pin} icon={Pin} onPress={run("pin")} />
      <IconButton label={words.selectAll} icon={ListChecks} onPress={run("select_all")} />
    </Toolbar>
  );
}
