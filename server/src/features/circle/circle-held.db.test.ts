import type { Caller, GrantedRole } from "@weimenhu/domain/permissions";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { checksKit } from "../../../test/circle-checks.ts";
import { cadre, key, nameOf, town, village, villagerOf, wordOf } from "../../../test/circle-kit.ts";
import { newId } from "../../kernel/id.ts";
import { circleTicks } from "./jobs.ts";

const kit = await checksKit();
afterAll(kit.close);
const at = (text: string) => Date.parse(`${text}+08:00`);
const friday = at("2026-11-20T10:00");

/** Nobody is told anything without an account. */
async function known(caller: Caller): Promise<Caller> {
  await kit.db.pool.query("INSERT IGNORE INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [
    caller.personId,
  ]);
  return caller;
}
async function inOffice(role: GrantedRole, region: string): Promise<Caller> {
  const who = await known(cadre(role, region));
  await kit.db.pool.query(
    "INSERT INTO role_grant (id, person_id, role, region, since, given_by) VALUES (?, ?, ?, ?, '2026-01-01', ?)",
    [newId(), who.personId, role, region, who.personId],
  );
  return who;
}
let [secretary, clerk, author] = [villagerOf(), villagerOf(), villagerOf()];
beforeEach(async () => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
  kit.clock.set(friday);
  for (const table of ["role_grant", "message", "circle_wait"]) await kit.db.rows(`DELETE FROM ${table}`);
  [secretary, clerk, author] = [
    await inOffice("secretary", village),
    await inOffice("clerk", town),
    await known(author),
  ];
});

const told = async ({ personId }: Caller): Promise<string[]> =>
  (
    await kit.db.rows<{ kind: string; count: number; page: string; about: string }>(
      "SELECT kind, count, page, about FROM message WHERE person = ? AND page = 'moderation' ORDER BY at, id",
      [personId],
    )
  ).map(({ kind, count, page, about }) => `${kind} ${count} ${page}:${about}`);
const says = (kind: string, count = 1) => `${kind} ${count} moderation:${village}`;
/** What runs every ten minutes. */
const tick = () => circleTicks({ ...kit.deps, db: kit.db, log: kit.ctx().log })["circle.late"]?.run(kit.clock.now());
const held = (who = author, more: object = {}) => kit.post(who, { text: "代开发票", ...more });
const refusedBy = async (who: Caller) => {
  const { id } = await kit.post(author);
  await kit.as(who).circle.decide({ id, pass: false, reason: "不妥" });
  return id;
};

