/** Placeholder replaced below. */
import type { Context } from "../context.ts";
import type { Figure } from "../result.ts";
export async function rivals(_context: Context): Promise<Figure[]> { return []; }
