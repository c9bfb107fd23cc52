import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "./database/index.ts";
import { startWorld, type World } from "./world.ts";

let home: Awaited<ReturnType<typeof freshDatabase>>;
let world: World;
beforeAll(async () => {
  home = await freshDatabase();
  world = await startWorld({ databaseUrl: home.url });
});
afterAll(async () => {
  await world.close();
  await home.drop();
});

test("WeChat's console finds our address, and nobody else is believed there", async () => {
  const [timestamp, nonce] = ["1790000000", "42"];
  const sign = (token: string) =>
    createHash("sha1")
      .update([token, timestamp, nonce].toSorted((a, b) => (a < b ? -1 : 1)).join(""))
      .digest("hex");
  const ask = (token: string, more: RequestInit = {}) => {
    const query = new URLSearchParams({ signature: sign(token), timestamp, nonce, echostr: "echo-7" });
    return fetch(`${world.url}/callbacks/wechat?${query}`, more);
  };
  expect(await (await ask(world.config.WECHAT_PUSH_TOKEN)).text()).toBe("echo-7");
  expect((await ask("guessed")).status).toBe(403);
  // The signature of the plain mode does not cover the body: it vouches for nothing.
  for (const type of ["application/json", "text/xml"]) {
    const body = JSON.stringify({ Event: "wxa_media_check", trace_id: "t-1", result: { suggest: "pass" } });
    const sent = await ask(world.config.WECHAT_PUSH_TOKEN, { method: "POST", body, headers: { "content-type": type } });
    expect(sent.status).toBe(403);
  }
});
