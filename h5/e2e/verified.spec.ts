import { expect, test } from "vitest";
import { people } from "./county.ts";
import { pictures } from "./desk.ts";
import { aWalk, button, field, link, quiet, sees, select, text } from "./kit.ts";

const { county, visit } = aWalk();

const reason = "姓名登记错了，请用身份证上的姓名再申请";

test("a wrong verification is found by phone and ended with a reason, which the person reads and may apply again", async () => {
  const villager = await visit({ as: people.villager });
  await villager.open(`/verify?region=${county().village.code}`);
  await sees(villager.page, "认证通过，您是竹溪村的认证村民");

  const at = await visit({ as: people.secretary, desk: true });
  const { page } = at;
  await at.open("/desk/verification");
  await select(page, "看哪些").selectOption({ label: "已认证的村民" });
  await button(page, /^结束 .* 的认证$/).waitFor();
  await pictures(page, "verified", "list");
  await field(page, "手机号").fill(people.villager);
  await button(page, /^查\s*找$/).click();
  const found = page.getByRole("button", { name: /^结束 .* 的认证$/ });
  await expect.poll(() => found.count()).toBe(1);
  await sees(page, /手机 199\*{4}0001/);
  await found.click();
  const dialog = page.getByRole("dialog");
  const end = dialog.getByRole("button", { name: "结束认证" });
  await end.click();
  await sees(page, "请填写理由");
  await pictures(page, "verified", "end");
  await field(dialog, "理由").fill(reason);
  await end.click();
  await dialog.waitFor({ state: "hidden" });
  await sees(page, "认证村民里没有这个手机号");
  quiet(at);
  await at.close();

  await villager.open(`/verify?region=${county().village.code}`);
  await sees(villager.page, "认证已结束");
  await sees(villager.page, reason);
  expect(await text(villager.page, "身份证号").count()).toBe(0);
  await pictures(villager.page, "verified", "ended");
  await button(villager.page, "重新申请").click();
  await field(villager.page, "姓名").waitFor();
  // The inbox says so too, and leads there.
  await villager.open("/messages");
  await link(villager.page, /您的村民认证结束了/).click();
  await sees(villager.page, "认证已结束");
  quiet(villager);
  await villager.close();
});

test("a number that is looked for stands in no address, and after a lost answer the next try brings the list up to date", async () => {
  const at = await visit({ as: people.secretary, desk: true });
  const { page } = at;
  const addresses: string[] = [];
  page.on("request", (one) => addresses.push(one.url()));
  await at.open("/desk/verification");
  await select(page, "看哪些").selectOption({ label: "已认证的村民" });
  await field(page, "手机号").fill(people.elder);
  await button(page, /^查\s*找$/).click();
  const found = page.getByRole("button", { name: /^结束 .* 的认证$/ });
  await expect.poll(() => found.count()).toBe(1);
  expect(addresses.some((address) => address.includes("verification.find"))).toBe(true);
  expect(addresses.filter((address) => address.includes(people.elder))).toEqual([]);

  await page.route(
    "**/trpc/verification.end*",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await found.click();
  const dialog = page.getByRole("dialog");
  await field(dialog, "理由").fill(reason);
  const end = dialog.getByRole("button", { name: "结束认证" });
  await end.click();
  await sees(page, /网络没有连上或太慢/);
  expect(await found.count()).toBe(1);
  await end.click();
  await sees(page, "认证村民里没有这个手机号");
  expect(at.problems.filter((line) => !line.includes("verification.end"))).toEqual([]);
  await at.close();
});
