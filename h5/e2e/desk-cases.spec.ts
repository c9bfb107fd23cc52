import { boardSentences, boardTotal, periodOf } from "@weimenhu/domain/cases/board-words";
import { expect, test } from "vitest";
import { hiddenPost, raiseCase, reported } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, field, heading, link, quiet, sees, select } from "./kit.ts";

const { county, visit } = aWalk();

const desk = (phone: string) => visit({ as: phone, desk: true });
const fileOf = async (id: string) => (await county().person(people.secretary)).api.cases.get.query({ id });

test("what waits is opened, answered with the ready words, and shown as done with a photo", async () => {
  const { id } = await raiseCase(county(), "桥头的护栏断了一截");
  const at = await desk(people.secretary);
  const { page } = at;
  await at.open("/desk/");
  await link(page, "桥头的护栏断了一截").click();
  await heading(page, "办理诉求").waitFor();
  await button(page, "发送：马上处理").click();
  await sees(page, "已发送：马上处理");
  await page.getByRole("radio", { name: "办好了" }).check();
  await field(page, "答复的话").fill("护栏换好了");
  const chosen = page.waitForEvent("filechooser");
  await button(page, "加办好后的照片").click();
  await (await chosen).setFiles({ name: "after.png", mimeType: "image/png", buffer: await county().photo() });
  await page.getByAltText("要发的照片 1").waitFor();
  await button(page, "发送：办好了").click();
  await sees(page, "这件事现在不用您答复。");
  const file = await fileOf(id);
  expect(file.steps.map(({ move, text, photos }) => [move, text, photos.length])).toEqual([
    ["raise", file.steps[0]?.text, 0],
    ["start", "已收到，我们马上处理。", 0],
    ["finish", "护栏换好了", 1],
  ]);
  quiet(at);
  await at.close();
});

test("of two who answer at once one is told, sees what the other did, and keeps the words", async () => {
  const { id } = await raiseCase(county(), "三组的路灯不亮");
  const [first, second] = [await desk(people.secretary), await desk(people.committee)];
  await first.open(`/desk/cases/${id}`);
  await second.open(`/desk/cases/${id}`);
  await field(second.page, "答复的话").fill("我下午去换灯泡");
  await button(first.page, "发送：马上处理").click();
  await sees(first.page, "已发送：马上处理");
  await button(second.page, "发送：马上处理").click();
  await sees(second.page, /刚才别人先处理了/);
  await sees(second.page.getByRole("region", { name: "办理经过" }), "已收到，我们马上处理。");
  expect(await field(second.page, "答复的话").inputValue()).toBe("我下午去换灯泡");
  await button(second.page, "发送：处理进展").click();
  await sees(second.page, "已发送：说说进展");
  expect((await fileOf(id)).steps.map(({ move }) => move)).toEqual(["raise", "start", "note"]);
  await first.close();
  await second.close();
});

