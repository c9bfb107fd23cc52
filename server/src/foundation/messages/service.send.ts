import { OutsideFault } from "@weimenhu/connectors/fault";
import type { NoteNo, NoteWords } from "@weimenhu/connectors/ports";
import { dayMs } from "@weimenhu/domain/base/workday";
import { messageRules, type OutsideWay, outsideWords } from "@weimenhu/domain/messages/kinds";
import { quietUntil } from "@weimenhu/domain/messages/quiet";
import * as z from "zod/mini";
import { enqueue, GiveUp, type Handler, type Job } from "../../kernel/outbox.ts";
import { inTx, type Tx } from "../../kernel/tx.ts";
import { countWithin } from "../identity/index.ts";
import { regionNames } from "../regions/index.ts";
import type { PushChannel, Reach, SendDeps } from "./deps.ts";
import type { Outcome } from "./schema.ts";
import { sendJob } from "./service.tell.ts";
import * as outside from "./store.outside.ts";
import * as store from "./store.ts";
import { wordsOf } from "./view.ts";

const payload = z.object({ message: z.string() });
/** One dead letter stands for all that the same wrong setting spoils. */
const oneAnHour = { most: 1, windowMs: 3_600_000 };

/**
 * Rings outside of the app, by one way and at most once: the way and the consent are taken in a transaction before the call,
 * so a process that dies meanwhile leaves a message of which nobody knows, and that is not sent again. Only what the vendor
 * surely did not do is tried again. Whatever happens, the inbox has it.
 */
export function sendMessage(deps: SendDeps): Handler {
  return async (job) => {
    const { db } = deps;
    const row = await store.byId(db.read, payload.parse(job.payload).message);
    if (!row || row.readAt !== null) return;
    if (row.outside === "trying") return inTx(db, (tx) => lost(tx, row, db.clock.now()));
    // What our own settings spoiled comes again when staff let it.
    if (row.outside !== null && row.outside !== "failed") return;
    const now = db.clock.now();
    const morning = messageRules[row.kind].alarm ? null : quietUntil(now);
    if (morning !== null) return later(deps, job, row, morning);
    if (now - row.at > dayMs || (row.ringUntil !== null && now >= row.ringUntil))
      return inTx(db, (tx) => outside.leaveInside(tx, row.id, "late", now));
    const reach = await deps.reachOf(db, row.person);
    const way = await inTx(db, (tx) => begin(deps, tx, row, reach));
    if (way === null) return;
    await carry(deps, job, row, way, reach);
  };
}

/** Some process called out and did not live to write down the answer. */
const lost = async (tx: Tx, { id }: store.MessageRow, now: number): Promise<void> => {
  await outside.endOutside(tx, id, "unknown", now);
};

/** A try again may fall into the night. */
const later = ({ db }: SendDeps, job: Job, row: store.MessageRow, notBefore: number): Promise<void> =>
  inTx(db, async (tx) => {
    const { region, id } = row;
    await enqueue(tx, { kind: sendJob, key: `${id}:${notBefore}`, region, payload: { message: id }, notBefore });
    await job.finish(tx);
  });

const consentFor = (row: store.MessageRow, channel: PushChannel) => {
  const { template } = messageRules[row.kind];
  return template === null ? null : { person: row.person, channel, template };
};

/** The first way that is open, taken; null when there is none, or another process has it. */
async function begin(deps: SendDeps, tx: Tx, row: store.MessageRow, reach: Reach): Promise<OutsideWay | null> {
  const now = deps.db.clock.now();
  for (const channel of ["weapp", "alipay"] as const) {
    const consent = consentFor(row, channel);
    const isSetUp = consent !== null && deps.outside[channel] !== null && deps.templates[channel][consent.template];
    if (!isSetUp || reach[channel] === null || !(await outside.spend(tx, consent))) continue;
    if (await outside.beginOutside(tx, row.id, channel, now)) return channel;
    await outside.giveBack(tx, consent);
    return null;
  }
  const isWork = messageRules[row.kind].template === "duty";
  if (isWork && deps.outside.sms !== null && reach.officePhone !== null)
    return (await outside.beginOutside(tx, row.id, "sms", now)) ? "sms" : null;
  await outside.leaveInside(tx, row.id, "none", now);
  return null;
}

