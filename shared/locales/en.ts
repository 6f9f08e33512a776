/**
 * The English words: the language whose keys are the type of every other.
 *
 * A new area: write `en/<area>.json`, `es/<area>.json` and `ar/<area>.json`, then add one import and one name here, in
 * `es.ts` and in `ar.ts`. A test holds keys, variables and plural forms of the languages against each other.
 */
import common from "./en/common.json" with { type: "json" };

export const en = { common };

/** Every language has every area; the keys inside are held equal by a test, since plural forms differ. */
export type Catalogue = Readonly<Record<keyof typeof en, object>>;
