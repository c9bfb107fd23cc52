import type { CaseMove } from "@weimenhu/domain/cases/state";
import { afterAll, describe, expect, test } from "vitest";
import { type CircleKit, cast, circleKit, key, village, wordOf } from "../../../test/circle-kit.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, follower, secretary, committee, clerk } = cast();

type More = Partial<Parameters<ReturnType<CircleKit["as"]>["circle"]["reply"]>[0]>;
const reply = (who: typeof author, id: string, text: string, more: More = {}) =>
  kit.as(who).circle.reply({ id, key: key(), text, ...more });

describe("an official answer", () => {
  const stars = (id: string) => kit.as(author).circle.get({ id });

  test("takes the case up in the same act, and stands beside the post for everybody", async () => {
    const { id } = await kit.post(author, { kind: "complaint", text: "垃圾", photos: [await kit.upload(author)] });
    for (const who of [author, follower]) expect(await wordOf(reply(who, id, "我来"))).toBe("NOT_ALLOWED");
    expect(await reply(secretary, id, "马上处理")).toMatchObject({
      case: { state: "handling" },
      answer: { text: "马上处理", move: "start", by: { mark: "official", title: "竹溪村书记" } },
    });
    expect(await wordOf(reply(secretary, id, "清完了", { move: "finish" }))).toBe("AFTER_PHOTO_NEEDED");
    const photos = [await kit.upload(secretary)];
    await reply(secretary, id, "清完了", { move: "finish", photos });
    const [card] = (await kit.as(follower).circle.feed({ village, state: "confirming" })).items;
    expect(card).toMatchObject({ id, answer: { text: "清完了", photos: [{ width: 800 }] }, case: { may: [] } });
    expect((await stars(id)).case?.may).toContain("confirm");
    const { id: file } = (await stars(id)).case ?? { id: "" };
    await kit.as(author).cases.move({ id: file, key: key(), move: "confirm" });
    expect((await kit.as(follower).circle.get({ id })).case?.state).toBe("closed");
  });

  test("sent twice is given once, though the case has moved on; with other words the key is refused", async () => {
    const { id } = await kit.post(author, { kind: "help" });
    const input = { id, key: key(), text: "马上" };
    await kit.as(secretary).circle.reply(input);
    expect((await kit.as(secretary).circle.reply(input)).steps).toHaveLength(2);
    expect(await wordOf(kit.as(secretary).circle.reply({ ...input, text: "不办" }))).toBe("KEY_REUSED");
  });

  test("is a comment in office where there is no case", async () => {
    const { id } = await kit.post(author, { kind: "suggestion" });
    const input = { id, key: key(), text: "采纳" };
    await kit.as(committee).circle.reply(input);
    const seen = await kit.as(committee).circle.reply(input);
    expect(seen).toMatchObject({ comments: 1, answer: { text: "采纳", move: null }, case: null });
    expect(seen.discussion).toMatchObject([{ by: { mark: "official", title: "竹溪村村委会委员" } }]);
    expect(await wordOf(reply(committee, id, "办", { move: "start" }))).toBe("BAD_INPUT");
  });

  test("stands beside the post for as long as colleagues and its writer let it, and then the one before", async () => {
    const { id } = await kit.post(author, { kind: "suggestion" });
    const answered = async () => (await kit.as(follower).circle.get({ id })).answer?.text ?? null;
    const { discussion } = await reply(committee, id, "不采纳");
    const comment = discussion[0]?.id ?? "";
    expect(await answered()).toBe("不采纳");
    await kit.as(secretary).circle.decide({ id: comment, pass: false, reason: "不妥" });
    expect(await answered()).toBeNull();
    await kit.as(secretary).circle.decide({ id: comment, pass: true });
    expect(await answered()).toBe("不采纳");
    const second = (await reply(committee, id, "采纳")).discussion.at(-1)?.id ?? "";
    expect(await answered()).toBe("采纳");
    await kit.as(committee).circle.removeComment({ id: second });
    expect(await answered()).toBe("不采纳");
    await kit.as(committee).circle.removeComment({ id: comment });
    expect(await answered()).toBeNull();
  });

  test("is no word between offices: these stand in the record, and beside the post what was said to its author", async () => {
    const { id, case: file } = await kit.post(author, { kind: "help", text: "水管坏了" });
    const { id: of } = file ?? { id: "" };
    const move = (who: typeof author, move: CaseMove, text: string, more: object = {}) =>
      kit.as(who).cases.move({ id: of, key: key(), move, text, ...more });
    const answer = async () => (await kit.as(follower).circle.get({ id })).answer?.text ?? null;
    await kit.inOffice(committee);
    await move(secretary, "assign", "你去看看", { to: committee.personId });
    expect(await answer()).toBeNull();
    await reply(secretary, id, "已收到，马上处理");
    await move(secretary, "pause", "等材料");
    await move(secretary, "resume", "材料到了");
    await move(secretary, "askMore", "人手不够");
    await move(clerk, "denyMore", "不同意延期：你们上次也这样拖");
    expect(await answer()).toBe("已收到，马上处理");
    await move(secretary, "transfer", "已转给镇里的水管站");
    await move(clerk, "return", "这是村里的管子");
    expect(await answer()).toBe("已转给镇里的水管站");
    await move(author, "withdraw", "");
    const said = (await reply(secretary, id, "以后再反映")).discussion.at(-1)?.id ?? "";
    await kit.as(secretary).circle.removeComment({ id: said });
    expect(await answer()).toBe("已转给镇里的水管站");
    const { steps } = await kit.as(follower).circle.get({ id });
    expect(steps.map((one) => one.text)).toContain("不同意延期：你们上次也这样拖");
  });

  test("given on the cases' own desk is the same answer", async () => {
    const { id, case: file } = await kit.post(author, { kind: "help" });
    await kit.as(secretary).cases.move({ id: file?.id ?? "", key: key(), move: "start", text: "在路上" });
    expect((await kit.as(follower).circle.feed({ village, answered: true })).items[0]).toMatchObject({
      id,
      answer: { text: "在路上" },
      case: { state: "handling" },
    });
  });
});