type No = NoteNo["no"] | "bad-number" | "too-often" | "unpaid";
const outcomes: Record<No, Outcome> = {
  refused: "refused",
  nobody: "refused",
  quota: "quota",
  "bad-number": "refused",
  "too-often": "quota",
  unpaid: "failed",
};

async function carry(deps: SendDeps, job: Job, row: store.MessageRow, way: OutsideWay, reach: Reach): Promise<void> {
  const { db } = deps;
  try {
    const answer = await call(deps, row, way, reach);
    const outcome = "no" in answer ? outcomes[answer.no] : "sent";
    await inTx(db, async (tx) => {
      await outside.endOutside(tx, row.id, outcome, db.clock.now());
      const consent = way === "sms" ? null : consentFor(row, way);
      if (consent && outcome === "refused") await outside.noneLeft(tx, consent);
      if (consent && outcome === "quota") await outside.giveBack(tx, consent);
      // A job that is given up must not be done before.
      if (outcome !== "failed") await job.finish(tx);
    });
    if (outcome === "failed") await tellStaff(deps, way, "the account at the vendor is stopped");
  } catch (fault) {
    if (!(fault instanceof OutsideFault)) throw fault;
    await faulted(deps, job, row, way, fault);
  }
}

async function call(deps: SendDeps, row: store.MessageRow, way: OutsideWay, reach: Reach) {
  const { title, state } = outsideWords({ kind: row.kind, count: row.count, words: wordsOf(row) });
  const place = (await regionNames(deps.db, [row.region])).get(row.region) ?? "";
  const words: NoteWords = { title, place, state, at: row.at };
  if (way === "sms") {
    if (!deps.outside.sms || reach.officePhone === null) throw new Error("no way to send text messages");
    return deps.outside.sms.duty(reach.officePhone, words);
  }
  const push = deps.outside[way];
  const name = messageRules[row.kind].template;
  const template = name === null ? null : deps.templates[way][name];
  const to = reach[way];
  if (!push || !template || to === null) throw new Error(`no way to send by ${way}`);
  return push.send({ to, template, page: pageOf(row), words });
}

/** The inbox leads on to the page that is meant, and marks the message read. */
const pageOf = ({ page, about, id }: store.MessageRow): string =>
  `features/messages/index?to=${page}&id=${about}&message=${id}`;

/** Unknown stays unknown. What surely was not sent gives the consent back: tried again, or ended where staff must look. */
async function faulted(deps: SendDeps, job: Job, row: store.MessageRow, way: OutsideWay, fault: OutsideFault) {
  const { db } = deps;
  const outcome: Outcome | null = fault.unknown ? "unknown" : fault.kind === "config" ? "failed" : null;
  await inTx(db, async (tx) => {
    const mine = await outside.endOutside(tx, row.id, outcome, db.clock.now());
    const consent = way === "sms" ? null : consentFor(row, way);
    if (mine && consent && outcome !== "unknown") await outside.giveBack(tx, consent);
    if (outcome === "unknown") await job.finish(tx);
  });
  if (outcome === null) throw fault;
  if (outcome === "failed") await tellStaff(deps, way, fault.message);
}

async function tellStaff({ db }: SendDeps, way: OutsideWay, why: string): Promise<void> {
  const isFirst = await inTx(db, (tx) => countWithin(tx, `message:told:${way}`, oneAnHour, db.clock.now()));
  if (isFirst) throw new GiveUp(`messages by ${way} cannot be sent: ${why}`);
}
