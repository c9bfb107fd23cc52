/** The only place where things meet: configuration → adapters → rooms → listening. */
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  alipayMessages,
  alipayOpen,
  alipaySafety,
  aliyunDuty,
  aliyunSms,
  portal,
  toBody,
  wechatMessages,
  wechatMini,
  wechatPush,
  wechatSafety,
  wechatTokens,
  wechatWeb,
} from "@weimenhu/connectors/adapters";
import { OutsideFault } from "@weimenhu/connectors/fault";
import type { AlipayOpen, PictureCheck, TextCheck } from "@weimenhu/connectors/ports";
import { h5Site } from "@weimenhu/h5/serve";
import { caseSubjects, circleDeps, liveScopes, makeApi } from "./api.ts";
import { circleCallbacks, circleJobs, circleTicks } from "./features/circle/index.ts";
import { noticeJobs, noticeTicks } from "./features/notices/index.ts";
import { caseTicks, loadCalendar, recomputeDeadlines } from "./foundation/cases/index.ts";
import * as identity from "./foundation/identity/index.ts";
import { addresses, localFolder, mediaRoutes, sweep as sweepMedia } from "./foundation/media/index.ts";
import { messageJobs, messageTemplates, messageTicks, waysOff } from "./foundation/messages/index.ts";
import { ensureCounty } from "./foundation/regions/index.ts";
import { sealAuditHeads } from "./kernel/audit.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import { type Config, ConfigFault, filingInPreparation, loadConfig } from "./kernel/config.ts";
import { type Db, openDb } from "./kernel/db.ts";
import { makeDial } from "./kernel/dial.ts";
import { healthRoutes } from "./kernel/health.ts";
import { createHttp, listening } from "./kernel/http.ts";
import { checkKeys } from "./kernel/keys.ts";
import { liveSockets } from "./kernel/live.ts";
import { type Log, openLog } from "./kernel/log.ts";
import { openMetrics, serveMetrics } from "./kernel/metrics.ts";
import { sweepOutbox } from "./kernel/outbox.ts";
import { outboxWorker } from "./kernel/outbox-worker.ts";
import { publicAnswers } from "./kernel/rpc-answers.ts";
import { requestContext } from "./kernel/rpc-context.ts";
import { rpcPrefix, rpcServer } from "./kernel/rpc-http.ts";
import { exitCodeOf, plainly } from "./kernel/run-tool.ts";
import { sealer } from "./kernel/seal.ts";
import { gracefulStop } from "./kernel/stop.ts";
import { type Tick, ticks } from "./kernel/ticks.ts";
import { insideTx } from "./kernel/tx.ts";

const dayMs = 86_400_000;

export type Running = {
  port: number;
  metricsPort: number;
  /** Runs everything that is due until nothing is left: what tests and the demo wait for. */
  settle(): Promise<void>;
  /** Last first; each step is safe to run once. */
  steps: { name: string; run: () => Promise<unknown> }[];
};

export type Serving = {
  clock?: Clock;
  log?: Log;
  stopping?: () => boolean;
  quiet?: boolean;
  pressure?: { maxEventLoopDelay: number; maxEventLoopUtilization: number };
};

type OnDial = (system: string, outcome: string, ms: number) => void;

/** Without keys (development only) the rest of the site runs, and signing in with Alipay is refused as if it were down. */
function noAlipay(authorize: string): AlipayOpen {
  const why = "ALIPAY_PRIVATE_KEY is not given";
  const refused = async () => {
    throw new OutsideFault("alipay", "config", { detail: why });
  };
  return { session: refused, phone: refused, check: async () => ({ ok: false, why }), authorizeUrl: () => authorize };
}

const brief = { timeoutMs: 4_000 };

/** Without an address for WeChat's pushes its answers about pictures never come, so it is not asked. */
const checkedBy = (wechat: TextCheck & PictureCheck, push: string): TextCheck & PictureCheck =>
  push ? wechat : { ...wechat, picture: async () => ({ no: "not-active" }) };

