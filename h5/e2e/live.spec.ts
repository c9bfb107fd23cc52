import { expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, button, sees } from "./kit.ts";

const { county, visit } = aWalk();

const post = async (text: string) => {
  const { api } = await county().person(people.villager);
  return api.circle.post.mutate({ key: crypto.randomUUID(), village: county().village.code, kind: "help", text });
};

test("a post and the village's answer appear in a browser that nobody touches, and the session stays in the cookie", async () => {
  const at = await visit({ as: people.elder });
  const said: string[] = [];
  const opened: string[] = [];
  at.page.on("websocket", (socket) => {
    opened.push(socket.url());
    socket.on("framesent", ({ payload }) => said.push(String(payload)));
  });
  await at.open("/circle");
  await expect.poll(() => said.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const { id } = await post("桥上的灯不亮了");
  await button(at.page, /有 1 条新的/).click();
  await sees(at.page, "桥上的灯不亮了");
  await at.open(`/post?id=${id}`);
  await expect.poll(() => said.at(-1) ?? "", { timeout: 10_000 }).toContain(`post:${id}`);
  const { api } = await county().person(people.secretary);
  await api.circle.reply.mutate({ id, key: crypto.randomUUID(), text: "今天下午就修" });
  await at.page.getByText("今天下午就修").first().waitFor();
  expect(new Set(opened)).toEqual(new Set([`${county().url.replace("http", "ws")}/live`]));
  expect(said.join()).not.toContain("token");
  expect(at.problems).toEqual([]);
  await at.close();
});

test("without a network the page is quiet, and with it tells what was missed", async () => {
  const at = await visit({ as: people.elder });
  const opened: string[] = [];
  at.page.on("websocket", (socket) => opened.push(socket.url()));
  await at.open("/circle");
  await expect.poll(() => opened.length, { timeout: 10_000 }).toBe(1);
  await at.context.setOffline(true);
  await post("树倒在路上");
  expect(opened).toHaveLength(1);
  await at.context.setOffline(false);
  await button(at.page, /有 1 条新的/).click();
  await sees(at.page, "树倒在路上");
  expect(at.problems).toEqual([]);
  await at.close();
});
