import { expect, test } from "vitest";
import { raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, link, picture, quiet, sees } from "./kit.ts";

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
