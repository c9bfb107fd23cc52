import { OutsideFault } from "@weimenhu/connectors/fault";
import { dutyLimits, type PartState, type RiskLabel } from "@weimenhu/domain/circle/duty";
import * as z from "zod/mini";
import { shownPictures } from "../../foundation/media/index.ts";
import type { Db } from "../../kernel/db.ts";
import type { Log } from "../../kernel/log.ts";
import { enqueue, type Handler, type Job } from "../../kernel/outbox.ts";
import type { Tick } from "../../kernel/ticks.ts";
import { inTx } from "../../kernel/tx.ts";
import type { CircleDeps } from "./deps.ts";
import { askedAs, checkJob, pictureOf, settlePart, standsOf, stateOf, wordsIn } from "./service.check.ts";
import { forgetDeleted } from "./service.forget.ts";
import { tellLate } from "./service.late.ts";
import { saidById } from "./service.step.ts";
import * as kept from "./store.check.ts";
import * as store from "./store.ts";
import { sweepWaits } from "./store.wait.ts";

export const pushedJob = "circle.pushed";
type Deps = CircleDeps & { db: Db; log: Log };
type Known = { state: PartState; label: RiskLabel };

const asked = z.object({ id: z.string() });
const told = z.object({ trace: z.string(), late: z.boolean() });
/** Longer than all tries and pushes together: whatever still waits then has lost its job. */
const stuckMs = 2 * 3_600_000;
const pushDays = 7;
const lost: Known = { state: "lost", label: "other" };

/** What the outbox runs for the circle. */
export const circleJobs = (deps: Deps): Record<string, Handler> => ({
  [checkJob]: (job) => look(deps, job),
  [pushedJob]: (job) => hear(deps, job),
});

export const circleTicks = (deps: Deps): Record<string, Tick> => ({
  "circle.stuck": { cron: "*/10 * * * *", run: () => freeStuck(deps) },
  "circle.sweep": {
    cron: "40 3 * * *",
    run: () =>
      inTx(deps.db, async (tx) => {
        const now = deps.db.clock.now();
        await kept.sweepPushes(tx, now - pushDays * 86_400_000);
        await sweepWaits(tx, now - dutyLimits.deletedMs);
      }),
  },
  "circle.late": { cron: "*/10 * * * *", run: () => tellLate(deps, deps.db) },
  "circle.forget": { cron: "50 3 * * *", run: () => forgetDeleted(deps.db) },
});

/** Asks the checker about one part. No answer after the last try: a person looks. */
async function look(deps: Deps, job: Job): Promise<void> {
  const { db } = deps;
  const part = await kept.checkById(db.read, asked.parse(job.payload).id);
  if (!part || part.state !== "waiting" || part.trace !== null) return;
  const answer = await ask(deps, part, job);
  if (answer === null) return;
  await inTx(db, async (tx) => {
    if ("pushed" in answer) {
      const trace = answer.pushed;
      if (await kept.setTrace(tx, part.id, trace)) await awaitPush(tx, db.clock.now(), trace);
    } else await settlePart(deps, tx, db.clock, { id: part.id, what: part.what, ...answer });
    await job.finish(tx);
  });
}

/** The answer may be there already, sent before we wrote down that we asked; or it never comes. */
async function awaitPush(tx: Parameters<typeof enqueue>[0], now: number, trace: string): Promise<void> {
  await enqueue(tx, { kind: pushedJob, key: `asked:${trace}`, payload: { trace, late: false } });
  const notBefore = now + dutyLimits.pushMs;
  await enqueue(tx, { kind: pushedJob, key: `late:${trace}`, payload: { trace, late: true }, notBefore });
}

/** Null when nobody waits for it any more. */
async function ask(deps: Deps, part: kept.CheckRow, job: Job): Promise<Known | { pushed: string } | null> {
  const { db, checkers } = deps;
  const said = (await saidById(db.read, part.what)) ?? null;
  const row = await store.byId(db.read, said?.post ?? part.what);
  if (!row) return null;
  const { version, open } = standsOf({ row, said });
  if (!open || version !== part.version) return null;
  const found = await checkerFor(checkers, db, part, (said ?? row).author);
  if (!found) return lost;
  const { checker, who } = found;
  try {
    if (part.media === "")
      return stateOf(await checker.words({ text: wordsIn(said ?? row), who, what: said ? "comment" : "post" }));
    const path = said ? await pathOf(db, part.media) : pictureOf(row, part.media);
    if (path === null) return lost;
    const url = checkers.pictureUrl(path, db.clock.now());
    const answer = await checker.picture({ url, who, key: part.id });
    return "pushed" in answer ? answer : stateOf(answer);
  } catch (fault) {
    if (!(fault instanceof OutsideFault) || job.attempt < dutyLimits.tries) throw fault;
    deps.log.warn({ err: fault, check: part.id }, "a checker gave no answer: a person looks");
    return lost;
  }
}

/**
 * The platform that looks, and as whom it is asked. Of somebody whom WeChat does not know a person reads the words, and Alipay
 * looks at the pictures.
 */
async function checkerFor(checkers: Deps["checkers"], db: Db, { via, media }: kept.CheckRow, author: string) {
  if (via !== "wechat" && via !== "alipay") return null;
  const { wechat, alipay } = checkers;
  const openid = via === "wechat" && wechat ? await askedAs(checkers, db, author, "wechat") : null;
  if (wechat && openid !== null) return { checker: wechat, who: openid };
  if (via === "wechat" && media === "") return null;
  const who = await askedAs(checkers, db, author, "alipay");
  return alipay && who !== null ? { checker: alipay, who } : null;
}

/** Where a picture lies, without a signature. */
const pathOf = async (db: Db, media: string): Promise<string | null> =>
  (await shownPictures((bare) => bare, { db, clock: db.clock }, [media])).get(media)?.url ?? null;

/** Brings a push and its question together, whichever came first; late, it ends the waiting. */
async function hear(deps: Deps, job: Job): Promise<void> {
  const { trace, late } = told.parse(job.payload);
  const { db } = deps;
  const [part, push] = [await kept.checkByTrace(db.read, trace), await kept.pushByTrace(db.read, trace)];
  const known = push ?? (late ? lost : null);
  if (!part || !known || part.state !== "waiting") return;
  await inTx(db, async (tx) => {
    await settlePart(deps, tx, db.clock, { id: part.id, what: part.what, state: known.state, label: known.label });
    await job.finish(tx);
  });
}

/** Nothing waits for ever, also when its job was lost: a person looks. */
async function freeStuck(deps: Deps): Promise<void> {
  const { db } = deps;
  const faults: unknown[] = [];
  for (const { id, what } of await kept.waitingSince(db, db.clock.now() - stuckMs, 500))
    await inTx(db, (tx) => settlePart(deps, tx, db.clock, { id, what, ...lost })).catch((fault) => faults.push(fault));
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} check(s) could not be ended`);
}
