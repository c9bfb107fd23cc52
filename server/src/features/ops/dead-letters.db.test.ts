import { afterAll, beforeAll, expect, test } from "vitest";
import { openRoom, somebody, wordOf } from "../../../test/room.ts";
import { enqueue, GiveUp } from "../../kernel/outbox.ts";
import { OutboxWorker } from "../../kernel/outbox-worker.ts";
import { callerOf, router } from "../../kernel/rpc.ts";
import { inTx } from "../../kernel/tx.ts";
import { opsRoom } from "./index.ts";
import { audit } from "./service.ts";

let room: Awaited<ReturnType<typeof openRoom>>;
let ends: "dead" | "done";
let worker: OutboxWorker;
beforeAll(async () => {
  room = await openRoom();
  const handler = async () => {
    if (ends === "dead") throw new GiveUp("the account is stopped");
  };
  worker = new OutboxWorker({ db: room.db, log: room.ctx().log, handlers: { "x.y": handler } });
});
afterAll(() => room.close());

const officeNames = async () => new Map<string, string>();
const sysadmin = somebody([{ role: "sysadmin", region: "990101000000" }]);
/** Through both validations, as a client would ask. */
const ops = () => callerOf(router({ ops: opsRoom({ officeNames }) }))(room.ctx(sysadmin)).ops;
const causeOf = (call: Promise<unknown>) =>
  wordOf(
    call.catch((fault: unknown) => {
      throw fault instanceof Error ? (fault.cause ?? fault) : fault;
    }),
  );
async function die(key: string): Promise<string> {
  ends = "dead";
  await inTx(room.db, (tx) => enqueue(tx, { kind: "x.y", key, payload: { secret: "13" } }));
  await worker.settle();
  const [row] = (await ops().deadLetters({})).items;
  return row?.id ?? "";
}

test("a dead letter is listed with its kind, its tries and why, without what it carries", async () => {
  const id = await die("one");
  const { items, next } = await ops().deadLetters({});
  const [createdAt, diedAt] = [expect.any(Number), expect.any(Number)];
  const letter = { id, kind: "x.y", tries: 1, error: "the account is stopped", createdAt, diedAt };
  expect([items, next]).toEqual([[letter], null]);
  expect(id).toMatch(/^\d+$/);
  await ops().drop({ id, reason: "测试" });
});

test("pages of dead letters follow one another", async () => {
  const [older, newer] = [await die("two"), await die("three")];
  const first = await ops().deadLetters({ limit: 1 });
  expect(first.items.map((item) => item.id)).toEqual([newer]);
  const second = await ops().deadLetters({ limit: 1, cursor: first.next ?? "" });
  expect([second.items.map((item) => item.id), second.next]).toEqual([[older], null]);
  for (const id of [older, newer]) await ops().drop({ id, reason: "测试" });
});

test("a dead letter that is tried again runs; one given up is gone for good; neither is done twice", async () => {
  const again = await die("four");
  ends = "done";
  await ops().redrive({ id: again });
  expect(await causeOf(ops().redrive({ id: again }))).toBe("NOT_FOUND");
  await worker.settle();
  expect((await ops().deadLetters({})).items).toEqual([]);
  const given = await die("five");
  await ops().drop({ id: given, reason: "供应商已停用" });
  expect(await causeOf(ops().drop({ id: given, reason: "供应商已停用" }))).toBe("NOT_FOUND");
  expect(await causeOf(ops().redrive({ id: given }))).toBe("NOT_FOUND");
  expect((await ops().deadLetters({})).items).toEqual([]);
  const { items } = await audit({ officeNames }, room.ctx(sysadmin), { act: "ops.drop", onWhom: given });
  expect(items[0]?.detail).toContain("供应商已停用");
});
