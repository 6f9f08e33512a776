/**
 * A vite plugin that lets React Aria's announcer be emptied under Trusted Types.
 *
 * It empties its live region by assigning an empty string as markup, which the page's policy refuses, empty or not. The
 * same is done without markup here. Invariant: a version of the library that is written in another way fails the build.
 */
const FILE = /react-aria\/dist\/private\/live-announcer\/LiveAnnouncer\.m?js$/;
const EMPTIED = /\.innerHTML = '';/g;
const PLACES = 2;

/** @returns {import("vite").Plugin} */
export function announcerWithoutMarkup() {
  return {
    name: "announcer-without-markup",
    transform: {
      filter: { id: FILE },
      handler(code) {
        const places = code.match(EMPTIED)?.length ?? 0;
        if (places !== PLACES) throw new Error(`React Aria's announcer changed: ${places} places set markup.`);
        return { code: code.replaceAll(EMPTIED, ".replaceChildren();"), map: null };
      },
    },
  };
}
