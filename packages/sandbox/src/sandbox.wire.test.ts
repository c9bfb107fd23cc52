import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startAll } from "./all.ts";

let world: Sandbox;
beforeAll(async () => {
  world = await startAll({ totp: [{ name: "演示编辑", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" }] });
});
afterAll(() => world.close());

const control = async (base: string, name: string, ...args: unknown[]) => {
  const answer = await fetch(`${new URL(base).origin}/__control/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(args),
  });
  return { status: answer.status, value: (await answer.json()) as unknown };
};

test("every system can be steered from another process, as from this one", async () => {
  const code = await control(world.wechat.url, "issueCode", "o_9", "u_9");
  const { WECHAT_APPID: appid = "", WECHAT_SECRET: secret = "" } = world.env;
  const ask = new URLSearchParams({ appid, secret, js_code: String(code.value), grant_type: "authorization_code" });
  expect(await (await fetch(`${world.wechat.url}/sns/jscode2session?${ask}`)).json()).toMatchObject({
    openid: "o_9",
    unionid: "u_9",
  });
  expect((await control(world.sms.url, "fault", { kind: "5xx" })).status).toBe(200);
  expect((await fetch(world.sms.url, { method: "POST" })).status).toBe(503);
  expect((await control(world.portal.url, "items", "rss")).value).toHaveLength(30);
  expect((await control(world.phone.url, "nonsense")).status).toBe(404);
  const phone = await control(world.alipay.url, "issuePhone", "19900000001");
  expect(phone.value).toEqual({ response: expect.any(String), sign: expect.any(String) });
});

test("a page of the browser cannot steer it: the control takes JSON only", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
    const form = { method: "POST", body: "[]", headers: { "content-type": type } };
    expect((await fetch(`${world.wechat.url}/__control/clearFaults`, form)).status).toBe(415);
  }
  expect((await fetch(`${world.wechat.url}/__control/clearFaults`, { method: "POST" })).status).toBe(415);
});

test("the telephone shows the second factor's code, keeps itself fresh without scripts, and escapes what it shows", async () => {
  await control(world.phone.url, "setTotp", [{ name: "<b>演示编辑</b>", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" }]);
  const shown = (await control(world.phone.url, "totp", "<b>演示编辑</b>")).value;
  const html = await (await fetch(world.phone.url)).text();
  expect(shown).toMatch(/^\d{6}$/);
  expect(html).toContain(String(shown));
  expect(html).toContain('http-equiv="refresh"');
  expect(html).not.toMatch(/<script|<b>演示/);
});

test.each(["wechat", "wechatWeb", "alipay", "sms", "hospital"] as const)(
  "%s, opened in a browser, says what it is and what it was asked last, without what was sent along",
  async (name) => {
    const { url } = world[name];
    await fetch(`${url}/asked?secret=zzz<b>`);
    const answer = await fetch(url);
    const html = await answer.text();
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(html).toMatch(/<h1>沙箱：.+<\/h1>.*演示用/s);
    expect(html).toContain("GET /asked");
    expect(html).not.toMatch(/zzz|<script/);
  },
);

test("the pictures and files that notices point to are there", async () => {
  const picture = await fetch(`${world.portal.url}/images/3.png`);
  expect([
    picture.headers.get("content-type"),
    Buffer.from(await picture.arrayBuffer()).toString("latin1", 1, 4),
  ]).toEqual(["image/png", "PNG"]);
  expect(
    Buffer.from(await (await fetch(`${world.portal.url}/files/plan-1.pdf`)).arrayBuffer()).toString("latin1", 0, 5),
  ).toBe("%PDF-");
});

test("no two notices of a channel share a title or an id", () => {
  for (const channel of ["rss", "atom", "json"] as const) {
    const items = world.portal.control.items(channel);
    expect(new Set(items.map(({ id }) => id)).size).toBe(30);
    expect(new Set(items.map(({ title }) => title)).size).toBe(30);
  }
});

const run = () =>
  spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("./main.ts", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });

test.each([
  ["SIGTERM", (child: ReturnType<typeof run>) => child.kill("SIGTERM")],
  ["its parent's end", (child: ReturnType<typeof run>) => child.stdin.end()],
])("as a process it says once that it is ready, and stops on %s", async (_name, end) => {
  const child = run();
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const said = JSON.parse(String(line)) as {
    ready: boolean;
    env: Record<string, string>;
    urls: Record<string, string>;
  };
  expect(said.ready).toBe(true);
  expect(Object.keys(said.env)).toEqual(Object.keys(world.env));
  expect((await fetch(said.urls.phone ?? "")).status).toBe(200);
  end(child);
  expect(await once(child, "exit")).toEqual([0, null]);
});
