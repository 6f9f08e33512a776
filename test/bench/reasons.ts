/** Why a goal is missed or a rival ahead, where that is known. Shown only while it is so. */

export const REASONS: Readonly<Record<string, string>> = {
  "cold-start":
    "Before the first row stand the system's keyring, opening the encrypted file, the accounts, React and the first queries; the bare window has none of them.",
  "first-sync":
    "The next page is asked for while one is being stored, and no further: pages are stored in order, one request at a time. A row is stored with the indexes of every view, and each page of the file is encrypted.",
  redact:
    "The search index is written anew as a whole, however few texts go: its old segments hold their words until then. SQLite's own secure deletion inside the index was measured at fifty times the cost of deleting the rows, and left a word behind. The work goes on in steps, so that reads do not wait for it.",
  "rivals-ingest":
    "What is ahead here keeps no encryption, and lowdb and PouchDB neither a search index nor a synced disk; a small array in memory is hard to beat until it is large.",
  "rivals-open":
    "What is ahead here reads plain rows; ours decrypts pages, joins the tombstones and reports what is missing of the thread. All of them are far below one frame.",
  "rivals-search": "The same full-text index without encryption is a little faster. Both are far below one frame.",
  "rivals-redact":
    "Only ours removes the bytes: the others mark or overwrite the row and leave old copies in their files, indexes and logs. Leaving that out is why they are faster.",
};
