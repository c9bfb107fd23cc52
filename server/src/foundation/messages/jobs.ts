import type { Db } from "../../kernel/db.ts";
import type { Handler } from "../../kernel/outbox.ts";
import type { Tick } from "../../kernel/ticks.ts";
import { inTx } from "../../kernel/tx.ts";
import type { SendDeps } from "./deps.ts";
import { sendMessage } from "./service.send.ts";
import { sendJob } from "./service.tell.ts";
import { deleteOlder } from "./store.ts";

export const messageJobs = (deps: SendDeps): Record<string, Handler> => ({ [sendJob]: sendMessage(deps) });

const keptMs = 365 * 86_400_000;
const bite = 500;

/** An inbox is kept for a year. */
async function sweep(db: Db): Promise<void> {
  const before = db.clock.now() - keptMs;
  while ((await inTx(db, (tx) => deleteOlder(tx, before, bite))) === bite);
}

export const messageTicks = (db: Db): Record<string, Tick> => ({
  "messages.sweep": { cron: "40 3 * * *", run: () => sweep(db) },
});