describe("those who may decide in the village hear, once, of", () => {
  test("what is held, in one line a day for as long as it is not read", async () => {
    const same = { village, kind: "complaint" as const, text: "代开发票", key: key() };
    for (let n = 0; n < 2; n++) await kit.as(author).circle.post(same);
    expect([await told(secretary), await told(clerk), await told(author)]).toEqual([[says("toCheck")], [], []]);
    const { id } = await kit.post(author);
    await kit.as(author).circle.comment({ id, key: key(), text: "代开发票" });
    expect(await told(secretary)).toEqual([says("toCheck", 2)]);
    await kit.db.rows("UPDATE message SET event = CONCAT(event, '#', id), read_at = at");
    await held();
    expect(await told(secretary)).toEqual([says("toCheck", 2), says("toCheck")]);
  });

  test("what a platform leaves to a person later, and not of its new words while it waits", async () => {
    Object.assign(kit.wechat.plan, { words: "down" });
    const { id } = await kit.post(author);
    expect(await told(secretary)).toEqual([]);
    Object.assign(kit.wechat.plan, { words: "review" });
    await kit.settle();
    expect(await told(secretary)).toEqual([says("toCheck")]);
    await kit.as(author).circle.edit({ id, key: key(), text: "代开发票，再说一遍" });
    expect(await told(secretary)).toEqual([says("toCheck")]);
  });

  test("what is reported, however many report it, and again after somebody decided", async () => {
    const { id } = await kit.post(author);
    const report = async () => kit.as(await known(villagerOf())).circle.report({ id, why: "骗人" });
    const first = await known(villagerOf());
    for (let n = 0; n < 2; n++) await kit.as(first).circle.report({ id, why: "骗人" });
    await Promise.all([report(), report()]);
    expect(await told(secretary)).toEqual([says("reported")]);
    await kit.as(secretary).circle.decide({ id, pass: true });
    kit.clock.advance(1_000);
    await kit.as(first).circle.report({ id, why: "骗人" });
    expect(await told(secretary)).toEqual([says("reported")]);
    await report();
    expect(await told(secretary)).toEqual([says("reported", 2)]);
  });

  test("what is appealed for, but not whoever refused it: another one, or those above", async () => {
    const second = await inOffice("secretary", village);
    const sent = { id: await refusedBy(secretary), key: key(), why: "不是" };
    for (let n = 0; n < 2; n++) await kit.as(author).circle.appeal(sent);
    expect([await told(secretary), await told(second), await told(clerk)]).toEqual([[], [says("appealed")], []]);
    await kit.db.rows("DELETE FROM role_grant WHERE person_id = ?", [second.personId]);
    await kit.as(author).circle.appeal({ id: await refusedBy(secretary), key: key(), why: "不是" });
    expect([await told(secretary), await told(clerk)]).toEqual([[], [says("appealed")]]);
  });
});

test("nobody is told of the own words: those above look at what the only one who may decide wrote", async () => {
  await held(secretary, { kind: "complaint" });
  expect([await told(secretary), await told(clerk)]).toEqual([[], [says("toCheck")]]);
});

test("who is told of what a writer hidden from all has written is no sign of who it is, and it waits a working day at most", async () => {
  const hidden = { kind: "complaint" as const, hideMe: true };
  const all = async () => {
    const heard = [await told(secretary), await told(clerk)];
    await kit.db.rows("DELETE FROM message");
    return heard;
  };
  const writers = [author, secretary];
  const early = [];
  for (const who of writers) {
    const { id } = await held(who, hidden);
    early.push(await all());
    await kit.as(clerk).circle.decide({ id, pass: true });
    await kit.as(who).circle.comment({ id, key: key(), text: "代开发票，再说一遍" });
    early.push(await all());
    const open = await kit.post(who, { ...hidden, text: "没有人管" });
    await kit.as(await known(villagerOf())).circle.report({ id: open.id, why: "骗人" });
    early.push(await all());
    await kit.as(clerk).circle.decide({ id: open.id, pass: false, reason: "不妥" });
    await kit.db.rows("DELETE FROM message");
    await kit.as(who).circle.appeal({ id: open.id, key: key(), why: "不是" });
    early.push(await all());
  }
  const kinds = ["toCheck", "toCheck", "reported", "appealed"];
  expect(early).toEqual([...kinds, ...kinds].map((kind) => [[says(kind)], []]));
  const chief = await inOffice("clerk", town);
  kit.clock.set(at("2026-11-24T00:10"));
  await tick();
  expect(await told(chief)).toEqual([says("checkLate", 4)]);
});

test("what was let through and is taken back once more is told of once more, and waits once more", async () => {
  const { id } = await kit.post(author, { kind: "help", text: "路灯坏了" });
  const photos = [await kit.upload(secretary), await kit.upload(secretary)];
  await kit.as(secretary).circle.reply({ id, key: key(), text: "修好了", move: "start", photos });
  await kit.settle();
  const [first, second] = kit.wechat.asked.slice(-2);
  const found = async (trace = "") => {
    await kit.send(`${trace} risky`);
    await kit.settle();
  };
  await found(first?.trace);
  const [step] = (await kit.as(clerk).circle.queue({ limit: 50 })).items.filter((one) => one.post === id);
  expect(await told(clerk)).toEqual([says("toCheck")]);
  await kit.as(clerk).circle.decide({ id: step?.id ?? "", pass: true });
  kit.clock.advance(1_000);
  await found(second?.trace);
  expect(await told(clerk)).toEqual([says("toCheck", 2)]);
});

