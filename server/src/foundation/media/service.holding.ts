import { isoOf } from "../../kernel/clock.ts";
import { type Holding, staysNameless } from "../../kernel/holdings.ts";
import { uploadsOf } from "./store.ts";

/** Files that the person sent. What nobody shows is swept after a day anyway; what is shown belongs to what shows it. */
export const mediaHolding: Holding = {
  name: "uploads",
  tables: ["media"],
  export: async (db, personId) =>
    (await uploadsOf(db, personId)).map((row) => ({ ...row, createdAt: isoOf(row.createdAt) })),
  close: staysNameless,
};
