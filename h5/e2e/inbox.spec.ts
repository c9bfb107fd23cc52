import { expect, test } from "vitest";
import { raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, field, link, picture, quiet, sees } from "./kit.ts";

/** From a line of the inbox to what it asks for. */
const { county, visit } = aWalk();

test("the line that asks whether it is solved opens the case, where one confirms it and then rates it", async () => {
  const { id } = await raiseCase(county(), "村口的路灯又坏了", [
    { move: "start", text: "已收到，我们马上处理。" },
    { move: "finish", text: "灯头换好了，晚上亮了。" },
  ]);
  const at = await visit({ as: people.villager });
  const { page } = at;
  await at.open("/messages");
  await link(page, /请您确认办得怎么样/).click();
  await sees(page, "村里说办好了，您看呢？");
  expect(new URL(page.url()).searchParams.get("id")).toBe(id);
  await sees(page, "灯头换好了，晚上亮了。");
  expect(await button(page, "还没解决（重开）").count()).toBe(1);
  expect(await button(page, "发送评价").count()).toBe(1);
  await picture(page, "inbox", "asked");
  await button(page, "确认办结").click();
  await sees(page, "已确认办结，谢谢您");
  await picture(page, "inbox", "confirmed");
  expect(await button(page, "发送评价").count()).toBe(1);
  quiet(at);
  await at.close();
});

test("the line that says a comment was refused opens it, and its words go back into the box to be put right and sent", async () => {
  const { post } = await raiseCase(county(), "晒谷场的灯太暗");
  const { api } = await county().person(people.elder);
  const words = "代开发票，找我";
  const said = await api.circle.comment.mutate({ id: post, key: crypto.randomUUID(), text: words });
  const own = said.discussion.find(({ by }) => by.mine);
  const { api: office } = await county().person(people.secretary);
  await office.circle.decide.mutate({ id: own?.id ?? "", pass: false, reason: "这是广告" });
  const at = await visit({ as: people.elder });
  const { page } = at;
  await at.open("/messages");
  await link(page, /没有通过审核/).click();
  await sees(page, "没有通过审核，别人看不到");
  const box = field(page, "写评论");
  await box.fill("灯泡我家有");
  await button(page, "改一改再发").click();
  await expect.poll(() => box.inputValue()).toBe(`${words}\n灯泡我家有`);
  await expect.poll(() => box.evaluate((el) => el.contains(document.activeElement))).toBe(true);
  await picture(page, "inbox", "again");
  await box.fill("灯泡我家有");
  await button(page, "发出评论").click();
  await page.getByText("灯泡我家有").filter({ visible: true }).first().waitFor();
  await expect.poll(() => box.inputValue()).toBe("");
  quiet(at);
  await at.close();
});
