/**
 * A vite plugin for the two places where React Aria, as it is published, does what this window must not do.
 *
 * Its announcer empties a live region by assigning an empty string as markup, which the page's policy refuses, empty or
 * not. Its module for the default language asks Intl, while it is loaded, which languages dates are known in: 14 to 25 ms
 * before anything is drawn, to learn whether the tag is well formed (the app names its language itself). Both are
 * written here as the same thing without that. Invariant: a version of the library that is written in another way
 * fails the build.
 */
const EDITS = [
  {
    file: /react-aria\/dist\/private\/live-announcer\/LiveAnnouncer\.m?js$/,
    places: 2,
    from: /\.innerHTML = '';/g,
    to: ".replaceChildren();",
  },
  {
    file: /react-aria\/dist\/private\/i18n\/useDefaultLocale\.m?js$/,
    places: 1,
    from: /Intl\.DateTimeFormat\.supportedLocalesOf\(\[/g,
    to: "Intl.getCanonicalLocales([",
  },
];

/** @returns {import("vite").Plugin[]} */
export function reactAriaForThisWindow() {
  return EDITS.map(({ file, places, from, to }, index) => ({
    name: `react-aria-for-this-window-${index + 1}`,
    transform: {
      filter: { id: file },
      handler(code) {
        const found = code.match(from)?.length ?? 0;
        if (found !== places) throw new Error(`React Aria changed: ${found} of ${places} places of ${from} found.`);
        return { code: code.replaceAll(from, to), map: null };
      },
    },
  }));
}
