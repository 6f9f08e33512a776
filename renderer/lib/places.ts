/**
 * The places a command leads the keyboard to, found by the roles and names every assistive technology uses.
 *
 * Must not change anything but the focus.
 */

const list = () => document.querySelector<HTMLElement>('.list-pane [role="listbox"]');

export const isInList = (): boolean => document.activeElement?.closest('.list-pane [role="listbox"]') != null;

/** Stands for the list while that has no rows. */
const title = () => document.querySelector<HTMLElement>(".list-pane .list-title");

export const isAtListTitle = (): boolean => document.activeElement !== null && document.activeElement === title();

/** A thread stands in its place: there is room for one of them. */
export const isListHidden = (): boolean =>
  document.querySelector<HTMLElement>(".list-pane")?.checkVisibility() === false;

/** False where a thread hides the list. */
export function focusList(): boolean {
  const box = list() ?? title();
  if (box?.checkVisibility() !== true) return false;
  // On one of its rows it is where it belongs.
  if (!box.contains(document.activeElement)) box.focus();
  return true;
}

/** Where the list is hidden beside an open thread, the focus may not stay in it. */
export function focusThread(): void {
  if ((list() ?? title())?.checkVisibility() === false) document.querySelector<HTMLElement>(".thread-pane")?.focus();
}

export function focusSearch(): void {
  const box = document.querySelector<HTMLInputElement>('.list-pane input[type="search"]');
  box?.focus();
  box?.select();
}

/** Goes on typing where the search ends. */
export function focusSearchEnd(): void {
  const box = document.querySelector<HTMLInputElement>('.list-pane input[type="search"]');
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
}

export function focusNote(): void {
  document.querySelector<HTMLElement>("textarea.contact-note-input")?.focus();
}

/** Null where no composer is shown, or its provider takes no files. */
export const findAttachButton = () => document.querySelector<HTMLButtonElement>("button.composer-attach");

/** The list moves itself: it knows its rows, its scrolling and where it stands. */
export function moveInList(key: "ArrowDown" | "ArrowUp"): void {
  const box = list();
  const wasInside = isInList();
  box?.focus();
  // Coming from elsewhere, the first press only goes back to the row that was left.
  if (wasInside) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

/** Somebody writes in the window itself; a dialog is about to go and give the focus back. */
export const isInField = (): boolean =>
  document.activeElement?.matches("input, textarea") === true &&
  document.activeElement.closest('[role="dialog"]') === null;

/** True where keys are letters: fields, menus, dialogs. */
export function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]') !== null;
}
