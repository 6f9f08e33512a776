/**
 * Where the keyboard goes when the control it stands on goes away or is disabled, often by its own press.
 *
 * The browser leaves nothing focused then: a screen reader begins at the top, says nothing of a new screen, and Escape
 * reaches no dialog. Goes on to the next control of the same place, else the one before; where the place went too, to
 * what it lay in; where the whole screen went, to the title of the next one, so that it is read out. Must not take the
 * focus from anything, bring it back where a person left it by a click beside everything, or put it into a text box,
 * where the next command would be a letter. Lists move their focus themselves, and a dialog gives it back to what opened
 * it, where that is still there: both are faster.
 */
import { focusList, isAtListTitle } from "./places.ts";

const TABBABLE =
  'a[href], button:not(:disabled), input:is([type="checkbox"], [type="radio"]):not(:disabled), [tabindex="0"]:not(input, textarea)';
const PLACE = 'main, nav, section[aria-label], aside, [role="log"], [role="dialog"]';
/** Of a screen, or of the list where that has no rows. */
const TITLE = 'h1[tabindex="-1"], .list-title[tabindex="-1"]';

interface Place {
  readonly element: HTMLElement;
  /** Its controls in their order, as the focus came. */
  readonly controls: readonly HTMLElement[];
}

interface Held {
  readonly element: HTMLElement;
  /** From the inside out. */
  readonly places: readonly Place[];
  /** The focus was taken from it, perhaps only for a moment: no person left it. */
  wasDisabled: boolean;
}

/** Returns the function that ends it. */
export function keepFocus(page: Document): () => void {
  let held: Held | null = null;
  let frame = 0;

  const isLost = () => held !== null && (page.activeElement === null || page.activeElement === page.body);

  function goOn(): void {
    if (held === null || !isLost()) return;
    const { element, places, wasDisabled } = held;
    const left = places.filter((place) => place.element.isConnected);
    const title = left.length > 0 ? null : page.querySelector<HTMLElement>(TITLE);
    // The next screen may take a moment.
    if (left.length === 0 && title === null) return;
    held = null;
    if (isUsable(element)) return wasDisabled ? element.focus({ preventScroll: true }) : undefined;
    const next = left.map((place) => findNext(place, element)).find((found) => found !== null);
    (next ?? title)?.focus({ preventScroll: true });
    // A list with rows takes the focus itself only when they come; these may have come before.
    if (isAtListTitle()) focusList();
  }

  // After two frames: whoever knows better has moved the focus by then.
  const soon = () => {
    if (!isLost()) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => (frame = requestAnimationFrame(goOn)));
  };
  const remember = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement) held = placesOf(target, page);
  };

  const changes = new MutationObserver((records) => {
    if (held === null) return;
    const { element } = held;
    if (records.some(({ type, target }) => type === "attributes" && target.contains(element))) held.wasDisabled = true;
    soon();
  });
  changes.observe(page.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  const leave = () => {
    if (held !== null) held.wasDisabled = false;
  };
  page.addEventListener("focusin", remember);
  page.addEventListener("pointerdown", leave, { capture: true });
  return () => {
    cancelAnimationFrame(frame);
    changes.disconnect();
    page.removeEventListener("focusin", remember);
    page.removeEventListener("pointerdown", leave, { capture: true });
  };
}

/** Null: nothing has to be known of what lies there. */
function placesOf(element: HTMLElement, page: Document): Held | null {
  const nearest = element.closest<HTMLElement>(PLACE);
  if (nearest === null) return null;
  const dialog = element.closest<HTMLElement>('[role="dialog"]');
  const screen = element.closest<HTMLElement>("main");
  const around = new Set([nearest, dialog ?? screen ?? page.body]);
  const isListed = element.role === "option";
  return {
    element,
    wasDisabled: false,
    places: (isListed ? [screen ?? nearest] : [...around]).map((place) => ({
      element: place,
      controls: isListed ? [] : [...place.querySelectorAll<HTMLElement>(TABBABLE)],
    })),
  };
}

/** Null: there is nothing in it to go on to. */
function findNext(place: Place, gone: HTMLElement): HTMLElement | null {
  const at = place.controls.indexOf(gone);
  const next =
    place.controls.slice(at + 1).find(isUsable) ?? place.controls.slice(0, Math.max(at, 0)).findLast(isUsable);
  if (next !== undefined) return next;
  return place.element.tabIndex >= 0 ? place.element : place.element.querySelector<HTMLElement>(TITLE);
}

const isUsable = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(":disabled") && element.checkVisibility();
