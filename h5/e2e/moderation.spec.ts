import { expect, test } from "vitest";
import { reported } from "./cases.ts";
import { people } from "./county.ts";
import { forgetCodes } from "./desk.ts";
import { aWalk, button, link, picture, quiet, sees, type Visit } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";

/** What waits for a person's eyes, on small screens and on the desk. */
const { county, visit } = aWalk();
const small = [
  [390, 844],
  [320, 640],
] as const;
const editions = [
  { skin: 0, rule: rules.normal },
  { skin: 1, rule: rules.elder },
] as const;

/** A complaint that is held, a comment that is reported, and an appeal against the town's refusal. */
async function waiting(mark: string) {
  const [author, clerk, other] = await Promise.all(
    [people.villager, people.townClerk, people.elder].map(async (one) => (await county().person(one)).api),
  );
  if (!author || !clerk || !other) throw new Error("nobody is there");
  const say = (kind: "complaint" | "chat", text: string) =>
    author.circle.post.mutate({
      key: crypto.randomUUID(),
      village: county().village.code,
      kind,
      text,
      place: "村口老槐树下",
    });
  await say("complaint", `代开发票的人天天来敲门，请村里管一管 ${mark}`);
  const post = await say("chat", `今年的稻子长得好 ${mark}`);
  const said = await author.circle.comment.mutate({ id: post.id, key: crypto.randomUUID(), text: `少吹牛 ${mark}` });
  await other.circle.report.mutate({ id: said.discussion.at(-1)?.id ?? "", why: "骂人、侮辱人" });
  const { id } = await say("chat", `大家都来看看 ${mark}`);
  await clerk.circle.decide.mutate({ id, pass: false, reason: "看着像拉人", label: "ad" });
  await author.circle.appeal.mutate({ id, key: crypto.randomUUID(), why: "只是请大家看戏" });
  return id;
}

test.each(editions)(
  "the phone lists it with all that is needed to decide, in edition $skin",
  async ({ skin, rule }) => {
    await waiting(`第 ${skin} 版`);
    const { api } = await county().person(people.secretary);
    await api.account.setElder.mutate({ elder: skin });
    const at = await visit({ as: people.secretary, skin });
    const { page } = at;
    const look = async (one: Visit, name: string) => {
      for (const [width, height] of small) {
        await one.page.setViewportSize({ width, height });
        await picture(one.page, `moderation-${width}`, `${name}-${skin}`);
        expect([name, width, await complaints(one.page, rule), await barriers(one.page)]).toEqual([
          name,
          width,
          [],
          [],
        ]);
      }
      await one.page.setViewportSize({ width: 390, height: 844 });
    };
    await at.open("/");
    await sees(page, /竹溪村 \d+ 条内容等待审核/);
    await look(at, "home");
    await at.open("/me");
    await link(page, /内容审核/).click();
    await sees(page, "没有看过的，只有作者自己看得到。");
    await at.open("/circle/moderation");
    for (const words of [
      "村口老槐树下",
      "骂人、侮辱人",
      /写在这条随便聊聊下面|今年的稻子/,
      "广告：看着像拉人",
      "只是请大家看戏",
    ])
      await sees(page, words);
    await look(at, "list");
    await button(page, /^不让看到：代开发票/)
      .first()
      .click();
    await look(at, "no");
    await button(page, "先不定").click();
    await button(page, /^让大家看到：大家都来看看/)
      .first()
      .click();
    await button(page, "确定让大家看到").click();
    const told = page.getByText(/都能看到了/);
    await told.waitFor();
    // Where its card was, not at the top of a long list.
    const { y = -1 } = (await told.boundingBox()) ?? {};
    expect([y > 0, y < 844]).toEqual([true, true]);
    await look(at, "done");
    quiet(at);
    await at.close();
  },
);

test("the desk names who refused what is appealed for, and finds by itself what came meanwhile", async () => {
  const id = await waiting("桌上");
  await forgetCodes(county());
  const at = await visit({ as: people.secretary, desk: true });
  const { page } = at;
  await page.clock.install();
  await at.open("/desk/moderation");
  const tile = page.locator("li.card").filter({ hasText: "大家都来看看 桌上" });
  for (const words of ["上次没有通过", "广告：看着像拉人"]) await sees(tile, words);
  expect(await tile.getByRole("link", { name: /^看这条/ }).getAttribute("href")).toBe(`/post?id=${id}`);
  await picture(page, "moderation-1280", "desk");
  await reported(county(), "看着的时候才来的一条");
  await page.clock.fastForward(21_000);
  await sees(page, "看着的时候才来的一条");
  quiet(at);
  await at.close();
});
