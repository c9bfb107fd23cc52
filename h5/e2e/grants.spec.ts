import { expect, test } from "vitest";
import { people } from "./county.ts";
import { forgetCodes, pictures } from "./desk.ts";
import { aWalk, button, field, heading, quiet, sees, select } from "./kit.ts";

const { county, visit } = aWalk();

test("an office is given with a name, and everybody at the desk sees it", async () => {
  const phone = "19900007711";
  await county().person(phone);
  const at = await visit({ as: people.secadmin, desk: true });
  const { page } = at;
  await at.open("/desk/grants");
  await button(page, /授权$/).click();
  const dialog = page.getByRole("dialog", { name: "授权" });
  await field(dialog, "手机号").fill(phone);
  await field(dialog, "姓名").fill("A");
  await select(dialog, "岗位").selectOption({ label: "村、镇或县工作人员" });
  await select(dialog, "地方").selectOption("990101101000");
  await dialog.getByRole("button", { name: /^授\s*权$/ }).click();
  await sees(dialog, "请输入姓名，2 到 20 个汉字");
  await pictures(page, "desk", "grants-give-name");
  await field(dialog, "姓名").fill("顾霜降");
  await dialog.getByRole("button", { name: /^授\s*权$/ }).click();
  await dialog.waitFor({ state: "hidden" });
  await sees(page, "顾霜降 · 199****7711");
  quiet(at);
  await at.close();

  const own = await visit({ as: people.auditadmin, desk: true });
  await own.open("/desk/audit?act=staff.name");
  await sees(own.page, "顾霜降");
  await pictures(own.page, "desk", "audit-names");
  quiet(own);
  await own.close();
});

test("who lost the second factor is freed by the security administrator, and sets up a new one at the next sign-in", async () => {
  const clerk = await visit({ as: people.townClerk, desk: true });
  await clerk.open("/desk/");
  await heading(clerk.page, "等我处理").waitFor();

  const at = await visit({ as: people.secadmin, desk: true });
  const { page } = at;
  await at.open("/desk/grants?region=990101101000");
  expect(await page.getByRole("button", { name: /^解除 林小暑/ }).count()).toBe(0);
  await pictures(page, "desk", "grants-second");
  await button(page, "解除 孙寒露 的动态口令").click();
  const dialog = page.getByRole("dialog", { name: "解除 孙寒露 的动态口令" });
  await dialog.getByRole("button", { name: "解除动态口令" }).click();
  await sees(dialog, "请填写理由");
  await pictures(page, "desk", "grants-second-dialog");
  await field(dialog, "理由").fill("手机丢了，已当面核对");
  await dialog.getByRole("button", { name: "解除动态口令" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "解除 孙寒露 的动态口令" }).waitFor({ state: "detached" });
  quiet(at);
  await at.close();

  await forgetCodes(county());
  await clerk.page.reload();
  await field(clerk.page, "手机号").fill(people.townClerk);
  await clerk.page.getByRole("checkbox").check();
  const messages = county().messages(people.townClerk);
  await button(clerk.page, "获取验证码").click();
  await field(clerk.page, "短信验证码").fill(await county().codeOn(people.townClerk, messages));
  await button(clerk.page, /^登\s*录$/).click();
  await heading(clerk.page, "绑定动态口令").waitFor();
  const secret = (await clerk.page.locator(".secret").textContent()) ?? "";
  county().enrol(people.townClerk, secret.replaceAll(" ", ""));
  await field(clerk.page, "动态口令").fill(await county().digits(people.townClerk));
  await button(clerk.page, "进入工作台").click();
  await sees(clerk.page, "孙寒露");
  await clerk.close();
});
