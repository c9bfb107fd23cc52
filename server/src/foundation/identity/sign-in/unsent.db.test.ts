import { OutsideFault } from "@weimenhu/connectors/fault";
import type { Sms } from "@weimenhu/connectors/ports";
import { codeRule, privacyVersion } from "@weimenhu/domain/identity/privacy";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, openPeople } from "../../../../test/people-bench.ts";
import { redrive } from "../../../kernel/outbox.ts";
import { OutboxWorker } from "../../../kernel/outbox-worker.ts";
import { inTx } from "../../../kernel/tx.ts";
import { codeJob, sendCode } from "./jobs.ts";

let bench: Bench;
let vendor: Sms["code"];
let outbox: OutboxWorker;
beforeEach(async () => {
  bench = await openPeople();
  const sms: Sms = { ...bench.deps.sms, code: (phone, code) => vendor(phone, code) };
  const handler = sendCode({ db: bench.db, clock: bench.clock, seal: bench.deps.seal, sms });
  outbox = new OutboxWorker({ db: bench.db, log: pino({ level: "silent" }), handlers: { [codeJob]: handler } });
});
afterEach(() => bench.close());

const away: Sms["code"] = async () => {
  throw new OutsideFault("aliyun-sms", "down", { detail: "503" });
};
const askFor = async (phone: string) =>
  (await bench.device("web").api()).signIn.requestCode({ phone, consent: privacyVersion });
const dead = () => bench.db.rows<{ id: number; fault: string }>("SELECT id, fault FROM outbox WHERE state = 'dead'");
const open = () => bench.db.rows("SELECT id FROM outbox WHERE state = 'waiting'");
const sealed = () => bench.db.rows("SELECT phone_index FROM login_code WHERE sealed IS NOT NULL");
/** The code runs out while the vendor is away. */
async function runOut() {
  await outbox.settle();
  bench.clock.advance(codeRule.lifeMs);
  await outbox.settle();
}

test("a code that ran out because the vendor was away is a dead letter that says why, and keeps neither phone nor code", async () => {
  vendor = away;
  await askFor(bench.freshPhone());
  await runOut();
  const letters = await dead();
  expect(letters.map(({ fault }) => fault)).toEqual([expect.stringMatching(/^the code ran out .*aliyun-sms/)]);
  expect([await open(), await sealed()]).toEqual([[], []]);
});

test("of all that run out in one hour one is told, however many there are; the next hour tells again", async () => {
  vendor = away;
  for (let i = 0; i < 8; i++) await askFor(bench.freshPhone());
  await runOut();
  await askFor(bench.freshPhone());
  await runOut();
  expect([(await dead()).length, await open(), await sealed()]).toEqual([1, [], []]);
  bench.clock.advance(3_600_000);
  await askFor(bench.freshPhone());
  await runOut();
  expect(await dead()).toHaveLength(2);
});

test("a letter that is tried again sends nothing late and is done", async () => {
  vendor = away;
  await askFor(bench.freshPhone());
  await runOut();
  let calls = 0;
  vendor = async () => {
    calls++;
    return { sent: true };
  };
  const [letter] = await dead();
  await inTx(bench.db, (tx) => redrive(tx, letter?.id ?? 0));
  await outbox.settle();
  expect([calls, await dead(), await open()]).toEqual([0, [], []]);
});

test("a stopped account is told once as well", async () => {
  vendor = async () => ({ no: "unpaid" });
  for (let i = 0; i < 2; i++) {
    await askFor(bench.freshPhone());
    await outbox.settle();
  }
  expect((await dead()).map(({ fault }) => fault)).toEqual(["the account at the text message vendor is stopped"]);
});

test("a code that was sent, used or replaced leaves no letter, though it ran out", async () => {
  const phone = bench.freshPhone();
  vendor = away;
  await askFor(phone);
  await outbox.settle();
  bench.clock.advance(codeRule.gapMs);
  vendor = async () => ({ sent: true });
  await askFor(phone);
  await runOut();
  expect([await dead(), await open(), await sealed()]).toEqual([[], [], []]);
});