/** Every system outside, each behind a dial of its own with its own circuit. */
function outsideOf(config: Config, onCall: OnDial) {
  // Signed requests carry the real time, whatever time a test or the demo lives in.
  const now = () => systemClock.now();
  const dial = (system: string, more: { maxBytes?: number; timeoutMs?: number } = {}) =>
    makeDial({ system, insideTx, onCall, allowHosts: config.PORTAL_ALLOW_HOSTS, ...more });
  const { WECHAT_APPID: appid, WECHAT_SECRET: secret, WECHAT_BASE: base } = config;
  const miniApp = { now, appid, secret, base, dial: dial("wechat") };
  // Signing in, messages and the check of content share one access token.
  const wechat = { ...miniApp, tokens: wechatTokens("wechat", miniApp) };
  const alipay = {
    now,
    dial: dial("alipay"),
    appid: config.ALIPAY_APPID,
    privateKey: config.ALIPAY_PRIVATE_KEY,
    publicKey: config.ALIPAY_PUBLIC_KEY,
    aesKey: config.ALIPAY_AES_KEY,
    gateway: config.ALIPAY_GATEWAY,
    authorize: config.ALIPAY_AUTHORIZE,
  };
  const sms = {
    now,
    dial: dial("aliyun-sms"),
    accessKey: config.SMS_ACCESS_KEY,
    secret: config.SMS_SECRET,
    endpoint: config.SMS_ENDPOINT,
    signName: config.SMS_SIGN_NAME,
    template: config.SMS_TEMPLATE,
  };
  const messages = {
    weapp: wechatMessages({ ...wechat, dial: dial("wechat-messages"), edition: config.WECHAT_EDITION }),
    alipay: config.ALIPAY_PRIVATE_KEY ? alipayMessages({ ...alipay, dial: dial("alipay-messages") }) : null,
    sms: config.SMS_TEMPLATE_DUTY
      ? aliyunDuty({ ...sms, dial: dial("aliyun-duty"), template: config.SMS_TEMPLATE_DUTY })
      : null,
  };
  const login = {
    wechatMini: wechatMini(wechat),
    wechatWeb: wechatWeb({
      now,
      dial: dial("wechat-web"),
      appid: config.WECHAT_WEB_APPID,
      secret: config.WECHAT_WEB_SECRET,
      base: config.WECHAT_WEB_BASE,
      authorize: config.WECHAT_WEB_AUTHORIZE,
    }),
    alipay: config.ALIPAY_PRIVATE_KEY ? alipayOpen(alipay) : noAlipay(config.ALIPAY_AUTHORIZE),
    sms: aliyunSms(sms),
  };
  const push = config.WECHAT_PUSH_TOKEN && config.WECHAT_PUSH_KEY;
  const safety = {
    // People wait while their words are looked at; what takes longer is asked again afterwards.
    wechat: config.WECHAT_APPID
      ? checkedBy(wechatSafety({ ...wechat, dial: dial("wechat-safety", brief) }), push)
      : null,
    alipay: config.ALIPAY_PRIVATE_KEY
      ? alipaySafety({ ...alipay, dial: dial("alipay-safety", brief), channel: config.ALIPAY_RISK_CHANNEL })
      : null,
  };
  const pushes = push ? wechatPush({ appid, token: config.WECHAT_PUSH_TOKEN, aesKey: config.WECHAT_PUSH_KEY }) : null;
  const large = { maxBytes: 6 * 1024 * 1024, timeoutMs: 20_000 };
  return {
    login,
    messages,
    safety,
    pushes,
    portal: portal({ dial: dial("portal", large) }),
    pictures: dial("portal-pictures", large),
  };
}

/** Said before anything is opened: a folder without built clients would end in a stack trace. */
function checkFiles({ SITE_FILES }: Config): void {
  const missing = ["miniapp/dist/h5", "miniapp/dist/views"].find((dir) => !existsSync(join(SITE_FILES, dir)));
  if (SITE_FILES && missing)
    throw new ConfigFault([`SITE_FILES: there is no ${join(SITE_FILES, missing)}; \`npm run build\` makes it`]);
}

/** The demo's people sign in with codes that everybody can read. */
async function refuseDemoData(db: Db): Promise<void> {
  const tables = await db.rows(
    "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'demo_seed'",
  );
  if (tables.length > 0)
    throw new ConfigFault(["DATABASE_URL: this database holds the demo county; production needs an empty one"]);
}

