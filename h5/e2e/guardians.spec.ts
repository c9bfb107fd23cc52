import { idCardCheck } from "@weimenhu/domain/base/id-card";
import { expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, button, field, heading, link, picture, quiet, sees, select, text, type Visit } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";

const { county, visit } = aWalk();
const phone = "19900000951";
const paper = "村委会档案柜 3 号盒";
/** Of somebody who is under fourteen for years to come. */
const childsCard = (serial: string) => {
  const first17 = `99010120240101${serial}`;
  return `${first17}${idCardCheck(first17)}`;
};
const apply = async () => {
  const { api } = await county().person(phone);
  const region = county().village.code;
  const { groups } = await api.verification.groups.query({ region });
  return api.verification.submit.mutate({
    key: crypto.randomUUID(),
    region,
    name: "小满稻香",
    idCard: childsCard("011"),
    group: groups[0] ?? "",
    consent: true,
  });
};
const wide = [
  [1366, 768],
  [390, 844],
  [320, 640],
] as const;

test("the desk notes a guardian's consent, the child's application is taken, and what is taken back takes it away", async () => {
  const at = await visit({ as: people.secretary, desk: true });
  const { page } = at;
  await at.open("/desk/verification");
  await select(page, "看哪些").selectOption({ label: "家长同意登记" });
  await sees(page, "还没有登记的孩子");
  const send = button(page, "家长已签字，登记");
  await send.click();
  await sees(page, "手机号不对");
  await field(page, "孩子的手机号").fill(phone);
  await send.click();
  await sees(page, "请写同意书放在哪里");
  await field(page, "同意书放在哪里").fill(paper);
  await send.click();
  await sees(page, "请孩子先用它登录一次");
  at.problems.splice(0);
  await expect(apply()).rejects.toThrow("要家长先同意");
  await send.click();
  await sees(page, `同意书放在：${paper}`);
  await sees(page, "199****0951");
  const child = await visit({ as: phone });
  await child.open(`/verify?region=${county().village.code}`);
  await sees(child.page, "家长已经在村委会签了同意书");
  expect((await apply()).state).toBe("pending");

  for (const [width, height] of wide) {
    await page.setViewportSize({ width, height });
    await picture(page, `guardians-${width}`, "desk");
    const rule = width < 600 ? rules.deskPhone : rules.desk;
    expect([width, await complaints(page, rule, "#root"), await barriers(page)]).toEqual([width, [], []]);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await button(page, /^撤回 199/).click();
  const dialog = page.getByRole("dialog");
  await picture(page, "guardians-1366", "desk-end");
  await dialog.getByRole("button", { name: "先不撤回" }).click();
  await dialog.waitFor({ state: "hidden" });
  await button(page, /^撤回 199/).click();
  await dialog.getByRole("button", { name: "确定撤回" }).click();
  await sees(page, "还没有登记的孩子");
  await child.open(`/verify?region=${county().village.code}`);
  await sees(child.page, "认证已结束");
  await sees(child.page, "家长收回了同意");
  expect(await text(child.page, "身份证号").count()).toBe(0);
  quiet(at, child);
  await at.close();
  await child.close();
});

const editions = [
  { skin: 0, rule: rules.normal },
  { skin: 1, rule: rules.elder },
] as const;

test.each(editions)(
  "on the phone it is noted and taken back too, in edition $skin, on small screens",
  async ({ skin, rule }) => {
    const at = await visit({ as: people.secretary, skin });
    const { page } = at;
    const look = async (one: Visit, name: string) => {
      for (const [width, height] of wide.slice(1)) {
        await one.page.setViewportSize({ width, height });
        await picture(one.page, `guardians-${width}`, `${name}-${skin}`);
        expect([name, width, await complaints(one.page, rule), await barriers(one.page)]).toEqual([
          name,
          width,
          [],
          [],
        ]);
      }
      await one.page.setViewportSize({ width: 390, height: 844 });
    };
    const child = await visit({ as: phone, skin });
    await at.open("/verify/queue");
    await look(at, "queue");
    await link(page, /^家长同意登记/).click();
    await heading(page, "已经登记的孩子").waitFor();
    await button(page, "家长已签字，登记").click();
    await sees(page, "还没有填好：孩子的手机号、同意书放在哪里");
    await look(at, "wrong");
    await field(page, "孩子的手机号").fill(phone);
    await field(page, "同意书放在哪里").fill(paper);
    await button(page, "家长已签字，登记").click();
    await sees(page, "登记好了");
    await sees(page, `同意书放在：${paper}`);
    await look(at, "noted");
    await button(page, /^撤回：199/).click();
    await sees(page, "确定撤回 199****0951 的家长同意？");
    await look(at, "end");
    await button(page, "确定撤回").click();
    await sees(page, "199****0951 的家长同意已撤回");
    await sees(page, "还没有登记的孩子");
    await child.open("/document?name=minors");
    await look(child, "minors");
    quiet(at, child);
    await at.close();
    await child.close();
  },
);

test.each(editions)(
  "a child reads what the family does first, in edition $skin, and its number stays on the phone",
  async ({ skin, rule }) => {
    const child = await visit({ as: `1990000096${skin}`, skin });
    const { page } = child;
    const asked: string[] = [];
    page.on("request", (one) => asked.push(one.url()));
    await child.open(`/verify?region=${county().village.code}`);
    await field(page, "身份证号").fill(childsCard("021"));
    await button(page, "提交申请").click();
    await sees(page, "不满 14 周岁，要家长先同意。请家长带孩子到村委会签同意书");
    for (const [width, height] of wide.slice(1)) {
      await page.setViewportSize({ width, height });
      await picture(page, `guardians-${width}`, `child-${skin}`);
      expect([width, await complaints(page, rule), await barriers(page)]).toEqual([width, [], []]);
    }
    expect(asked.filter((url) => url.includes("verification.submit"))).toEqual([]);
    quiet(child);
    await child.close();
  },
);
