/** The one place of the app that reads the clock, in epoch milliseconds. */
export const now = (): number => Date.now();
