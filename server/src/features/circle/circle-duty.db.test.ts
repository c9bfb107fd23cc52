import type { Caller } from "@weimenhu/domain/permissions";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { cadre, cast, circleKit, key, nameOf, village, villagerOf, wordOf } from "../../../test/circle-kit.ts";
import { loadCalendar } from "../../foundation/cases/index.ts";
import { refusalIn } from "../../kernel/refuse.ts";
import { inTx } from "../../kernel/tx.ts";
import { circleHolding, waitingModeration } from "./index.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, other, follower, secretary, committee, clerk, elsewhere } = cast();
const waits = (who: Caller) => waitingModeration(kit.ctx(who, { db: kit.db }));
const bad = "代\u200b开-发 票";

describe("words that the village should not read unseen", () => {
  test("are shown to their author and to those who check, and to nobody else before somebody has looked", async () => {
    const held = await kit.post(author, { kind: "help", text: bad });
    expect(held).toMatchObject({ check: "held", case: null });
    const { circle } = kit.as(other);
    for (const who of [other, follower, committee]) {
      expect(await wordOf(kit.as(who).circle.get({ id: held.id }))).toBe("NOT_FOUND");
      expect(JSON.stringify(await circle.feed({ village }))).not.toContain(held.id);
    }
    expect((await kit.as(author).circle.feed({ village })).items[0]?.id).toBe(held.id);
    expect((await kit.as(secretary).circle.queue({})).items.map((one) => one.id)).toContain(held.id);
    expect((await kit.as(elsewhere).circle.queue({})).items).toEqual([]);
    expect(await waits(secretary)).toMatchObject([{ id: village, region: village, title: "1 条内容等待审核" }]);
    for (const who of [elsewhere, committee, author, { ...secretary, strong: false }])
      expect(await waits(who)).toEqual([]);
    await kit.as(secretary).circle.decide({ id: held.id, pass: true });
    await kit.as(secretary).circle.decide({ id: held.id, pass: true });
    const seen = await circle.get({ id: held.id });
    expect(seen).toMatchObject({ check: "passed", case: { state: "pending" } });
    expect(seen.steps).toMatchObject([{ move: "raise", by: { name: nameOf(author.personId) } }]);
    expect((await kit.as(secretary).circle.queue({})).items).toEqual([]);
    expect(await waits(secretary)).toEqual([]);
  });

  test("refused need a reason, which their author reads and neighbours do not", async () => {
    const { id } = await kit.post(author, { text: bad });
    expect(await wordOf(kit.as(secretary).circle.decide({ id, pass: false }))).toBe("REASON_NEEDED");
    await kit.as(clerk).circle.decide({ id, pass: false, reason: "广告" });
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ check: "refused", refused: "广告" });
    expect(await wordOf(kit.as(author).circle.edit({ id, key: key(), text: "改好了" }))).toBe("WRONG_STATE");
    expect(await wordOf(kit.as(author).circle.comment({ id, key: key(), text: "为什么" }))).toBe("WRONG_STATE");
    expect(await wordOf(kit.as(other).circle.get({ id }))).toBe("NOT_FOUND");
    const own = await kit.post(secretary, { text: bad });
    expect(await waits(secretary)).toEqual([]);
    expect(await wordOf(kit.as(secretary).circle.decide({ id: own.id, pass: true }))).toBe("SAME_PERSON");
  });

  test("are decided by one: who decides otherwise at the same time is told so, and may do it once somebody reports it", async () => {
    const { id } = await kit.post(author, { text: bad });
    await kit.as(clerk).circle.decide({ id, pass: true });
    const refusal = { id, pass: false, reason: "广告" };
    expect(await wordOf(kit.as(secretary).circle.decide(refusal))).toBe("WRONG_STATE");
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ check: "passed" });
    await kit.as(other).circle.report({ id, why: "广告" });
    await kit.as(secretary).circle.decide(refusal);
    expect(await wordOf(kit.as(clerk).circle.decide({ id, pass: true }))).toBe("WRONG_STATE");
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ check: "refused", refused: "广告" });
  });

  test("are held in comments and edits too, and what was reported can be taken out of sight", async () => {
    const { id } = await kit.post(author);
    const said = await kit.as(other).circle.comment({ id, key: key(), text: bad });
    const comment = said.discussion[0]?.id ?? "";
    expect(said.comments).toBe(0);
    expect((await kit.as(author).circle.get({ id })).discussion).toEqual([]);
    await kit.as(secretary).circle.decide({ id: comment, pass: true });
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ comments: 1, discussion: [{ id: comment }] });
    await kit.as(author).circle.report({ id: comment, why: "广告" });
    await kit.as(author).circle.report({ id: comment, why: "广告" });
    const { items } = await kit.as(secretary).circle.queue({});
    expect(items.find((one) => one.id === comment)).toMatchObject({ post: id, reports: ["广告"] });
    await kit.as(secretary).circle.decide({ id: comment, pass: false, reason: "广告" });
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ comments: 0, discussion: [] });
    expect(await kit.as(author).circle.edit({ id, key: key(), text: bad })).toMatchObject({ check: "held" });
    expect(await wordOf(kit.as(other).circle.get({ id }))).toBe("NOT_FOUND");
  });
});

