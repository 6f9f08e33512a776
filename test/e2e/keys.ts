/**
 * A person without a mouse: walks to a control with real key presses, and knows where it is by role and accessible
 * name.
 *
 * Must not move the focus by script: what Tab, the arrows and F6 do not reach is not reached here either. A walk that
 * fails says which names it met, so that the message tells what is out of reach.
 */
import { expect } from "playwright/test";
import type { Locator, Page } from "playwright/test";

type Role = Parameters<Page["getByRole"]>[0];
type Name = string | RegExp;

export interface Walk {
  /** Where the control is looked for; the whole window unless told. */
  readonly within?: Locator;
  /** Tab or Shift+Tab, whichever is nearer, unless told. */
  readonly key?: "Tab" | "Shift+Tab" | "ArrowDown";
  /** Presses after which it counts as out of reach. */
  readonly most?: number;
}

/** More than the stops of the longest screen, the settings. */
const MOST_PRESSES = 120;

/** Role and name of what has the focus, as the accessibility tree has them: `button "Send"`. */
export async function focusName(page: Page): Promise<string> {
  const focused = page.locator(":focus");
  if ((await focused.count()) === 0) return "nothing";
  // It can go in this very moment.
  const tree = await focused.ariaSnapshot({ timeout: 1_000 }).catch(() => "nothing");
  // A name with a colon stands in quotes of its own.
  return /^- '?(\w+(?: "(?:[^"\\]|\\.)*")?)/u.exec(tree)?.[1]?.replaceAll("''", "'") ?? tree;
}

/** The keyboard stands somewhere: what it stood on has gone, and it was not dropped with it. */
export const expectFocus = (page: Page): Promise<void> => expect.poll(() => focusName(page)).not.toBe("nothing");

/**
 * Where the focus is as seen from the control: on it, before or behind it in one widget that arrows move in, or elsewhere;
 * whether that widget lies across; whether the page has the control in front of the focus; and what has the focus, for the
 * message of a walk that fails. One question for all, because a walk asks it at each stop.
 */
