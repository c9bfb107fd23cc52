import { dutyLimits } from "@weimenhu/domain/circle/duty";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { checksKit, platform } from "../../../test/circle-checks.ts";
import { cast, key, village, wordOf } from "../../../test/circle-kit.ts";

const kit = await checksKit();
afterAll(kit.close);
beforeEach(() => {
  Object.assign(kit.wechat.plan, { words: "pass", picture: "push" });
});
const { author, other, secretary } = cast();
const minute = 60_000;

const stateOf = async (id: string) => (await kit.as(author).circle.get({ id })).check;
const isSeen = async (id: string) => (await kit.ids(other)).includes(id);
const isWaiting = async (id: string) =>
  (await kit.as(secretary).circle.queue({ limit: 50 })).items.find((one) => one.id === id) ?? null;
const withPhoto = async (more = {}) => kit.post(author, { photos: [await kit.upload(author)], ...more });
const lastTrace = () => kit.wechat.asked.at(-1)?.trace ?? "";

describe("words", () => {
  test("that pass are shown at once; risky ones are refused with a reason, kept for their author, and never a case", async () => {
    expect((await kit.post(author, { text: "早上好" })).check).toBe("passed");
    kit.wechat.plan.words = "risky";
    const refused = await kit.post(author, { kind: "help", text: "骗人的" });
    expect(refused).toMatchObject({ check: "refused", case: null, text: "骗人的" });
    expect(refused.refused).toContain("欺诈");
    expect(refused.may).toContain("appeal");
    expect(await isSeen(refused.id)).toBe(false);
  });

  test("that a checker is unsure of wait for a person, and so do those of somebody whom it does not check", async () => {
    for (const says of ["review", "not-active"] as const) {
      kit.wechat.plan.words = says;
      const { id, check } = await kit.post(author, { text: `看看 ${says}` });
      expect(check).toBe("held");
      expect(await isSeen(id)).toBe(false);
      expect((await isWaiting(id))?.why).toMatchObject([{ part: "words" }]);
    }
  });

  test("wait while the checker is down, are asked about again, and become their case when it answers", async () => {
    kit.wechat.plan.words = "down";
    const { id, check } = await kit.post(author, { kind: "help", text: "停水了" });
    expect(check).toBe("checking");
    await kit.settle();
    expect([await stateOf(id), await isSeen(id), await isWaiting(id)]).toEqual(["checking", false, null]);
    kit.wechat.plan.words = "pass";
    await kit.later(minute);
    expect(await kit.as(other).circle.get({ id })).toMatchObject({ check: "passed", case: { state: "pending" } });
  });

  test("come to a person when the checker stays away, once", async () => {
    kit.wechat.plan.words = "down";
    const { id } = await kit.post(author, { text: "还在吗" });
    for (let tried = 0; tried < dutyLimits.tries; tried++) await kit.later(10 * minute);
    expect(await stateOf(id)).toBe("held");
    expect((await isWaiting(id))?.why).toEqual([{ part: "words", state: "lost", label: "other" }]);
    await kit.as(secretary).circle.decide({ id, pass: true });
    kit.wechat.plan.words = "risky";
    await kit.later(60 * minute);
    expect(await stateOf(id)).toBe("passed");
  });

  test("of a comment are looked at the same way, and only what is shown counts", async () => {
    const { id } = await kit.post(author, { text: "今天赶场" });
    kit.wechat.plan.words = "down";
    const said = await kit.as(other).circle.comment({ id, key: key(), text: "我也去" });
    expect([said.comments, said.discussion[0]?.check]).toEqual([0, "checking"]);
    expect((await kit.as(author).circle.get({ id })).discussion).toEqual([]);
    kit.wechat.plan.words = "pass";
    await kit.later(minute);
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ comments: 1, discussion: [{ check: "passed" }] });
    kit.wechat.plan.words = "risky";
    const bad = await kit.as(other).circle.comment({ id, key: key(), text: "骗人的" });
    expect(bad.comments).toBe(1);
    expect(bad.discussion.at(-1)).toMatchObject({ check: "refused", may: expect.arrayContaining(["appeal"]) });
  });

  test("of H5 are looked at by the list alone, however they are written", async () => {
    kit.wechat.plan.words = "risky";
    const { circle } = kit.as(author, "web");
    const say = (text: string) => circle.post({ key: key(), village, kind: "chat", text });
    expect((await say("从网页来")).check).toBe("passed");
    expect((await say("代\u200b開 發\u3164票")).check).toBe("held");
  });
});

