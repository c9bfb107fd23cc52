import { isoOf } from "../../kernel/clock.ts";
import type { Holding } from "../../kernel/holdings.ts";
import { consentsOf, wipeConsents } from "./store.outside.ts";
import * as store from "./store.ts";
import { wordsOf } from "./view.ts";

const at = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/** A person's inbox and what phones may still show of it. Both go with the account. */
export const messagesHolding: Holding = {
  name: "messages",
  tables: ["message", "message_consent"],
  export: async (db, personId) => {
    const [inbox, consents] = await Promise.all([store.everything(db, personId), consentsOf(db, personId)]);
    return {
      inbox: inbox.map((row) => ({
        kind: row.kind,
        region: row.region,
        about: `${row.page}:${row.about}`,
        words: wordsOf(row),
        count: row.count,
        at: at(row.at),
        readAt: at(row.readAt),
        way: row.way,
        outside: row.outside,
      })),
      consents: consents.map(({ channel, template, remaining, updatedAt }) => ({
        channel,
        template,
        remaining,
        updatedAt: at(updatedAt),
      })),
    };
  },
  close: async (tx, personId) => {
    await store.wipe(tx, personId);
    await wipeConsents(tx, personId);
  },
};
