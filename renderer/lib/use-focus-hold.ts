/**
 * Marks an element with `data-active` while it holds the focus, and until a press that takes the focus away is over.
 *
 * For what appears with the focus and takes room: if it went away when the mouse button goes down, everything below would
 * move, the button would come up over something else, and the click would open nothing.
 */
import type { RefObject } from "react";
import { useEffect } from "react";

export function useFocusHold(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const held = element.current;
    if (held === null) return;
    const calls = new AbortController();
    let isPressed = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = () => held.toggleAttribute("data-active", held.contains(document.activeElement));
    const press = (isDown: boolean) => () => {
      isPressed = isDown;
      // The click comes after the button: it still finds everything in its place.
      if (!isDown) timer = setTimeout(look);
    };
    held.addEventListener("focusin", look, { signal: calls.signal });
    held.addEventListener(
      "focusout",
      ({ relatedTarget }) => {
        if (!isPressed && !held.contains(relatedTarget as Node | null)) held.removeAttribute("data-active");
      },
      { signal: calls.signal },
    );
    window.addEventListener("pointerdown", press(true), { signal: calls.signal, capture: true });
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, press(false), { signal: calls.signal, capture: true });
    }
    look();
    return () => {
      calls.abort();
      if (timer !== null) clearTimeout(timer);
    };
  }, [element]);
}