/** Starts one server. `quiet`: neither ticks nor the outbox run by themselves, so that a test decides when. */
export async function serve(
  config: Config,
  { clock = systemClock, stopping = () => false, ...more }: Serving = {},
): Promise<Running> {
  checkFiles(config);
  const log = more.log ?? openLog(config.LOG_LEVEL);
  const days = loadCalendar(config.WORKDAYS_FILE);
  const metrics = openMetrics();
  const db = openDb(config, clock);
  metrics.watch(db);
  const seal = sealer(config);
  try {
    if (config.NODE_ENV === "production") await refuseDemoData(db);
    await checkKeys(db, seal);
  } catch (fault) {
    await db.close();
    throw fault;
  }
  await sealAuditHeads(db);
  const cases = { db, calendar: () => days, subjects: caseSubjects };
  // One case at fault must not keep the site closed; every night tries again.
  await recomputeDeadlines(cases).catch((err: unknown) => log.error({ err }, "deadlines were not computed anew"));
  await ensureCounty(db, clock.now(), config.HOME_COUNTY, config.COUNTY_NAME);

  const outside = outsideOf(config, metrics.onDial);
  const sessionDays = { any: config.SESSION_DAYS, desk: config.DESK_SESSION_DAYS };
  const deps: identity.IdentityDeps = {
    seal,
    signInOff: config.SIGN_IN_OFF,
    sessionDays,
    homeCounty: config.HOME_COUNTY,
    siteName: config.SITE_NAME,
    publicUrl: config.PUBLIC_URL,
    ...outside.login,
  };
  const folder = await localFolder(config.MEDIA_DIR);
  const resolveCaller = (token: string) => identity.resolveCaller(db, clock, token, sessionDays);
  const calls = { db, clock, log, config, resolveCaller, onCall: metrics.onCall };
  const router = makeApi(config, deps, days, outside.safety);
  const circle = { ...circleDeps(config, deps, days, outside.safety), db, log };

  const messages = { templates: messageTemplates(config) };
  const handlers = {
    [identity.codeJob]: identity.sendCode({ ...deps, db, clock }),
    ...messageJobs({ db, ...messages, outside: outside.messages, reachOf: identity.reachOf(deps) }),
    ...circleJobs(circle),
    ...noticeJobs({ db, log, portal: outside.portal, toBody, dial: outside.pictures, folder }),
  };
  const worker = outboxWorker({ db, log, onJob: metrics.onJob, handlers });
  const house = { db, clock, folder };
  const jobs: Record<string, Tick> = {
    ...noticeTicks({ db }),
    ...caseTicks(cases),
    ...messageTicks(db),
    ...circleTicks(circle),
    "identity.sweep": { cron: "10 3 * * *", run: () => identity.sweepIdentity(db, clock) },
    "media.sweep": { cron: "20 3 * * *", run: () => sweepMedia(house).then(() => undefined) },
    "outbox.sweep": { cron: "30 3 * * *", run: () => sweepOutbox(db, clock.now() - 30 * dayMs).then(() => undefined) },
  };
  const periodic = ticks({ db, log, jobs, onTick: metrics.onTick });

  const app = await createHttp({ config, log, ...(more.pressure ? { pressure: more.pressure } : {}) });
  healthRoutes(app, { db, log, stopping, kinds: Object.keys(handlers), off: waysOff(messages, outside.messages) });
  await app.register(rpcServer({ ...calls, router }), { prefix: rpcPrefix });
  await mediaRoutes(app, { db, folder, addresses: addresses(config), context: requestContext(calls) });
  const live = config.LIVE
    ? liveSockets(app, { db, log, config, resolveCaller, scopes: liveScopes(db), ...metrics.live })
    : null;
  if (live) metrics.watchLive(live);
  identity.callbacks(app, { ...deps, db, clock, log });
  if (outside.pushes) await circleCallbacks(app, { db, log, push: outside.pushes });
  if (config.SITE_FILES) {
    await h5Site(app, {
      root: config.SITE_FILES,
      site: { name: config.SITE_NAME, domain: config.SITE_DOMAIN, idCode: config.SITE_ID_CODE },
      publicUrl: config.PUBLIC_URL,
      now: () => clock.now(),
      ask: publicAnswers(router, calls),
      onFault: (err, request) => log.error({ err, request }, "page not drawn"),
    });
  }

  const at = { host: config.HOST, port: config.PORT };
  await listening(at, () => app.listen(at));
  const address = app.server.address();
  const port = typeof address === "object" && address ? address.port : config.PORT;
  const metricsAt = { host: config.METRICS_HOST, port: config.METRICS_PORT, prefix: "METRICS_" as const };
  const metricsServer = await listening(metricsAt, () => serveMetrics(config, metrics));
  if (!more.quiet) {
    worker.start();
    periodic.start();
  }
  let settledAt = clock.now();
  return {
    port,
    metricsPort: metricsServer.port,
    async settle() {
      await periodic.runDue(settledAt);
      settledAt = clock.now();
      await worker.settle();
    },
    steps: [
      { name: "live", run: async () => live?.stop() },
      { name: "http", run: () => app.close() },
      { name: "ticks", run: () => periodic.stop() },
      { name: "outbox", run: () => worker.stop() },
      { name: "metrics", run: () => metricsServer.close() },
      { name: "database", run: () => db.close() },
    ],
  };
}

/** Started as a program: migrations were run before (`tools/migrate`), faults of the configuration are told one a line. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = openLog(config.LOG_LEVEL);
  let stopping = () => false;
  const running = await serve(config, { log, stopping: () => stopping() });
  stopping = gracefulStop({ log, steps: running.steps }).stopping;
  if (config.SITE_FILING === filingInPreparation)
    log.warn("the number of the government app is not there yet (SITE_FILING): not to be opened to the public");
  console.log(`ready: http://localhost:${running.port}`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((fault: unknown) => {
    console.error(plainly(fault) ?? fault);
    process.exit(exitCodeOf(fault));
  });
}
