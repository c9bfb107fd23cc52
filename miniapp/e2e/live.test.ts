import type { MiniHost } from "@weimenhu/minihost";
import { describe, expect, test } from "vitest";
import { aCounty, pages, phonesOf, platforms, resident, secretary, zhuxi } from "./kit.ts";
import { published } from "./people.ts";

/** What one person does reaches the phones of others by itself: nobody touches them between the two. */
const county = aCounty();
const neighbour = "19900000002";
const oneNew = /有 1 条新的/;

const post = async (text: string) =>
  (await county().as(resident)).circle.post.mutate({
    key: crypto.randomUUID(),
    village: zhuxi.code,
    kind: "help",
    text,
  });
const shows = (host: MiniHost, words: RegExp) =>
  host.waitFor(async () => words.test(await host.texts()), String(words));
/** Its newest connection has said what it watches, and heard how that stands. */
const listens = (host: MiniHost) =>
  host.waitFor(() => host.sockets.at(-1)?.state === "open" && host.sockets.at(-1)?.received.length, "a connection");

describe.each(platforms)("news on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("a neighbour's post is announced in the open feed", async () => {
    const host = await phones.start({ as: neighbour, url: `/${pages.circle}` });
    await listens(host);
    await post(`路灯又坏了 ${platform}`);
    await shows(host, oneNew);
    await host.tap({ role: "button", text: oneNew });
    expect(await host.texts()).toContain(`路灯又坏了 ${platform}`);
  });

  test("the village's answer appears in the open post, on one connection that carries the session in no address", async () => {
    const { id } = await post(`水管漏了 ${platform}`);
    const host = await phones.start({ as: neighbour, url: `/${pages.post}?id=${id}` });
    await listens(host);
    const village = await county().as(secretary);
    await village.circle.reply.mutate({ id, key: crypto.randomUUID(), text: `马上处理 ${platform}` });
    await shows(host, new RegExp(`马上处理 ${platform}`));
    expect(host.sockets).toHaveLength(1);
    expect(host.sockets[0]?.url).toMatch(/^ws:\/\/[^/?]+\/live$/);
    // Versions, and nothing that was written.
    expect(host.sockets[0]?.received.join()).not.toContain("处理");
  });

  test("a notice appears in the open list as soon as it is published, for somebody who is not signed in too", async () => {
    const host = await phones.start({ url: `/${pages.notices}?region=${zhuxi.code}` });
    await listens(host);
    await published(county(), `停水通知 ${platform}`, [{ t: "p", c: [{ t: "text", v: "明天上午停水。" }] }]);
    await shows(host, new RegExp(`停水通知 ${platform}`));
  });

  test("what happened while the connection was broken, the network away or the app behind others is told after it", async () => {
    const host = await phones.start({ as: neighbour, url: `/${pages.circle}` });
    const again = async (words: string) => {
      await post(`${words} ${platform}`);
      return () => shows(host, oneNew).then(() => host.tap({ role: "button", text: oneNew }));
    };
    await listens(host);
    await host.dropSockets();
    await (await again("断线"))();
    await listens(host);
    host.network.offline = true;
    await host.idle();
    expect(host.sockets.at(-1)?.state).toBe("closed");
    const tried = host.sockets.length;
    const offline = await again("没网");
    expect(host.sockets).toHaveLength(tried);
    host.network.offline = false;
    await offline();
    await listens(host);
    await host.background({ seconds: 60 });
    const behind = await again("后台");
    expect(host.sockets.at(-1)?.state).toBe("closed");
    await host.foreground();
    await behind();
  });
});
