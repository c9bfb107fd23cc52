/** A step of a record as its reader sees it: `by.mine` when it is the reader's own. */
type Step = { move: string; text: string; by: { mine: boolean } | null };
/** An act that was sent when the record had so many steps. */
type Act = { move: string; text: string; steps: number };

/** Does the record show what this reader sent? Then only its answer was lost, and what was typed is not to be sent again. */
export const isInRecord = (record: readonly Step[], { move, text, steps }: Act): boolean =>
  record.slice(steps).some((one) => one.by?.mine === true && one.move === move && one.text === text.trim());
