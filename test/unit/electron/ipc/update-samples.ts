/** A good input and output of every call about updates and "About", for the contract test. */
const notices = [{ name: "zod", version: "4.6.7", license: "MIT", text: "Permission is hereby granted" }];

export const updateSamples = {
  "about.get": {
    input: undefined,
    output: {
      version: "1.2.3",
      runtime: "45.4.1",
      releaseNotesUrl: "https://example.test/notes",
      update: { kind: "downloading", version: "1.2.4", percent: 40 },
    },
  },
  "about.notices": {
    input: undefined,
    output: notices,
  },
  "updates.check": { input: undefined, output: { kind: "idle", checkedAt: 1_777_377_600_000 } },
  "updates.restart": { input: undefined, output: { kind: "waiting", version: "1.2.4", busy: "typing" } },
} as const;
