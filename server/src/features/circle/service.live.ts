import type { Db } from "../../kernel/db.ts";
import type { LiveScope } from "../../kernel/live.ts";
import { circleScope, postScope } from "./deps.ts";
import { sightFor } from "./service.rules.ts";
import { postsById } from "./store.feed.ts";

/** That something changed in a village is no secret: what it was, only its readers are told when they ask. */
export const villageLive: LiveScope = {
  stamp: circleScope,
  may: async (_caller, ids) => ids.filter((id) => /^\d{12}$/.test(id)),
};

/** A post for those who may see it. */
export const postLive = (db: Db): LiveScope => ({
  stamp: postScope,
  async may(caller, ids) {
    if (!caller) return [];
    const rows = await postsById(db, ids);
    return rows.filter((row) => sightFor(row, caller).post !== "nothing").map((row) => row.id);
  },
});