describe("photos", () => {
  test("keep a post from being seen until WeChat has pushed a pass for each of them", async () => {
    const { id, check } = await kit.post(author, {
      kind: "complaint",
      text: "垃圾没人清",
      photos: [await kit.upload(author), await kit.upload(author)],
    });
    expect(check).toBe("checking");
    await kit.settle();
    const [first, second] = kit.wechat.asked.slice(-2).map(({ trace }) => trace);
    expect((await kit.send(`${first} pass`)).body).toBe("success");
    await kit.settle();
    expect([await stateOf(id), await isSeen(id)]).toEqual(["checking", false]);
    await kit.send(`${second} pass`);
    await kit.send(`${second} risky`);
    await kit.settle();
    expect(await kit.as(other).circle.get({ id })).toMatchObject({ check: "passed", case: { state: "pending" } });
  });

  test("go to the platform over which they came, whoever looked at the words, and to no other", async () => {
    const { id } = await kit.post(author, { text: "代孕请看照片", photos: [await kit.upload(author)] });
    const parts = await kit.db.rows("SELECT media = '' AS words, via, state FROM circle_check WHERE what = ?", [id]);
    expect(parts).toEqual(
      expect.arrayContaining([
        { words: 1, via: "list", state: "review" },
        { words: 0, via: "wechat", state: "waiting" },
      ]),
    );
  });

  test("of an official who signed in there by phone go to Alipay, which asks for no account", async () => {
    const { checkers } = kit.deps;
    const alipay = platform();
    alipay.plan.picture = "pass";
    const before = { ...checkers };
    const { id } = await kit.post(author, { kind: "help", text: "路灯坏了" });
    Object.assign(checkers, { alipay: alipay.checker, accountOf: async () => null });
    const say = { id, key: key(), text: "修好了", photos: [await kit.upload(secretary)] };
    await kit.as(secretary).circle.reply(say);
    await kit.settle();
    Object.assign(checkers, before);
    expect([alipay.passed.size, (await kit.as(other).circle.get({ id })).answer?.photos.length]).toEqual([1, 1]);
  });

  test("refused by a push take the post out before anybody saw it", async () => {
    const { id } = await withPhoto({ text: "看图" });
    await kit.settle();
    await kit.send(`${lastTrace()} risky`);
    await kit.settle();
    expect([await stateOf(id), await isSeen(id)]).toEqual(["refused", false]);
  });

  test("that were refused are told to their author by their numbers, and to nobody else", async () => {
    const photos = [await kit.upload(author), await kit.upload(author), await kit.upload(author)];
    const { id } = await kit.post(author, { text: "三张图", photos });
    await kit.settle();
    // They are asked for in any order.
    const asked = await kit.db.rows<{ media: string; trace: string }>(
      "SELECT media, trace FROM circle_check WHERE what = ? AND media <> ''",
      [id],
    );
    for (const [i, says] of ["risky", "pass", "risky"].entries())
      await kit.send(`${asked.find(({ media }) => media === photos[i])?.trace} ${says}`);
    await kit.settle();
    expect(await kit.as(author).circle.get({ id })).toMatchObject({ check: "refused", photosRefused: [1, 3] });
    expect((await kit.as(secretary).circle.get({ id })).photosRefused).toBeUndefined();
    await kit.as(secretary).circle.decide({ id, pass: true });
    expect((await kit.as(author).circle.get({ id })).photosRefused).toBeUndefined();
  });

  test("of a refused post may be shown by the next one, and are looked at anew", async () => {
    const photos = [await kit.upload(author), await kit.upload(author)];
    const { id } = await kit.post(author, { text: "改好再发", photos });
    await kit.settle();
    await kit.send(`${lastTrace()} risky`);
    await kit.settle();
    expect(await stateOf(id)).toBe("refused");
    const before = kit.wechat.asked.length;
    const next = await kit.post(author, { text: "改好了", photos: photos.slice(0, 1) });
    await kit.settle();
    expect([next.check, kit.wechat.asked.length - before]).toEqual(["checking", 1]);
    await kit.send(`${lastTrace()} pass`);
    await kit.settle();
    expect([await stateOf(next.id), await stateOf(id)]).toEqual(["passed", "refused"]);
  });

  test("pushed before we had written down that we asked are not lost", async () => {
    const { id } = await withPhoto({ text: "抢先" });
    await kit.send(`t-${kit.wechat.asked.length} pass`);
    await kit.settle();
    expect(await stateOf(id)).toBe("passed");
  });

  test("are not believed from anybody else", async () => {
    const { id } = await withPhoto({ text: "别信" });
    await kit.settle();
    expect((await kit.send(`${lastTrace()} pass`, "wrong")).statusCode).toBe(403);
    expect((await kit.send(`${lastTrace()} nothing`)).body).toBe("success");
    await kit.settle();
    expect(await stateOf(id)).toBe("checking");
    expect([(await kit.hello("wrong")).statusCode, (await kit.hello("right")).body]).toEqual([403, "e1"]);
  });

  test.each(["error", "never"] as const)("of which WeChat says nothing (%s) come to a person", async (how) => {
    const { id } = await withPhoto({ text: `没结果 ${how}` });
    await kit.settle();
    const trace = lastTrace();
    if (how === "error") await kit.send(`${trace} error`);
    await kit.later(dutyLimits.pushMs);
    expect(await stateOf(id)).toBe("held");
    await kit.send(`${trace} pass`);
    await kit.later(minute);
    expect(await stateOf(id)).toBe("held");
  });

  test("from H5, where nobody can look at them, wait for a person", async () => {
    const photos = [await kit.upload(author)];
    const sent = await kit
      .as(author, "web")
      .circle.post({ key: key(), village, kind: "chat", text: "网页照片", photos });
    expect(sent.check).toBe("held");
    expect((await isWaiting(sent.id))?.why).toMatchObject([{ part: "photo", state: "lost" }]);
  });
});

