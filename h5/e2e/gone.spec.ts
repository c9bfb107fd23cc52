import { expect, test } from "vitest";
import { moveCase, raiseCase } from "./cases.ts";
import { people } from "./county.ts";
import { aWalk, button, heading, link, picture, quiet, ready, sees } from "./kit.ts";
import { address } from "./pages.ts";

/** What stays to be read of a case: by its author, by those who handle it, and in whose words. */
const { county, visit } = aWalk();
const key = () => crypto.randomUUID();

/** Small phones and both editions, for people to look at. */
async function pictures(who: string, page: string, name: string): Promise<void> {
  const { api } = await county().person(who);
  for (const [width, skin] of [
    [390, 1],
    [320, 1],
    [390, 0],
    [320, 0],
  ] as const) {
    await api.account.setElder.mutate({ elder: skin });
    const at = await visit({ as: who, width, skin });
    await at.open(page);
    await picture(at.page, "gone", `${name} ${width} ${skin === 0 ? "normal" : "elder"}`);
    await at.close();
  }
}

test("whoever deletes what is being handled is told what stays, and finds the case from the tombstone and the inbox; its handler reads its first words", async () => {
  const { id, post } = await raiseCase(county(), "村口井盖不见了", [{ move: "start", text: "马上处理" }]);
  const author = await visit({ as: people.villager });
  const { page } = author;
  await author.open(address("post", { id: post }));
  await button(page, "更多").click();
  await button(page.getByRole("dialog"), "删除").click();
  await sees(page, /照常办理：办结以前，经办的人还看得到开头几句和地点/);
  await picture(page, "gone", "delete");
  await button(page.getByRole("dialog", { name: "删除这条内容？" }), "删除").click();
  await sees(page, "这条内容已删除");
  await link(page, "看办理经过").click();
  await heading(page, "办理经过").waitFor();
  expect(new URL(page.url()).searchParams.get("id")).toBe(id);
  await sees(page, "村口井盖不见了");
  await moveCase(county(), id, [{ move: "note", text: "井盖已经订了" }]);
  await author.open("/messages");
  await link(page, /村里有了答复/).click();
  await sees(page, "井盖已经订了");
  const secretary = await visit({ as: people.secretary });
  await secretary.open(address("case", { id }));
  await sees(secretary.page, "村口井盖不见了");
  await sees(secretary.page, /发起人已删除原文/);
  const desk = await visit({ as: people.committee, desk: true });
  await desk.open(`/desk/cases/${id}`);
  await sees(desk.page, "村口井盖不见了");
  await picture(desk.page, "gone", "desk case of deleted");
  quiet(author, secretary, desk);
  await desk.close();
  await author.close();
  await secretary.close();
  await pictures(people.villager, address("post", { id: post }), "tombstone");
  await pictures(people.secretary, address("case", { id }), "case of deleted");
});

test("a link to what one does not want to see says so, and offers it again", async () => {
  const [loud, reader] = [await county().person(people.migrant), await county().person(people.villager)];
  const post = (text: string) =>
    loud.api.circle.post.mutate({ key: key(), village: county().village.code, kind: "chat", text });
  const { id } = await post("收旧家电，上门来拉");
  await reader.api.circle.block.mutate({ id, on: true });
  await pictures(people.villager, address("post", { id }), "blocked");
  const at = await visit({ as: people.villager });
  await at.open(address("post", { id }));
  await sees(at.page, /您设了“不看”/);
  await button(at.page, "恢复，看这条").click();
  await sees(at.page, "收旧家电，上门来拉");
  await at.close();
});

test("a case that goes to the town is told in the town's words, with the day on which an answer is in time", async () => {
  const { id, post } = await raiseCase(county(), "通村路塌了半边", [{ move: "start", text: "马上处理" }]);
  const clerk = await visit({ as: people.townClerk });
  await clerk.open(address("case", { id }));
  await button(clerk.page, "由镇里来办").waitFor();
  expect(await button(clerk.page, "转给镇里").count()).toBe(0);
  const secretary = await visit({ as: people.secretary });
  await secretary.open(address("case", { id }));
  await button(secretary.page, "转给镇里").waitFor();
  await moveCase(county(), id, [{ move: "transfer", text: "要修路的钱" }]);
  await clerk.open("/messages");
  await sees(clerk.page, /通村路塌了半边.*由镇里来办，最晚 \d+月\d+日（周.）答复/);
  await picture(clerk.page, "gone", "inbox of the town");
  await moveCase(county(), id, [
    { move: "start", text: "明天来人", by: people.townClerk },
    { move: "finish", text: "修好了", by: people.townClerk },
  ]);
  const author = await visit({ as: people.villager });
  await author.open(address("case", { id }));
  await sees(author.page, "镇里说办好了，您看呢？");
  await sees(author.page, /等您确认/);
  await author.open(address("post", { id: post }));
  await ready(author.page);
  await pictures(people.villager, address("case", { id }), "town's answer");
  for (const one of [clerk, secretary, author]) await one.close();
});

test("the list of a village says what went to the town, and why a clock stands still", async () => {
  const paused = await raiseCase(county(), "河堤护栏松了", [{ move: "start", text: "马上处理" }]);
  await moveCase(county(), paused.id, [{ move: "pause", text: "等汛期过了再换" }]);
  const sent = await raiseCase(county(), "桥面裂了缝");
  await moveCase(county(), sent.id, [{ move: "transfer", text: "要请专家看" }]);
  const at = await visit({ as: people.secretary });
  await at.open(address("cases"));
  await sees(at.page, "等汛期过了再换");
  await sees(at.page, "转镇里办理");
  await at.open("/messages");
  await sees(at.page, "村民求助");
  await at.open("/me");
  await link(at.page, "待我处理的公告").waitFor();
  await at.close();
  await pictures(people.secretary, address("cases"), "list");
  await pictures(people.secretary, "/messages", "inbox");
  await pictures(people.secretary, "/me", "me");
  await pictures(people.secretary, "/services", "services");
});
