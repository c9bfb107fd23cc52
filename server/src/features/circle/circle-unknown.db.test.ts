import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { checksKit, platform } from "../../../test/circle-checks.ts";
import { cast, key, village, villagerOf } from "../../../test/circle-kit.ts";

const kit = await checksKit();
afterAll(kit.close);
const alipay = platform();
/** As after a sign-in by a code over SMS: no platform calls this person anything. */
const unknown = new Set<string>();
beforeEach(() => {
  const { checkers } = kit.deps;
  const accountOf = async (_db: unknown, id: string, of: string) => (unknown.has(id) ? null : `${of}-${id}`);
  Object.assign(checkers, { alipay: null, accountOf });
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
  Object.assign(alipay.plan, { words: "pass", picture: "pass" });
});
const { author, other, secretary, committee } = cast();
for (const { personId } of [author, committee]) unknown.add(personId);

const checkOf = async (id: string) => (await kit.as(author).circle.get({ id })).check;
const isSeen = async (id: string) => (await kit.ids(other)).includes(id);
const whyOf = async (id: string) =>
  (await kit.as(secretary).circle.queue({ limit: 50 })).items.find((one) => one.id === id)?.why;
const lostWords = [{ part: "words", state: "lost", label: "other" }];

describe("what somebody writes through WeChat whom WeChat does not know is seen by nobody until a person has looked", () => {
  test("a post, which then becomes its case", async () => {
    const { id, check } = await kit.post(author, { kind: "help", text: "水管裂了" });
    expect([check, await isSeen(id), await whyOf(id)]).toEqual(["held", false, lostWords]);
    await kit.as(secretary).circle.decide({ id, pass: true });
    expect(await kit.as(other).circle.get({ id })).toMatchObject({ check: "passed", case: { state: "pending" } });
  });

  test("an edit of what stood", async () => {
    const me = villagerOf();
    const { id, check } = await kit.post(me, { text: "早上好" });
    unknown.add(me.personId);
    const edited = await kit.as(me).circle.edit({ id, key: key(), text: "另一句话" });
    expect([check, edited.check, await isSeen(id)]).toEqual(["passed", "held", false]);
  });

  test("a comment", async () => {
    const { id } = await kit.post(other, { text: "今天赶场" });
    const said = await kit.as(author).circle.comment({ id, key: key(), text: "我也去" });
    expect(said).toMatchObject({ comments: 0, discussion: [{ check: "held" }] });
    expect((await kit.as(other).circle.get({ id })).discussion).toEqual([]);
    expect(await whyOf(said.discussion[0]?.id ?? "")).toEqual(lostWords);
  });

  test.each([null, alipay.checker])("a photo, whoever else could be asked about it (%#)", async (also) => {
    Object.assign(kit.deps.checkers, { alipay: also });
    const { id } = await kit.post(author, { text: "看这张", photos: [await kit.upload(author)] });
    await kit.settle();
    expect([await checkOf(id), await isSeen(id)]).toEqual(["held", false]);
    await kit.as(secretary).circle.decide({ id, pass: true });
    expect([await checkOf(id), await isSeen(id)]).toEqual(["passed", true]);
  });

  test("words with a step of a case, which moves at once", async () => {
    const { id } = await kit.post(author, { kind: "help", text: "井盖坏了" });
    await kit.as(secretary).circle.decide({ id, pass: true });
    const file = (await kit.as(author).circle.get({ id })).case?.id ?? "";
    await kit.as(author).cases.move({ id: file, key: key(), move: "withdraw", text: "自己修好了" });
    await kit.settle();
    const steps = async (who: typeof other) => (await kit.as(who).circle.get({ id })).steps.at(-1);
    expect(await steps(author)).toMatchObject({ text: "自己修好了", check: "held" });
    expect(await steps(other)).toMatchObject({ text: "", withheld: true });
  });

  test("but what is said in office stands by the list, and that nobody looked is known", async () => {
    const { id } = await kit.post(other, { text: "几点开会" });
    await kit.as(committee).circle.reply({ id, key: key(), text: "明天上午" });
    await kit.settle();
    expect((await kit.as(author).circle.get({ id })).answer?.text).toBe("明天上午");
    const parts = await kit.db.rows(
      "SELECT c.via, c.state FROM circle_check c JOIN post_comment p ON p.id = c.what AND p.post = ?",
      [id],
    );
    expect(parts).toEqual([{ via: "wechat", state: "lost" }]);
  });
});

describe("what somebody writes through Alipay whom Alipay does not know is looked at all the same", () => {
  test.each([
    ["pass", "passed"],
    ["risky", "refused"],
  ] as const)("%s", async (words, check) => {
    Object.assign(kit.deps.checkers, { alipay: alipay.checker });
    alipay.plan.words = words;
    const { circle } = kit.as(author, "alipay");
    expect((await circle.post({ key: key(), village, kind: "chat", text: `从支付宝来 ${words}` })).check).toBe(check);
  });
});
