import { expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, button, field, heading, link, quiet, sees, select } from "./kit.ts";

const { county, visit } = aWalk();

test("the secretary's notice with a photo is written, looked at and handed in within a minute", async () => {
  const at = await visit({ as: people.committee });
  const { page } = at;
  await at.open("/me");
  await link(page, "待我处理的公告").click();
  await heading(page, "待我处理的公告").waitFor();
  const began = performance.now();
  await link(page, "写公告").click();
  await field(page, "标题").fill("明天上午发放老年手环");
  await select(page, "栏目").selectOption({ label: "办事提醒" });
  await field(page, "内容").fill("80 岁以上老人明天上午到村委会领手环。\n\n来不了的，我们送上门。");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button(page, "加照片").click()]);
  await chooser.setFiles({ name: "手环.png", mimeType: "image/png", buffer: await county().photo() });
  await sees(page, "照片已传好 1 / 1 张");
  await button(page, "先看看发出来的样子").click();
  const preview = page.getByRole("dialog", { name: "发出来的样子" });
  await preview.getByRole("radio", { name: "长辈版" }).click();
  await preview.getByText("来不了的，我们送上门。").waitFor();
  await button(preview, "回去接着写").click();
  await button(page, "提交审核").click();
  await sees(page, "待审核");
  expect(performance.now() - began).toBeLessThan(60_000);
  await heading(page, "明天上午发放老年手环").waitFor();

  // And the supervisor passes it on the phone too.
  const reviewer = await visit({ as: people.supervisor });
  await reviewer.open("/work");
  await link(reviewer.page, /明天上午发放老年手环/).click();
  await button(reviewer.page, "审核通过").click();
  await button(reviewer.page, "确定审核通过").click();
  await sees(reviewer.page, "待发布");
  quiet(at, reviewer);
  await at.close();
  await reviewer.close();
});
