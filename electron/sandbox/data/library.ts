/** All sample dialogues in one place, by name. Data only; a name used twice is an error at load. */
import { community } from "./community.ts";
import { ebikes } from "./ebikes.ts";
import { fleet } from "./fleet.ts";
import { languages } from "./languages.ts";
import { pickups } from "./pickups.ts";
import { regulars } from "./regulars.ts";
import { repairs } from "./repairs.ts";
import { sales } from "./sales.ts";
import type { Script } from "./script-format.ts";
import { warranty } from "./warranty.ts";

const all = [repairs, ebikes, sales, pickups, warranty, fleet, community, languages, regulars].flat();

export const library: ReadonlyMap<string, Script> = new Map(all.map((script) => [script.name, script]));
if (library.size !== all.length) throw new Error("sample data: two dialogues share a name");

/** Dialogues that can stand for the long past of any thread: nothing about consent, nothing undelivered. */
export const everyday: readonly Script[] = [repairs, ebikes, pickups, sales].flat();
