/** The Arabic words, area by area; how to add one is told in `en.ts`. Modern Standard Arabic, right to left. */
import type { Catalogue } from "./en.ts";
import common from "./ar/common.json" with { type: "json" };

export const ar = { common } satisfies Catalogue;
