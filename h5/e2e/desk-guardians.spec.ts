import { idCardCheck } from "@weimenhu/domain/base/id-card";
import { expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, button, field, picture, quiet, sees, select } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";

const { county, visit } = aWalk();
const phone = "19900000951";
const paper = "村委会档案柜 3 号盒";
/** Of somebody who is under fourteen for years to come. */
const first17 = "99010120240101011";
const idCard = `${first17}${idCardCheck(first17)}`;
const apply = async () => {
  const { api } = await county().person(phone);
  const region = county().village.code;
  const { groups } = await api.verification.groups.query({ region });
  const input = { key: crypto.randomUUID(), region, name: "小满稻香", idCard, consent: true as const };
  return api.verification.submit.mutate({ ...input, group: groups[0] ?? "" });
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
  expect(await child.page.locator("#app").innerText()).not.toContain("990101");
  quiet(at, child);
  await at.close();
  await child.close();
});