describe("those above the village", () => {
  test("hear at once where the village has nobody, and not again", async () => {
    await kit.db.rows("DELETE FROM role_grant WHERE region = ?", [village]);
    await held();
    expect(await told(clerk)).toEqual([says("toCheck")]);
    kit.clock.advance(10 * 86_400_000);
    await tick();
    expect(await told(clerk)).toEqual([says("toCheck")]);
  });

  test("hear once of what waited a whole working day, which a weekend is not", async () => {
    await held();
    const appealed = await refusedBy(clerk);
    await kit.as(author).circle.appeal({ id: appealed, key: key(), why: "不是" });
    const { id } = await kit.post(author);
    await kit.as(await known(villagerOf())).circle.report({ id, why: "骗人" });
    const chief = await inOffice("clerk", town);
    for (const time of ["2026-11-22T10:00", "2026-11-23T23:59"]) {
      kit.clock.set(at(time));
      await tick();
      expect(await told(clerk)).toEqual([]);
    }
    kit.clock.set(at("2026-11-24T00:10"));
    await Promise.all([tick(), tick()]);
    await tick();
    // Nobody is told of the appeal against the own refusal.
    expect([await told(clerk), await told(chief)]).toEqual([[says("checkLate", 2)], [says("checkLate", 3)]]);
  });

  test("hear nothing of what was decided or deleted meanwhile, and of what is held again when that has waited", async () => {
    kit.clock.set(at("2026-11-19T23:59"));
    const { id } = await held();
    const gone = await held();
    await kit.as(author).circle.remove({ id: gone.id });
    const under = await kit.post(author);
    await kit.as(author).circle.comment({ id: under.id, key: key(), text: "代开发票" });
    await kit.as(author).circle.remove({ id: under.id });
    await kit.as(secretary).circle.decide({ id, pass: true });
    kit.clock.set(at("2026-11-20T00:01"));
    await kit.as(author).circle.edit({ id, key: key(), text: "代开发票，又来" });
    expect(await wordOf(kit.as(secretary).circle.decide({ id, pass: true }))).toBe("STALE_VERSION");
    kit.clock.set(at("2026-11-23T10:00"));
    await tick();
    expect(await told(clerk)).toEqual([]);
    kit.clock.set(at("2026-11-24T00:10"));
    await tick();
    expect(await told(clerk)).toEqual([says("checkLate")]);
  });

  test("hear later where nobody was there to be told, and one that cannot be told keeps nobody waiting", async () => {
    await kit.db.rows("DELETE FROM role_grant");
    await held();
    kit.clock.set(at("2026-11-25T10:00"));
    await tick();
    const late = await inOffice("clerk", town);
    await tick();
    expect(await told(late)).toEqual([]);
    kit.clock.advance(86_400_000);
    await tick();
    expect(await told(late)).toEqual([says("checkLate")]);
  });
});

test("a phone rings once for what is gathered until it is read", async () => {
  const jobs = () => kit.db.rows<{ payload: string }>("SELECT payload FROM outbox WHERE kind = 'message.send'");
  await kit.db.rows("DELETE FROM outbox");
  for (let n = 0; n < 3; n++) await held();
  const ids = (await kit.db.rows<{ id: string }>("SELECT id FROM message WHERE person = ?", [secretary.personId])).map(
    ({ id }) => id,
  );
  const asked = (await jobs()).filter(({ payload }) => ids.some((id) => JSON.stringify(payload).includes(id)));
  expect([ids.length, asked.length, (await jobs()).length]).toEqual([1, 1, 3]);
});

