import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { expectClean, jsdomView, MiniHost, type Platform, type StartOptions } from "../src/index.ts";

const ORIGIN = "https://news.example";
let server: WebSocketServer;
let real: string;
const arrived: { socket: WebSocket; header: string | undefined; said: string[] }[] = [];
const hosts: MiniHost[] = [];
const folder = mkdtempSync(join(tmpdir(), "minihost-sockets-"));

beforeAll(async () => {
  for (const platform of ["weapp", "alipay"] as const) writeApp(platform);
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket, request) => {
    const one = { socket, header: request.headers["x-mine"]?.toString(), said: [] as string[] };
    arrived.push(one);
    socket.on("message", (data: Buffer) => {
      one.said.push(data.toString("utf8"));
      socket.send(`echo ${data.toString("utf8")}`);
    });
  });
  await new Promise((listening) => server.once("listening", listening));
  real = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
  arrived.splice(0);
});
afterAll(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

/** A mini-program with one page: a button for each thing one does with a socket, and a line for each thing it says. */
function writeApp(platform: Platform): void {
  const [api, event] = platform === "weapp" ? ["wx", "bindtap"] : ["my", "onTap"];
  const [loop, end] = platform === "weapp" ? ["wx:for", "wxml"] : ["a:for", "axml"];
  const more = platform === "weapp" ? "" : "multiple: true,";
  const page = `
    const note = (page, text) => page.setData({ lines: page.data.lines.concat([text]) });
    Page({
      data: { lines: [] },
      onLoad() { this.tasks = []; },
      dial(url) {
        const task = ${api}.connectSocket({ url, header: { "X-Mine": "1" }, ${more}
          success: () => note(this, "called"),
          fail: (why) => note(this, "fail " + (why.errMsg || why.errorMessage)),
        });
        this.tasks.push(task);
        task.onOpen(() => note(this, "open"));
        task.onMessage((message) => note(this, "heard " + JSON.stringify(message)));
        task.onError((why) => note(this, "error " + (why.errMsg || why.errorMessage)));
        task.onClose((why) => note(this, "closed " + why.code));
      },
      connect() { this.dial("wss://news.example/live?a=1"); },
      elsewhere() { this.dial("wss://evil.example/live"); },
      nonsense() { this.dial("https://news.example/live"); },
      send() { this.tasks[0].send({ data: "hello", fail: () => note(this, "not sent") }); },
      hangUp() { this.tasks[0].close({ code: 1000 }); },
      global() {
        my.onSocketOpen(() => note(this, "open"));
        my.onSocketMessage((message) => note(this, "heard " + JSON.stringify(message)));
        my.onSocketClose(() => note(this, "closed"));
        my.connectSocket({ url: "wss://news.example/live", fail: (why) => note(this, "fail " + why.error) });
      },
      sendGlobal() { my.sendSocketMessage({ data: "hello" }); },
      closeGlobal() { my.closeSocket(); },
    });`;
  const buttons = ["connect", "elsewhere", "nonsense", "send", "hangUp", "global", "sendGlobal", "closeGlobal"]
    .map((name) => `<button id="${name}" ${event}="${name}">${name}</button>`)
    .join("");
  const files: Record<string, string> = {
    "app.json": JSON.stringify({ pages: ["pages/a/index"], window: {} }),
    "app.js": "App({});",
    "pages/a/index.json": "{}",
    "pages/a/index.js": page,
    [`pages/a/index.${end}`]: `${buttons}<view class="line" ${loop}="{{lines}}">{{item}}</view>`,
  };
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, platform, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

async function start(platform: Platform, more: Partial<StartOptions> = {}): Promise<MiniHost> {
  const dist = join(folder, platform);
  const host = await MiniHost.start({
    ...{ dist, platform, view: jsdomView(), allow: [ORIGIN], hosts: { [ORIGIN]: real } },
    ...more,
  });
  hosts.push(host);
  return host;
}
const lines = async (host: MiniHost) => (await host.findAll(".line")).map(({ text }) => text);
const until = (host: MiniHost, wanted: string) =>
  vi.waitFor(async () => expect(await lines(host)).toContain(wanted), { timeout: 5_000 });

for (const platform of ["weapp", "alipay"] as const) {
  const wechat = platform === "weapp";
  const heard = (data: string) => `heard ${JSON.stringify(wechat ? { data } : { data: { data, isBuffer: false } })}`;

  describe(`sockets on ${platform}`, () => {
    test("a socket opens at the real address, carries its headers, sends, hears, and hangs up", async () => {
      const host = await start(platform);
      await host.tap("#connect");
      await until(host, "open");
      expect(await lines(host)).toEqual(["called", "open"]);
      expect(arrived.map(({ header }) => header)).toEqual(["1"]);
      await host.tap("#send");
      await until(host, heard("echo hello"));
      await host.tap("#hangUp");
      await until(host, "closed 1000");
      expect(host.sockets).toMatchObject([
        { url: "wss://news.example/live?a=1", state: "closed", sent: ["hello"], received: ["echo hello"], code: 1000 },
      ]);
      expectClean(host);
    });

    test("an address that is not listed, or is none of a socket, is refused without a connection", async () => {
      const host = await start(platform);
      await host.tap("#elsewhere");
      await host.tap("#nonsense");
      const said = await lines(host);
      expect(said.filter((line) => line.startsWith("fail"))).toHaveLength(2);
      expect(said[0]).toContain("url not in domain list");
      expect([arrived.length, host.sockets.length]).toEqual([0, 0]);
    });

    test("without a network it fails, and a network that goes breaks what was open", async () => {
      const host = await start(platform, { network: "none" });
      await host.tap("#connect");
      expect(await lines(host)).toEqual(["called", "error net::ERR_INTERNET_DISCONNECTED", "closed 1006"]);
      host.network.offline = false;
      await host.tap("#connect");
      await until(host, "open");
      host.network.offline = true;
      await host.idle();
      expect((await lines(host)).at(-1)).toBe("closed 1006");
      await host.tap("#send");
      expect((await lines(host)).at(-1)).toBe("not sent");
    });

    test("what is held arrives after the release, in order, while the host counts as idle", async () => {
      const host = await start(platform);
      host.network.hold = true;
      await host.tap("#connect");
      expect(await lines(host)).toEqual(["called"]);
      expect(host.network.held).toBe(0);
      host.network.release();
      await until(host, "open");
      host.network.hold = true;
      arrived[0]?.socket.send("one");
      arrived[0]?.socket.send("two");
      await host.idle();
      expect(await lines(host)).toEqual(["called", "open"]);
      host.network.release();
      await until(host, heard("two"));
      expect(await lines(host)).toEqual(["called", "open", heard("one"), heard("two")]);
    });

    test("a router that forgets the connection, a server that ends it, and a long stay in the background are told", async () => {
      const host = await start(platform);
      await host.tap("#connect");
      await until(host, "open");
      await host.dropSockets();
      expect((await lines(host)).at(-1)).toBe("closed 1006");
      await host.tap("#connect");
      await vi.waitFor(() => expect(host.sockets.at(-1)?.state).toBe("open"), { timeout: 5_000 });
      arrived.at(-1)?.socket.close(1001);
      await until(host, "closed 1001");
      await host.tap("#connect");
      await vi.waitFor(() => expect(host.sockets.at(-1)?.state).toBe("open"), { timeout: 5_000 });
      await host.background({ seconds: 3 });
      expect(host.sockets.at(-1)?.state).toBe("open");
      await host.foreground();
      await host.background({ seconds: 6 });
      expect(host.sockets.at(-1)).toMatchObject({ state: "closed", code: 1006 });
    });
  });
}

test("WeChat keeps five sockets at once and refuses a sixth", async () => {
  const host = await start("weapp");
  for (let at = 0; at < 6; at++) await host.tap("#connect");
  await vi.waitFor(() => expect(host.sockets.filter(({ state }) => state === "open")).toHaveLength(5), {
    timeout: 5_000,
  });
  expect(await lines(host)).toContain("fail connectSocket:fail exceed max task count");
  expect(host.sockets).toHaveLength(5);
});

test("Alipay's single socket speaks through `my`, and there is only one of it", async () => {
  const host = await start("alipay");
  await host.tap("#global");
  await until(host, "open");
  await host.tap("#sendGlobal");
  await until(host, 'heard {"data":"echo hello","isBuffer":false}');
  await host.tap("#global");
  await until(host, "fail 3");
  await host.tap("#closeGlobal");
  await until(host, "closed");
  expect(host.sockets).toMatchObject([{ state: "closed", code: 1000 }]);
});
