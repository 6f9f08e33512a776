/** How large files may be that come in. Apart from their schemas, so that the database's thread loads no schema library. */

/** A file of contacts. */
export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;
export const MAX_IMPORT_ENTRIES = 50_000;
export const MAX_IMPORT_COLUMNS = 60;

/** One picture or file may be as large as this, declared and real. */
export const MAX_MEDIA_BYTES = 25 * 1024 * 1024;
/** All of them together; what was not looked at for the longest time goes first. */
export const MAX_MEDIA_TOTAL_BYTES = 512 * 1024 * 1024;
