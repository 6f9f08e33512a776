/** The views of the list. Apart from their schema, so that the database's thread loads no schema library. */
export const VIEWS = ["all", "needs_reply", "unread", "snoozed", "done"] as const;