describe("whoever reported hears in the inbox alone", () => {
  const heard = ({ personId }: Caller) =>
    kit.db.rows<{ kind: string; page: string; about: string; outside: string | null }>(
      "SELECT kind, page, about, outside FROM message WHERE person = ? ORDER BY at, id",
      [personId],
    );

  test.each([
    [true, "reportKept"],
    [false, "reportActed"],
  ])("what came of it, once (%s), and nobody else does", async (pass, kind) => {
    const { id } = await kit.post(author);
    const [first, second] = [await known(villagerOf()), await known(villagerOf())];
    for (const who of [first, second]) await kit.as(who).circle.report({ id, why: "骗人" });
    await kit.as(secretary).circle.report({ id, why: "骗人" });
    await kit.db.rows("DELETE FROM outbox");
    for (let n = 0; n < 2; n++) await kit.as(secretary).circle.decide({ id, pass, reason: "看过了" });
    const line = { kind, outside: null, ...(pass ? { page: "post", about: id } : { page: "circle", about: village }) };
    expect([await heard(first), await heard(second)]).toEqual([[line], [line]]);
    expect((await heard(secretary)).map((one) => one.kind)).toEqual(["reported"]);
    expect((await heard(author)).map((one) => one.kind)).toEqual(pass ? [] : ["refused"]);
    expect(await kit.db.rows("SELECT 1 FROM outbox WHERE kind = 'message.send'")).toEqual([]);
  });

  test("with the way to the post that a comment stands under, and again when it was reported again", async () => {
    const { id } = await kit.post(author);
    const said = (await kit.as(author).circle.comment({ id, key: key(), text: "骗你的" })).discussion.at(-1)?.id ?? "";
    const [first, second] = [await known(villagerOf()), await known(villagerOf())];
    await kit.as(first).circle.report({ id: said, why: "骗人" });
    await kit.as(secretary).circle.decide({ id: said, pass: true });
    kit.clock.advance(1_000);
    await kit.as(second).circle.report({ id: said, why: "骗人" });
    await kit.as(secretary).circle.decide({ id: said, pass: false, reason: "不妥" });
    expect((await heard(first)).map((one) => one.kind)).toEqual(["reportKept"]);
    expect(await heard(second)).toEqual([{ kind: "reportActed", page: "post", about: id, outside: null }]);
  });
});

describe("the list of what waits", () => {
  const waits = async (id: string, who = secretary) =>
    (await kit.as(who).circle.queue({ limit: 50 })).items.find((one) => one.id === id);

  test("says where a post would be seen, and of a comment under which post it stands", async () => {
    const { id } = await held(author, { kind: "complaint", audience: "villagers", place: "村口" });
    expect(await waits(id)).toMatchObject({
      kind: "complaint",
      audience: "villagers",
      place: "村口",
      villageName: "竹溪村",
      under: null,
      refusal: null,
    });
    const post = await kit.post(author, { text: "今天的事" });
    const { discussion } = await kit.as(author).circle.comment({ id: post.id, key: key(), text: "代开发票" });
    const said = discussion.at(-1)?.id ?? "";
    expect(await waits(said)).toMatchObject({ post: post.id, under: "今天的事", kind: "chat" });
    await kit.as(author).circle.remove({ id: post.id });
    expect(await waits(said)).toBeUndefined();
  });

  test("says of an appeal who refused it, why and when, as colleagues are called; a machine has no name", async () => {
    const id = await refusedBy(clerk);
    const when = kit.clock.now();
    kit.clock.advance(60_000);
    await kit.as(author).circle.appeal({ id, key: key(), why: "不是" });
    expect((await waits(id))?.refusal).toEqual({
      at: when,
      by: nameOf(`office:${clerk.personId}`),
      reason: "不妥",
      label: "other",
    });
    Object.assign(kit.wechat.plan, { words: "risky" });
    const machine = await kit.post(author);
    expect((await waits(machine.id))?.refusal).toBeUndefined();
    await kit.as(author).circle.appeal({ id: machine.id, key: key(), why: "不是" });
    expect((await waits(machine.id))?.refusal).toMatchObject({ by: null, label: "fraud" });
  });
});
