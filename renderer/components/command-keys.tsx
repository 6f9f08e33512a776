/** Listens for the keys of the command table and for the menu; draws nothing. */
import { useEffect } from "react";
import type { CommandId } from "../../shared/commands.ts";
import { createCommands } from "../commands.ts";
import { createKeyReader } from "../lib/keys.ts";
import { isInList, takesLetters } from "../lib/places.ts";
import { useStores } from "../stores/context.tsx";

/** In a text these mean the text. */
const TEXT_FIRST: ReadonlySet<CommandId> = new Set(["select_all"]);

export function CommandKeys() {
  const stores = useStores();
  useEffect(() => {
    const run = createCommands(stores);
    const isMac = stores.app.getState().app?.platform === "darwin";
    const read = createKeyReader(isMac);
    const isFree = () => stores.nav.getState().dialog === null;

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !isFree()) return;
      const meaning = read(event, takesLetters(event.target));
      if (meaning === null || meaning === "pending") return;
      if (TEXT_FIRST.has(meaning) && !isInList()) return;
      event.preventDefault();
      run(meaning);
    };
    window.addEventListener("keydown", onKeyDown);
    const stop = stores.bridge.on("app.command", ({ id }) => {
      if (isFree()) run(id);
    });
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      stop();
    };
  }, [stores]);
  return null;
}
