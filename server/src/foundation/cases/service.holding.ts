import { isoOf } from "../../kernel/clock.ts";
import type { Holding } from "../../kernel/holdings.ts";
import { takeWords } from "./service.forget.ts";
import { filesOf } from "./store.forget.ts";
import * as store from "./store.holding.ts";
import { deleteOwnTemplates, templatesBy } from "./store.templates.ts";

const at = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/**
 * What was raised, how it was handled and rated. The file is the village's record of its own work and stays, under an id
 * that nobody can turn into a name. The stars of a rating stay with it. Whatever the person said in it as a resident goes, as
 * do one's own templates, and what was given to somebody who left waits for the whole office again.
 */
export const casesHolding: Holding = {
  name: "cases",
  tables: ["case_file", "case_step", "case_rating", "case_template"],
  export: async (db, personId) => {
    const [raised, done, rated, templates] = await Promise.all([
      store.raisedBy(db, personId),
      store.doneBy(db, personId),
      store.ratedBy(db, personId),
      templatesBy(db, personId),
    ]);
    return {
      raised: raised.map((row) => ({ ...row, createdAt: at(row.createdAt), closedAt: at(row.closedAt) })),
      done: done.map((row) => ({ ...row, at: at(row.at) })),
      rated: rated.map((row) => ({ ...row, at: at(row.at) })),
      templates: templates.map(({ region, text, createdAt }) => ({ region, text, createdAt: at(createdAt) })),
    };
  },
  close: async (tx, personId) => {
    await takeWords(tx, await filesOf(tx, personId));
    await deleteOwnTemplates(tx, personId);
    await store.giveBack(tx, personId);
  },
};
