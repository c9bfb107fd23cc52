import type { AskName } from "./wire.ts";

/** The name under which an answer is kept, also in the first answers that the site's server writes into the page. */
export const answerName = (name: AskName, input: object): string => `${name}?${JSON.stringify(input)}`;