test("a lost answer is sent again under its key: one step, and nothing typed is lost", async () => {
  const { id } = await raiseCase(county(), "水管漏水");
  const at = await desk(people.secretary);
  const { page } = at;
  await at.open(`/desk/cases/${id}`);
  await field(page, "答复的话").fill("已经联系水务站");
  await page.route(
    /trpc\/cases\.move/,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await button(page, "发送：马上处理").click();
  await sees(page, /网络没有连上或太慢/);
  expect(await field(page, "答复的话").inputValue()).toBe("已经联系水务站");
  await button(page, "发送：马上处理").click();
  await sees(page, "已发送：马上处理");
  expect((await fileOf(id)).steps.map(({ move }) => move)).toEqual(["raise", "start"]);
  await at.close();
});

test("what was typed is still there when the page is opened again", async () => {
  const { id } = await raiseCase(county(), "垃圾桶满了");
  const at = await desk(people.secretary);
  await at.open(`/desk/cases/${id}`);
  await field(at.page, "答复的话").fill("明天一早来清");
  await at.open(`/desk/cases/${id}`);
  expect(await field(at.page, "答复的话").inputValue()).toBe("明天一早来清");
  quiet(at);
  await at.close();
});

test("a case is given to somebody, sent to the town, and not taken up with the right way", async () => {
  const given = await raiseCase(county(), "谁来管一下河道");
  const sent = await raiseCase(county(), "公路塌方要镇里来");
  const refused = await raiseCase(county(), "我和邻居在打官司");
  const at = await desk(people.secretary);
  const { page } = at;
  const dialog = page.getByRole("dialog");
  await at.open(`/desk/cases/${given.id}`);
  await button(page, "交给别人办").click();
  await dialog.getByRole("option", { name: /村委会委员/ }).waitFor({ state: "attached" });
  const [, member] = await select(dialog, "经办人").locator("option").allTextContents();
  await select(dialog, "经办人").selectOption({ label: member ?? "" });
  await button(dialog, "确定交给别人办").click();
  await sees(page, "已办：交给别人办");

  await at.open(`/desk/cases/${sent.id}`);
  await button(page, "转给镇里").click();
  await button(dialog, "确定转给镇里").click();
  await sees(dialog, "请写几句话");
  await field(dialog, "为什么要转").fill("村里没有挖机");
  await button(dialog, "确定转给镇里").click();
  await sees(page, "转镇里");

  await at.open(`/desk/cases/${refused.id}`);
  await button(page, "不予受理").click();
  await select(dialog, "原因").selectOption("in-procedure");
  expect(await field(dialog, "写给发起人的话").inputValue()).toContain("请向该机关反映");
  await button(dialog, "确定不予受理").click();
  await sees(page, "这件事现在不用您答复。");

  expect((await fileOf(given.id)).assignee).toBe(member?.split("（")[0]);
  expect(await fileOf(sent.id)).toMatchObject({ level: "town", state: "pending" });
  expect(await fileOf(refused.id)).toMatchObject({ state: "refused", reason: "in-procedure" });
  quiet(at);
  await at.close();
});

test("a sentence kept for the village is there for its cadres, and can be taken out again", async () => {
  const { id } = await raiseCase(county(), "常用回复的一件事");
  const at = await desk(people.secretary);
  const { page } = at;
  const dialog = page.getByRole("dialog");
  await at.open(`/desk/cases/${id}`);
  await field(page, "答复的话").fill("已派人到现场查看，今天给您回话。");
  await button(page, "存成常用回复").click();
  await select(dialog, "给谁用").selectOption(county().village.code);
  await button(dialog, /保\s*存/).click();
  await sees(page, "已存成常用回复");
  const member = await desk(people.committee);
  await member.open(`/desk/cases/${id}`);
  await button(member.page, "用常用回复").click();
  await button(member.page.getByRole("dialog"), /^用这句：已派人到现场/).click();
  expect(await field(member.page, "答复的话").inputValue()).toBe("已派人到现场查看，今天给您回话。");
  await button(page, "用常用回复").click();
  await button(dialog, /^删除：已派人/).click();
  await dialog.getByText("已派人到现场查看，今天给您回话。").waitFor({ state: "detached" });
  await sees(dialog, "现成的");
  quiet(at, member);
  await at.close();
  await member.close();
});

test("a reported post is taken out of sight with a reason, and leaves the list; what else waits stays", async () => {
  await reported(county(), "先来的一条，也有人举报");
  const id = await reported(county(), "卖假药的小广告，加我");
  const at = await desk(people.secretary);
  const { page } = at;
  await at.open("/desk/moderation");
  // Whatever else waits in the village stands in the same list.
  const tile = (words: string) => page.getByRole("listitem").filter({ hasText: words });
  const mine = tile("卖假药的小广告，加我");
  await sees(mine, "被举报 1 次");
  await button(mine, "不通过").click();
  const dialog = page.getByRole("dialog");
  await sees(dialog, "卖假药的小广告，加我");
  await button(dialog, "不通过").click();
  await sees(dialog, "请选择属于哪一类");
  await select(dialog, "属于哪一类").selectOption("ad");
  await field(dialog, /原因/).fill("药品广告不能发在这里");
  await button(dialog, "不通过").click();
  await sees(page, "没有通过，作者会看到原因");
  await mine.waitFor({ state: "detached" });
  await sees(tile("先来的一条，也有人举报"), "被举报 1 次");
  const post = await (await county().person(people.villager)).api.circle.get.query({ id });
  expect(post).toMatchObject({ check: "refused", refused: "药品广告不能发在这里" });
  quiet(at);
  await at.close();
});

test("the town's clerk sees who hides only with a reason, and the look is on the record", async () => {
  const { id } = await hiddenPost(county(), "村里的账我看不懂，请公开");
  const secretary = await desk(people.secretary);
  await secretary.open(`/desk/cases/${id}`);
  await sees(secretary.page, "匿名村民");
  expect(await secretary.page.getByRole("button", { name: "查看匿名作者" }).count()).toBe(0);
  const at = await desk(people.townClerk);
  const { page } = at;
  await at.open(`/desk/cases/${id}`);
  await button(page, "查看匿名作者").click();
  const dialog = page.getByRole("dialog");
  await button(dialog, "查看并留下记录").click();
  await sees(dialog, "请写明为什么要看");
  await field(dialog, "为什么要看").fill("核实反映的情况");
  await button(dialog, "查看并留下记录").click();
  await sees(dialog, new RegExp(people.villager.slice(-4)));
  const { api } = await county().person(people.auditadmin);
  const { items } = await api.ops.audit.query({ act: "circle.unmask", limit: 5 });
  expect(items.map(({ detail }) => detail).join()).toContain("核实反映的情况");
  quiet(at, secretary);
  await at.close();
  await secretary.close();
});

test("the board counts each village of the town in its own place, and tells the same in words", async () => {
  const at = await desk(people.townClerk);
  const { page } = at;
  await at.open("/desk/board");
  const rows = page.locator("tr.ant-table-row");
  await rows.first().waitFor();
  const { api } = await county().person(people.townClerk);
  const { nodes } = await api.regions.tree.query({});
  const town = nodes.filter(({ code }) => code.startsWith("990101101") && !code.endsWith("000"));
  const shown = await rows.locator("td:first-child").allTextContents();
  expect(shown.filter((name) => name.endsWith("村"))).toEqual(town.map(({ name }) => name));
  const region = "990101101000";
  for (const period of ["month", "before"] as const) {
    await select(page, "时间").selectOption(period);
    const { items } = await api.cases.board.query({ region, ...periodOf(period, Date.now()) });
    for (const line of Object.values(boardSentences(boardTotal(items)))) await sees(page, line);
  }
  quiet(at);
  await at.close();
});
