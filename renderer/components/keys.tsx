/** A shortcut as drawn keys, and as words for the ear. */
import { shownKeys } from "../lib/keys.ts";
import { useApp } from "../stores/context.tsx";
import "./keys.css";

export function Keys({ keys }: { keys: string }) {
  const isMac = useApp((state) => state.app?.platform === "darwin");
  return (
    <span className="keys" dir="ltr">
      {shownKeys(keys, isMac).map((key, index) => (
        <kbd key={index} className="key">
          {key}
        </kbd>
      ))}
    </span>
  );
}
