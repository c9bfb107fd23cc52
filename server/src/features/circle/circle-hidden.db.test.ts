import { afterAll, describe, expect, test } from "vitest";
import { cadre, cast, circleKit, key, nameOf, village, villagerOf, wordOf } from "../../../test/circle-kit.ts";
import { somebody } from "../../../test/room.ts";

const kit = await circleKit();
afterAll(kit.close);
const { ids } = kit;
const { author, other, follower, secretary, committee, clerk } = cast();

describe("who hides", () => {
  test("is in no byte that a neighbour or staff receive, whatever they ask", async () => {
    const me = villagerOf();
    const text = "投诉内容";
    const { id } = await kit.post(me, { kind: "complaint", hideMe: true, text });
    const mine = kit.as(me).circle;
    const { discussion } = await mine.comment({ id, key: key(), text: "我再补充一句" });
    await kit.as(other).circle.comment({ id, key: key(), text: "我也看到了", under: discussion[0]?.id });
    await kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理" });
    await kit.as(secretary).circle.reply({ id, key: key(), text: "清完了", move: "finish" });
    const file = (await mine.get({ id })).case;
    await kit.as(me).cases.move({ id: file?.id ?? "", key: key(), move: "confirm" });
    await mine.edit({ id, key: key(), text: `${text}。` });
    for (const who of [other, follower, secretary, committee, clerk]) {
      const { circle, cases } = kit.as(who);
      await circle.block({ id, on: true });
      await circle.block({ id, on: false });
      const staff = who === secretary || who === clerk;
      const answers = [
        await circle.feed({ village }),
        await circle.feed({ which: "followed" }),
        await circle.feed({ which: "mine" }),
        await circle.feed({ village, q: text }),
        await circle.get({ id }),
        await circle.history({ id }),
        await circle.comments({ id, cursor: id }),
        ...(who === follower ? [] : [await circle.comment({ id, key: key(), text: "顶" })]),
        ...(who === follower ? [] : [await circle.like({ id, on: true })]),
        await circle.report({ id, why: "试" }),
        ...(staff ? [await circle.queue({}), await cases.desk({ region: village })] : []),
        ...(staff ? [await cases.get({ id: file?.id ?? "" })] : []),
      ];
      const bytes = JSON.stringify(answers);
      expect(bytes).toContain(text);
      for (const secret of [me.personId, nameOf(me.personId), "19900000001"]) expect(bytes).not.toContain(secret);
    }
    expect(JSON.stringify(await mine.get({ id }))).toContain(nameOf(me.personId));
  });

  test.each(["committee", "secretary"] as const)(
    "is told by nothing from anybody else: the same bytes, by a cadre (%s) as by a villager",
    async (role) => {
      const office = somebody([{ role, region: village }], { follows: [village] });
      const pair = [office, villagerOf()];
      const made = [];
      for (const me of pair) {
        const { id } = await kit.post(me, { kind: "complaint", hideMe: true, text: "没有人管" });
        await kit.as(me).circle.comment({ id, key: key(), text: "我再补充一句" });
        await kit.as(clerk).circle.reply({ id, key: key(), text: "马上处理" });
        await kit.as(clerk).circle.reply({ id, key: key(), text: "办好了", move: "finish" });
        const file = (await kit.as(me).circle.get({ id })).case?.id ?? "";
        await kit.as(me).cases.move({ id: file, key: key(), move: "reopen", text: "没有办好" });
        made.push({ id, file });
      }
      for (const who of [other, follower, secretary, clerk]) {
        const { circle, cases } = kit.as(who);
        const staff = who === secretary || who === clerk;
        const [first, second] = await Promise.all(
          made.map(async ({ id, file }) => {
            const card = (await circle.feed({ village, limit: 50 })).items.find((one) => one.id === id);
            const comments = await circle.comments({ id, cursor: id });
            const seen = [card, await circle.get({ id }), comments, ...(staff ? [await cases.get({ id: file })] : [])];
            return JSON.stringify(seen).replaceAll(/[0-9A-Z]{26}/g, "ID");
          }),
        );
        expect(first).toContain("我再补充一句");
        expect(first).toBe(second);
      }
    },
  );

  test("is in no row of the audit, whatever they do, but in those of the looks at who it is", async () => {
    const me = villagerOf();
    const { circle, cases } = kit.as(me);
    const hide = (text: string) => kit.post(me, { kind: "complaint", hideMe: true, text });
    const { id } = await hide("代开-发 票");
    await kit.as(secretary).circle.decide({ id, pass: false, reason: "广告" });
    await circle.appeal({ id, key: key(), why: "不是广告" });
    await kit.as(clerk).circle.decide({ id, pass: true });
    await circle.edit({ id, key: key(), text: "投诉内容" });
    await circle.comment({ id, key: key(), text: "我再补充一句" });
    for (const move of ["start", "finish"] as const)
      await kit.as(secretary).circle.reply({ id, key: key(), text: "马上处理", move });
    const file = (await circle.get({ id })).case?.id ?? "";
    await cases.rate({ id: file, key: key(), stars: 1, tags: [], text: "没有办" });
    await circle.remove({ id });
    const rows = await kit.db.rows<{ act: string }>("SELECT * FROM audit WHERE on_whom IN (?, ?)", [id, file]);
    expect(rows.map(({ act }) => act)).toContain("circle.appeal");
    expect(JSON.stringify(await kit.db.rows("SELECT * FROM audit"))).not.toContain(me.personId);
    const appeals = await kit.db.rows("SELECT person FROM circle_appeal WHERE what = ?", [id]);
    expect(appeals).toEqual([{ person: me.personId }]);
  });

  test("stays unknown to those who block and watch what else disappears", async () => {
    const me = villagerOf();
    const hidden = await kit.post(me, { kind: "complaint", hideMe: true });
    const open = await kit.post(me);
    const reader = villagerOf();
    const seen = async () => (await ids(reader)).filter((id) => id === hidden.id || id === open.id);
    await kit.as(reader).circle.block({ id: hidden.id, on: true });
    expect(await seen()).toEqual([open.id]);
    expect(await wordOf(kit.as(reader).circle.get({ id: hidden.id }))).toBe("POST_BLOCKED");
    await kit.as(reader).circle.block({ id: hidden.id, on: false });
    await kit.as(reader).circle.block({ id: open.id, on: true });
    expect(await seen()).toEqual([hidden.id]);
  });

  test("is told to staff above the village alone, and each look is on the record first", async () => {
    const { id } = await kit.post(author, { kind: "complaint", hideMe: true });
    const ask = (who: typeof author, of = id) => kit.as(who).circle.unmask({ id: of, why: "核实情况" });
    for (const who of [other, secretary, committee]) expect(await wordOf(ask(who))).toBe("NOT_ALLOWED");
    // Of the village's own office, whatever its title: the complaint may be about it.
    const own = cadre("clerk", village);
    expect(await wordOf(ask(own))).toBe("NOT_ALLOWED");
    expect((await kit.as(own).circle.get({ id })).may).not.toContain("unmask");
    expect((await kit.as(clerk).circle.get({ id })).may).toContain("unmask");
    expect(await wordOf(ask(cadre("clerk", "990101102000")))).toBe("NOT_FOUND");
    expect(await ask(clerk)).toEqual({ name: nameOf(author.personId), phone: "19900000001" });
    const looks = await kit.db.rows("SELECT actor, detail FROM audit WHERE act = 'circle.unmask' AND on_whom = ?", [
      author.personId,
    ]);
    expect(looks).toEqual([{ actor: clerk.personId, detail: JSON.stringify({ post: id, why: "核实情况" }) }]);
    expect(await wordOf(ask(clerk, (await kit.post(author)).id))).toBe("WRONG_STATE");
  });
});