test("whoever is reported does not read what was said against them, and somebody else does", async () => {
  const { id } = await kit.post(secretary, { text: "书记说的" });
  const said =
    (await kit.as(secretary).circle.comment({ id, key: key(), text: "再说一句" })).discussion.at(-1)?.id ?? "";
  const why = "书记收了我家的钱，我是三组的";
  for (const what of [id, said]) await kit.as(other).circle.report({ id: what, why });
  const found = async (who: Caller) =>
    (await kit.as(who).circle.queue({ limit: 50 })).items.filter((one) => one.post === id);
  expect((await found(secretary)).map(({ reports, mayDecide }) => [reports, mayDecide])).toEqual([
    [[], false],
    [[], false],
  ]);
  expect((await found(clerk)).map(({ reports, mayDecide }) => [reports, mayDecide])).toEqual([
    [[why], true],
    [[why], true],
  ]);
});

test("of what was raised later its author stands as one who raised it at once: without a mark that they had not", async () => {
  const steps = async (text: string) => {
    const { id, check } = await kit.post(clerk, { kind: "help", text });
    if (check === "held") await kit.as(secretary).circle.decide({ id, pass: true });
    return (await kit.as(other).circle.get({ id })).steps.map(({ by }) => by);
  };
  expect(await steps("代开发票")).toEqual(await steps("镇里的人求助"));
});

test("what was reported and then deleted by its author waits for nobody", async () => {
  const { id } = await kit.post(author);
  await kit.as(other).circle.report({ id, why: "广告" });
  const waits = async () => (await kit.as(secretary).circle.queue({})).items.some((one) => one.id === id);
  expect(await waits()).toBe(true);
  await kit.as(author).circle.remove({ id });
  expect(await waits()).toBe(false);
});

test("a case reads as its post was put in other words, and a photo added there asks for one of how it ended", async () => {
  const { id } = await kit.post(author, { kind: "help", text: "电话 19900000009，沟边有垃圾" });
  const photos = [await kit.upload(author)];
  await kit.as(author).circle.edit({ id, key: key(), text: "沟边有垃圾", photos });
  const file = await kit.db.rows<{ summary: string; photo: number }>(
    "SELECT summary, photo FROM case_file WHERE subject = ?",
    [`post:${id}`],
  );
  expect(file).toEqual([{ summary: "沟边有垃圾", photo: 1 }]);
});

