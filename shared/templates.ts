/**
 * Saved replies as they are kept: schemas and caps. What stands in them is filled in by `template-text.ts`.
 *
 * Invariant: whatever was stored reads as a valid list; an entry that is not valid costs only itself.
 */
import { z } from "zod";

export const MAX_TEMPLATES = 200;
const MAX_NAME = 60;
const MAX_TEXT = 2_000;

const fields = {
  id: z.uuid(),
  name: z.string().trim().min(1).max(MAX_NAME),
  text: z.string().trim().min(1).max(MAX_TEXT),
};

export const Template = z.object(fields);
export type Template = z.infer<typeof Template>;

/** In the order the person gave them. */
export const TemplateList = z.array(Template).max(MAX_TEMPLATES);

/** The same as it comes in: no field that is not named, no id twice. */
export const TemplateListInput = z
  .array(z.strictObject(fields))
  .max(MAX_TEMPLATES)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length);

export function readTemplates(stored: unknown): Template[] {
  if (!Array.isArray(stored)) return [];
  const seen = new Set<string>();
  const valid = stored.flatMap((entry) => {
    const parsed = Template.safeParse(entry);
    if (!parsed.success || seen.has(parsed.data.id)) return [];
    seen.add(parsed.data.id);
    return [parsed.data];
  });
  return valid.slice(0, MAX_TEMPLATES);
}
