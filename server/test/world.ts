/** A whole county on real ports: database, vendors' sandboxes, server. Shared by the demo, the tests and the browser walks. */
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { startAll } from "@weimenhu/sandbox";
import { pushPath } from "../src/features/circle/index.ts";
import { manualClock } from "../src/kernel/clock.ts";
import { loadConfig } from "../src/kernel/config.ts";
import { migrate } from "../src/kernel/db.ts";
import { openLog } from "../src/kernel/log.ts";
import { testEnv } from "../src/kernel/testing.ts";
import { serve } from "../src/main.ts";
import { type Api, apiClient } from "./client.ts";

export type WorldOptions = {
  databaseUrl: string;
  /** Epoch ms at which the world's clock stands; without it the world lives in real time. */
  start?: number;
  /** Settings that go before those of a test. */
  env?: Record<string, string | undefined>;
  /** Serve the built clients too; the checkout's root. */
  files?: string;
  /** Let ticks and the outbox run by themselves instead of by `settle()`. */
  lively?: boolean;
  /** The county has joined a hospital. */
  hospital?: boolean;
};

/** Phones, vendors and server share one process here: that it is busy for a moment is no overload. */
export const patient = { maxEventLoopDelay: 0, maxEventLoopUtilization: 0 };

export type World = Awaited<ReturnType<typeof startWorld>>;
export type Person = { api: Api; token: string; id: string; phone: string | null };

export async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no free port");
  return address.port;
}

export async function startWorld(options: WorldOptions) {
  const { databaseUrl, start, env = {}, files = "none", lively = false, hospital = false } = options;
  const clock = start === undefined ? null : manualClock(start);
  const outside = await startAll({ portBase: 0, ...(clock ? { now: clock.now } : {}) });
  const vendors = Object.entries(outside.env).filter(([name]) => hospital || !name.startsWith("HOSPITAL_"));
  const port = await freePort();
  const scratch = mkdtempSync(path.join(tmpdir(), "weimenhu-world-"));
  const url = `http://127.0.0.1:${port}`;
  const config = loadConfig({
    ...testEnv(),
    ...Object.fromEntries(vendors),
    DATA_DIR: scratch,
    RATE_ADDRESS: "1000000",
    RATE_ACCOUNT: "1000000",
    SITE_DOMAIN: "www.example.gov.cn",
    SITE_ID_CODE: "9901010001",
    SITE_ICP: "示例ICP备00000000号",
    ...env,
    DATABASE_URL: databaseUrl,
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: url,
    METRICS_PORT: "0",
    SITE_FILES: files,
  });
  await migrate(databaseUrl);
  const running = await serve(config, {
    ...(clock ? { clock } : {}),
    log: openLog(config.LOG_LEVEL),
    quiet: !lively,
    pressure: patient,
  });

  outside.wechat.control.pushTo(`${url}${pushPath}`);

  /** Signs somebody in through WeChat, with their phone when one is given: the way most people come. */
  async function person(
    who: { phone?: string; openid?: string; unionid?: string; channel?: "weapp" | "alipay" } = {},
  ): Promise<Person> {
    let token: string | null = null;
    const channel = who.channel ?? "weapp";
    const api = apiClient(url, channel, () => token);
    const openid = who.openid ?? `o-${who.phone ?? crypto.randomUUID()}`;
    const consent = privacyVersion;
    let answer =
      channel === "weapp"
        ? await api.signIn.wechat.mutate({ code: outside.wechat.control.issueCode(openid, who.unionid), consent })
        : await api.signIn.alipay.mutate({ code: outside.alipay.control.issueCode(openid), consent });
    token = answer.token;
    if (who.phone !== undefined && answer.needs === "phone") {
      answer =
        channel === "weapp"
          ? await api.signIn.wechatPhone.mutate({ code: outside.wechat.control.issuePhoneCode(who.phone) })
          : await api.signIn.alipayPhone.mutate(outside.alipay.control.issuePhone(who.phone));
      token = answer.token ?? token;
    }
    if (token === null) throw new Error("no session was given");
    return { api, token, id: answer.me.id, phone: who.phone ?? null };
  }

  /** The one-time code that this phone was sent last. */
  async function codeOn(phone: string): Promise<string> {
    await running.settle();
    const code = outside.sms.control.messages(phone).findLast(({ params }) => params.code)?.params.code;
    if (!code) throw new Error(`no code was sent to ${phone}`);
    return code;
  }

  return {
    url,
    port,
    config,
    clock,
    outside,
    metricsPort: running.metricsPort,
    person,
    codeOn,
    /** The API as a channel sees it before anybody has signed in. */
    anybody: (channel: "weapp" | "alipay" | "web" | "desk" = "weapp") => apiClient(url, channel),
    /** Runs all that is due until nothing is left. */
    settle: async () => {
      do await running.settle();
      while ((await outside.wechat.control.pushed()) > 0);
    },
    async close(): Promise<void> {
      for (const step of running.steps) await step.run();
      await outside.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
