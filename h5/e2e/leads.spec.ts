import { expect, test } from "vitest";
import { roster } from "../../server/test/seed/people.ts";
import { raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, field, picture, quiet, sees, select } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";

/** Pages that lead on: what is wrong, what must come first, and where that is. */
const { county, visit } = aWalk();

const nobody = "01M0SX4SMZ9MFBKAN1GN16EWNP";
const pages = [
  { name: "post-gone", as: people.villager, address: `/post?id=${nobody}`, says: "没有找到这条内容" },
  { name: "post-cut", as: people.villager, address: "/post?id=01M0", says: "打不开这条内容" },
  { name: "case-gone", as: people.villager, address: `/case?id=${nobody}`, says: "没有找到这件事" },
  { name: "verify-nowhere", as: people.follower, address: "/verify?region=9901", says: "不知道是哪个村" },
  { name: "cases-not-mine", as: people.supervisor, address: "/cases", says: "这一页给村干部" },
  { name: "queue-not-mine", as: people.committee, address: "/verify/queue", says: "这一页给村书记" },
  { name: "write-first", as: people.follower, address: "/post/write?village=990101101201", says: "就能在这里发言" },
  { name: "document-none", as: people.villager, address: "/document?name=nothing", says: "没有这份说明" },
  { name: "verify-form", as: people.follower, address: "/verify?region=990101101201", says: "不满 14 周岁的孩子" },
  { name: "settings", as: people.villager, address: "/settings", says: "可以换成新的手机号" },
  { name: "phone", as: people.villager, address: "/phone", says: "换手机号" },
] as const;
const editions = [
  { edition: "normal", skin: 0, as: rules.normal },
  { edition: "largest", skin: 2, as: rules.elder },
] as const;

test.each(editions)("each says what is so and is whole in the $edition edition", async ({ edition, skin, as }) => {
  const found: string[] = [];
  for (const { name, as: phone, address, says } of pages) {
    const { api } = await county().person(phone);
    await api.account.setElder.mutate({ elder: skin });
    const at = await visit({ as: phone, skin });
    const { page } = at;
    await at.open(address);
    await sees(page, new RegExp(says));
    if (name === "phone") await button(page, "换手机号").click();
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      for (const line of await barriers(page)) found.push(`${name} at ${width} axe: ${line}`);
      for (const line of await complaints(page, as)) found.push(`${name} at ${width}: ${line}`);
      await picture(page, `leads-${edition}-${width}`, name);
    }
    await api.account.setElder.mutate({ elder: 0 });
    await at.close();
  }
  expect(found).toEqual([]);
});

test("a post is read aloud with its handling and its comments, and the page of its case too", async () => {
  const { id, post } = await raiseCase(county(), "村口的井盖破了", [{ move: "start", text: "今天就去换。" }]);
  const { api } = await county().person(people.elder);
  await api.circle.comment.mutate({ id: post, key: crypto.randomUUID(), text: "晚上差点踩空" });
  const at = await visit({ as: people.follower, skin: 1 });
  await at.context.addInitScript(() => {
    const spoken: string[] = [];
    Object.assign(globalThis, { spoken });
    speechSynthesis.speak = (utterance) => spoken.push(utterance.text);
  });
  const heard = async () => String(await at.page.evaluate("spoken.join('')"));
  await at.open(`/post?id=${post}`);
  await button(at.page, "朗读").click();
  const words = await heard();
  expect(words).toMatch(/村口的井盖破了[^]*办理情况[^]*今天就去换[^]*说：晚上差点踩空/);
  await picture(at.page, "leads-elder-390", "post-read");
  await button(at.page, "停止朗读").click();

  const village = await visit({ as: people.secretary });
  await village.open(`/case?id=${id}`);
  await button(village.page, "朗读").waitFor();
  await picture(village.page, "leads-normal-390", "case-read");
  quiet(at, village);
  await at.close();
  await village.close();
});

test("the town takes one person out of a village's roster, by the whole number and with a reason", async () => {
  const line = roster(48)[42];
  if (!line) throw new Error("the roster is too short");
  const at = await visit({ as: people.townClerk, desk: true });
  const { page } = at;
  await at.open("/desk/roster");
  await select(page, "哪个村").selectOption(county().village.code);
  const number = field(page, /^身份证号/);
  await number.fill("12345");
  await button(page, "查花名册").click();
  await sees(page, "身份证号不对");
  await number.fill(line.idCard);
  await button(page, "查花名册").click();
  await sees(page, new RegExp(line.group));
  expect(await page.content()).not.toContain(`>${line.name}<`);
  await picture(page, "leads-desk", "roster-line");
  await button(page, "从花名册删除").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "理由" }).fill("户口迁走了");
  await dialog.getByRole("button", { name: /删\s*除/ }).click();
  await sees(page, "已从花名册删除");
  await number.fill(line.idCard);
  await button(page, "查花名册").click();
  await sees(page, "花名册里没有这个身份证号");
  quiet(at);
  await at.close();
});
