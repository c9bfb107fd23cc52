/** Builds the server's copy of the first pages' views into one file. */
export function buildViews(outfile: string): Promise<void>;