const look = (wanted: Locator) =>
  wanted.evaluateAll((all) => {
    const focused = document.activeElement;
    const hasFocus = focused !== null && focused !== document.body;
    const label = focused?.getAttribute("aria-label") ?? (focused as HTMLInputElement | null)?.labels?.[0]?.innerText;
    const role = focused?.getAttribute("role") ?? focused?.localName ?? "";
    const words = (label ?? (focused as HTMLElement | null)?.innerText ?? "").trim().slice(0, 80);
    const met = hasFocus ? `${role} "${words}"` : "nothing";
    const isAcross = all.some((element) => element.closest('[role="toolbar"]') !== null);
    const first = all.find((element) => element.checkVisibility());
    const isInFront =
      hasFocus &&
      first !== undefined &&
      (first.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const seen = { isAcross, isInFront, met };
    if (!hasFocus) return { place: "elsewhere", ...seen } as const;
    // A summary has no role: it is found by its words, which may stand in a part of it.
    if (all.some((element) => element === focused || element.closest("summary") === focused))
      return { place: "there", ...seen } as const;
    const widget = '[role="toolbar"], [role="listbox"], [role="menu"], [role="radiogroup"]';
    const radiosOf = (element: Element) =>
      element instanceof HTMLInputElement && element.type === "radio"
        ? `${element.name} ${element.form?.id ?? ""}`
        : null;
    const near = all.find((element) => {
      const shared = element.closest(widget);
      if (shared !== null) return shared.contains(focused);
      return radiosOf(element) !== null && radiosOf(element) === radiosOf(focused);
    });
    if (near === undefined) return { place: "elsewhere", ...seen } as const;
    const isBehind = (near.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    return { place: isBehind ? "behind" : "before", ...seen } as const;
  });

const ARROWS = { before: ["ArrowDown", "ArrowRight"], behind: ["ArrowUp", "ArrowLeft"] } as const;

/**
 * Presses keys until the control has the focus: Tab (or what `walk` says) from stop to stop, arrows inside a widget.
 *
 * @throws naming everything that was met, when `most` presses do not lead there
 */
export function tabTo(page: Page, role: Role, name: Name, walk: Walk = {}): Promise<void> {
  const wanted = (walk.within ?? page).getByRole(role, { name, exact: typeof name === "string" });
  return reach(page, wanted, `${role} "${name}"`, walk);
}

/** As `tabTo`, for what has words and no role, such as the summary of something folded away. */
export async function reach(page: Page, wanted: Locator, called: string, walk: Walk = {}): Promise<void> {
  const { most = MOST_PRESSES } = walk;
  // What comes a moment after the key before it must not use up the presses.
  await expect.poll(() => isReady(wanted), { message: `${called} is shown and can be used` }).toBe(true);
  let { key } = walk;
  const path: string[] = [];
  for (let presses = 0; presses <= most; presses += 1) {
    const { place, isAcross, isInFront, met } = await look(wanted);
    key ??= isInFront ? "Shift+Tab" : "Tab";
    if (place === "there") return;
    path.push(met);
    await page.keyboard.press(place === "elsewhere" ? key : ARROWS[place][isAcross ? 1 : 0]);
  }
  throw new Error(`${called} is out of reach of ${most} presses of ${key}. The focus went: ${path.join(" > ")}`);
}

const isReady = (wanted: Locator) =>
  wanted.evaluateAll((all) => all.some((element) => element.checkVisibility() && !element.matches(":disabled")));

/** Walks to a control and presses Enter. */
export async function enter(page: Page, role: Role, name: Name, walk?: Walk): Promise<void> {
  await tabTo(page, role, name, walk);
  await page.keyboard.press("Enter");
}

/** Walks to a box and replaces what stands in it. */
export async function typeInto(page: Page, name: Name, text: string, walk?: Walk): Promise<void> {
  await tabTo(page, "textbox", name, walk);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

/** Walks to a tick or a choice; what it was before decides whether a key is needed. */
export async function tick(page: Page, role: "checkbox" | "radio", name: Name, walk?: Walk): Promise<void> {
  await tabTo(page, role, name, walk);
  const isOn = await page.locator(":focus").isChecked();
  // Arrows choose a radio button on their way.
  if (role === "checkbox" || !isOn) await page.keyboard.press("Space");
}

/** Walks to a select, opens it and takes one of its options. */
export async function choose(page: Page, name: Name, option: Name, walk?: Walk): Promise<void> {
  await tabTo(page, "combobox", name, walk);
  await page.keyboard.press("Space");
  await page.getByRole("option", { name: option, exact: true }).waitFor();
  await page.keyboard.press("Home");
  await tabTo(page, "option", option, { key: "ArrowDown", most: 20 });
  await page.keyboard.press("Enter");
}

/** Two letters one after the other, such as `gs`, as fast as a hand types them. */
export const pressTwo = (page: Page, keys: string): Promise<void> => page.keyboard.type(keys);

/** Runs a command by its words. */
export async function command(page: Page, words: string): Promise<void> {
  await openPicker(page, "Control+k");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
}

/** Presses what opens a box with a list under it, and waits until letters go into that box. */
export async function openPicker(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
}

/** F6 leads to the corner's messages: to their beginning, or to where the keyboard was there last, which is further down. */
async function enterCorner(page: Page, name: string, walk: Walk): Promise<void> {
  await page.keyboard.press("F6");
  const key = (await focusName(page)).startsWith("region") ? "Tab" : "Shift+Tab";
  await enter(page, "button", name, { key, most: 8, ...walk });
}

/** Closes a message of the corner; what waited for its undo is done then. */
export async function dismiss(page: Page, name: RegExp): Promise<void> {
  const told = page.getByRole("alertdialog", { name });
  await told.waitFor();
  await enterCorner(page, "Close", { within: told });
}

/** Takes the newest decision back with the button of its message: F6 leads there and, once it is gone, back. */
export async function undo(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).waitFor();
  await enterCorner(page, "Undo", {});
}