describe("an account that is closed", () => {
  test("leaves tombstones without words, and counters that equal their rows", async () => {
    const me = villagerOf();
    const [mine, raised] = [
      await kit.post(me, { text: "我的话" }),
      await kit.post(me, { kind: "help", text: "我的事" }),
    ];
    const { id } = await kit.post(other);
    await kit.as(me).circle.comment({ id, key: key(), text: "我的评论" });
    await kit.as(me).circle.like({ id, on: true });
    const days = loadCalendar("");
    const holding = circleHolding({ cases: { calendar: () => days } });
    const file = JSON.stringify(await holding.export(kit.db, me.personId));
    for (const word of ["我的话", "我的事", "我的评论"]) expect(file).toContain(word);
    await inTx(kit.db, (tx) => holding.close(tx, me.personId, kit.clock.now()));
    expect(await kit.as(other).circle.get({ id })).toMatchObject({ likes: 0, comments: 0 });
    expect(await kit.as(other).circle.get({ id: mine.id })).toMatchObject({ deleted: true, text: "" });
    const left = await kit.db.rows(
      "SELECT text FROM post WHERE author = ? UNION SELECT text FROM post_comment WHERE author = ?",
      [me.personId, me.personId],
    );
    expect(left).toEqual([{ text: "" }]);
    const files = await kit.db.rows("SELECT state FROM case_file WHERE subject = ?", [`post:${raised.id}`]);
    expect(files).toEqual([{ state: "closed" }]);
  });
});

test("whatever people do at once, counters, shelf and state of a post equal the rows behind them", async () => {
  const people = [villagerOf(), villagerOf(), villagerOf()];
  const staff = cadre("secretary", village);
  const acts = [
    "like",
    "unlike",
    "comment",
    "held",
    "held",
    "removeComment",
    "removeComment",
    "edit",
    "remove",
    "decide",
    "refuse",
    "reply",
  ] as const;
  const act = fc.record({ who: fc.nat(2), act: fc.constantFrom(...acts), on: fc.nat(1), pick: fc.nat(9) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 8 }),
      async (rounds) => {
        const posts = [await kit.post(people[0] ?? author, { kind: "help" }), await kit.post(people[1] ?? author)];
        const run = async (one: { who: number; act: (typeof acts)[number]; on: number; pick: number }) => {
          const id = posts[one.on]?.id ?? "";
          const { circle } = kit.as(people[one.who] ?? author);
          const said = await kit.db.rows<{ id: string; author: string }>(
            "SELECT id, author FROM post_comment WHERE post = ? ORDER BY id",
            [id],
          );
          const comment = said[one.pick % Math.max(1, said.length)]?.id ?? id;
          const what = one.pick % 2 === 0 ? id : comment;
          switch (one.act) {
            case "like":
            case "unlike":
              return circle.like({ id, on: one.act === "like" });
            case "comment":
            case "held":
              return circle.comment({ id, key: key(), text: one.act === "held" ? bad : "好" });
            case "removeComment": {
              const own = said.filter((row) => row.author === people[one.who]?.personId);
              return circle.removeComment({ id: own[one.pick % Math.max(1, own.length)]?.id ?? id });
            }
            case "edit":
              return circle.edit({ id, key: key(), text: one.pick === 0 ? bad : "改" });
            case "remove":
              return one.pick === 0 ? circle.remove({ id }) : null;
            case "decide":
            case "refuse":
              return kit.as(staff).circle.decide({ id: what, pass: one.act === "decide", reason: "试" });
            case "reply":
              return kit.as(staff).circle.reply({ id, key: key(), text: "办" });
          }
        };
        for (const round of rounds) {
          const ends = await Promise.allSettled(round.map(run));
          const faults = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
          expect(faults.filter((fault) => refusalIn(fault) === null)).toEqual([]);
          for (const { id } of posts)
            expect(await counters(id)).toEqual({ likes: true, comments: true, shelf: true, state: true });
        }
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);

async function counters(id: string) {
  const [row] = await kit.db.rows(
    `SELECT p.likes = (SELECT COUNT(*) FROM post_like l WHERE l.post = p.id) AS likes,
            p.comments = (SELECT COUNT(*) FROM post_comment c
                          WHERE c.post = p.id AND c.check_state = 'passed' AND c.deleted_at IS NULL) AS comments,
            (p.shelf > 0) = (p.check_state = 'passed' AND p.deleted_at IS NULL) AS shelf,
            p.state = COALESCE((SELECT f.state FROM case_file f WHERE f.subject = CONCAT('post:', p.id)), '') AS state
     FROM post p WHERE p.id = ?`,
    [id],
  );
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value) === 1]));
}
