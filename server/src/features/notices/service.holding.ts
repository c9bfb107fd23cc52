import { isoOf } from "../../kernel/clock.ts";
import { type Holding, staysNameless } from "../../kernel/holdings.ts";
import { portalsAddedBy } from "./store.portals.ts";
import { madeBy, stepsBy } from "./store.ts";

/** What staff did with notices. It was done in office, so it stays when the account is closed. */
export const noticesHolding: Holding = {
  name: "notices",
  tables: ["notice", "notice_version", "notice_step", "portal"],
  export: async (db, personId) => {
    const [made, steps, portals] = await Promise.all([
      madeBy(db, personId),
      stepsBy(db, personId),
      portalsAddedBy(db, personId),
    ]);
    return {
      begun: made.map((row) => ({ ...row, createdAt: isoOf(row.createdAt) })),
      done: steps.map((row) => ({ ...row, at: isoOf(row.at) })),
      sources: portals.map((row) => ({ ...row, createdAt: isoOf(row.createdAt) })),
    };
  },
  close: staysNameless,
};
