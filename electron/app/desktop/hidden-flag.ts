/** What a start at sign-in says about itself: it shows no window. Alone, so that reading it loads no words. */
export const HIDDEN_FLAG = "--hidden";
