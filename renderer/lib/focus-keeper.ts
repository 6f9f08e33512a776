/**
 * Where the keyboard goes when the control it stands on goes away or is disabled, often by its own press.
 *
 * The browser leaves nothing focused then: a screen reader begins at the top and Escape reaches no dialog. Goes on to the
 * next control of the same place, else the one before. Must not take the focus from anything, bring it back where a
 * person left it by a click beside everything, or put it into a text box, where the next command would be a letter.
 * Lists move their focus themselves; dialogs that give it back are faster.
 */
const TABBABLE =
  'a[href], button:not(:disabled), input:is([type="checkbox"], [type="radio"]):not(:disabled), [tabindex="0"]:not(input, textarea)';
/** A whole screen that goes takes its place along: there the browser's own next step is right. */
const PLACE = 'main, section[aria-label], aside, [role="log"], [role="dialog"]';

interface Held {
  readonly element: HTMLElement;
  readonly place: HTMLElement;
  /** The controls of the place in their order, as the focus came. */
  readonly around: readonly HTMLElement[];
}

/** Returns the function that ends it. */
export function keepFocus(page: Document): () => void {
  let held: Held | null = null;
  let frame = 0;

  const isLost = () => held !== null && (page.activeElement === null || page.activeElement === page.body);

  function goOn(): void {
    if (held === null || !isLost()) return;
    const { element, place, around } = held;
    held = null;
    if (!place.isConnected || isUsable(element)) return;
    const at = around.indexOf(element);
    const next = around.slice(at + 1).find(isUsable) ?? around.slice(0, Math.max(at, 0)).findLast(isUsable);
    (next ?? (place.tabIndex >= 0 ? place : null))?.focus({ preventScroll: true });
  }

  // After two frames: whoever knows better has moved the focus by then.
  const soon = () => {
    if (!isLost()) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => (frame = requestAnimationFrame(goOn)));
  };
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const place = target.closest<HTMLElement>(PLACE);
    held =
      place === null || target.role === "option"
        ? null
        : { element: target, place, around: [...place.querySelectorAll<HTMLElement>(TABBABLE)] };
  };

  const changes = new MutationObserver(soon);
  changes.observe(page.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  page.addEventListener("focusin", remember);
  return () => {
    cancelAnimationFrame(frame);
    changes.disconnect();
    page.removeEventListener("focusin", remember);
  };
}

const isUsable = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(":disabled") && element.checkVisibility();
