import type { Checked } from "../checked.ts";
import type { Source } from "../storage/port.ts";

/** A scanner for viruses. `infected` names what it found. A fault: nobody has looked, and the file must not be kept. */
export type VirusScan = Checked & {
  scan(source: Source): Promise<{ clean: true } | { no: "infected"; virus: string }>;
};
