/** How long a note about a contact may be. On its own, so that the window knows it without zod. */
export const MAX_NOTE_CHARS = 20_000;
