/** The Spanish words, area by area; how to add one is told in `en.ts`. Addresses people as "tú". */
import type { Catalogue } from "./en.ts";
import common from "./es/common.json" with { type: "json" };

export const es = { common } satisfies Catalogue;
