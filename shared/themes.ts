/** The looks a person can choose. Apart from the settings, so that who only needs the names loads no schema. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
