import type { Db } from "../../kernel/db.ts";
import type { LiveScope } from "../../kernel/live.ts";
import { caseScope } from "./deps.ts";
import { mayRead } from "./service.facts.ts";
import * as store from "./store.ts";

/** A case for its author and for staff. */
export const caseLive = (db: Db): LiveScope => ({
  stamp: caseScope,
  async may(caller, ids) {
    const rows = await store.byIds(db, ids);
    return rows.filter((row) => mayRead(caller, row)).map((row) => row.id);
  },
});
