/** Why a goal is missed or a rival ahead, where that is known. Shown only while it is so. */

export const REASONS: Readonly<Record<string, string>> = {
  "cold-start":
    "Until Electron is ready and the page is asked for, both take the same time. Then ours has, on a busy machine, 70 ms for page and preload (main loads the rest of the app beside it), 75 for loading and running the window's code, 50 for keyring, encrypted file, retention and accounts, 65 for the first page of the list through database, contract and React, and 50 for painting it, where the bare window has 15 (decision 22).",
  "first-sync":
    "CPU time per page of 200, measured on two cores: the limit takes 10 ms (the server 3, main 3, the network process 3), ours 23 (the same, and the database worker 5 to 7, main 5 more, its collector 2) and the window a fifth of a core meanwhile. In the worker two thirds are rows with the indexes of every view, a quarter is encrypting and writing the pages of the file. Pages are asked for one at a time and stored in their order. From run to run 0.52x to 0.69x.",
  "open-thread":
    "From run to run 1.8x to 2.3x. The database has the page within a millisecond; the rest is drawing composer and log, with links, numbers and dates that can be copied, where the limit paints plain rows.",
  "long-tasks":
    "On a machine that is busy with other things a task takes longer than its own CPU time: the largest have some 30 ms of it (the first rows with their layout, running the window's code).",
  idle: "Right after the start main still compiles what it uses most and collects what the start left behind; from then on a poll a minute costs some 30 ms.",
  redact:
    "Each part of the search index that held one of the texts is written anew: its old segments hold their words until then. Then the log is emptied, which waits for the disk. The work goes on in steps, so that reads do not wait for it.",
  "rivals-ingest":
    "What is ahead here keeps no encryption, and lowdb and PouchDB neither a search index nor a synced disk; a small array in memory is hard to beat until it is large.",
  "rivals-open":
    "What is ahead here reads plain rows; ours decrypts pages, joins the tombstones and reports what is missing of the thread. All of them are far below one frame.",
  "rivals-search": "The same full-text index without encryption is a little faster. Both are far below one frame.",
  "rivals-redact":
    "Only ours removes the bytes: the others mark or overwrite the row and leave old copies in their files, indexes and logs. Leaving that out is why they are faster.",
};