describe("an edit", () => {
  test("is looked at like a new post; a photo that has passed is not asked about again", async () => {
    const photo = await kit.upload(author);
    const { id } = await kit.post(author, { text: "一", photos: [photo] });
    await kit.settle();
    await kit.send(`${lastTrace()} pass`);
    await kit.settle();
    const asked = kit.wechat.asked.length;
    expect((await kit.as(author).circle.edit({ id, key: key(), text: "二", photos: [photo] })).check).toBe("passed");
    const more = [photo, await kit.upload(author)];
    expect((await kit.as(author).circle.edit({ id, key: key(), text: "二", photos: more })).check).toBe("checking");
    expect(await isSeen(id)).toBe(false);
    await kit.settle();
    expect(kit.wechat.asked.length - asked).toBe(1);
    kit.wechat.plan.words = "risky";
    expect((await kit.as(author).circle.edit({ id, key: key(), text: "三", photos: more })).check).toBe("refused");
    await kit.send(`${lastTrace()} pass`);
    await kit.settle();
    expect(await stateOf(id)).toBe("refused");
  });

  test("leaves no trace for neighbours of words that nobody had passed", async () => {
    kit.wechat.plan.words = "down";
    const { id } = await kit.post(author, { text: "没人看过的话" });
    kit.wechat.plan.words = "pass";
    for (const text of ["看过的话", "再看过的话"]) await kit.as(author).circle.edit({ id, key: key(), text });
    const read = async (who: typeof author) => (await kit.as(who).circle.history({ id })).items.map(({ text }) => text);
    expect(await read(other)).toEqual(["看过的话"]);
    for (const who of [author, secretary]) expect(await read(who)).toEqual(["看过的话", "没人看过的话"]);
  });

  test("that came between looking and deciding stops the decision", async () => {
    kit.wechat.plan.words = "review";
    const { id } = await kit.post(author, { text: "请看这个" });
    await kit.as(author).circle.edit({ id, key: key(), text: "换成另一个" });
    expect(await wordOf(kit.as(secretary).circle.decide({ id, pass: true }))).toBe("STALE_VERSION");
    const version = (await isWaiting(id))?.version;
    await kit.as(secretary).circle.decide({ id, pass: true, ...(version === undefined ? {} : { version }) });
    expect(await stateOf(id)).toBe("passed");
  });

  test("of words nobody could check yet becomes the case of the new words", async () => {
    kit.wechat.plan.words = "down";
    const { id } = await kit.post(author, { kind: "help", text: "停电" });
    kit.wechat.plan.words = "pass";
    const after = await kit.as(author).circle.edit({ id, key: key(), text: "停电了" });
    expect(after).toMatchObject({ check: "passed", case: { state: "pending" } });
    await kit.later(minute);
    expect((await kit.as(other).circle.get({ id })).steps).toHaveLength(1);
  });
});

test("a job that was lost for good does not leave words waiting for ever", async () => {
  kit.wechat.plan.words = "down";
  const { id } = await kit.post(author, { text: "丢了的" });
  await kit.db.pool.query("DELETE FROM outbox");
  await kit.later(2 * 60 * minute + 1);
  await kit.free();
  expect(await stateOf(id)).toBe("held");
  expect((await isWaiting(id))?.why).toMatchObject([{ state: "lost" }]);
});
