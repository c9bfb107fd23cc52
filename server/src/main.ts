/** The only place where things meet: configuration → adapters → rooms → listening. */
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toBody } from "@weimenhu/connectors/adapters";
import { h5Site } from "@weimenhu/h5/serve";
import { caseSubjects, circleDeps, liveScopes, makeApi } from "./api.ts";
import {
  appointmentJobs,
  appointmentTicks,
  fillSlots,
  readDepartments,
  readPlaces,
} from "./features/appointments/index.ts";
import { circleCallbacks, circleJobs, circleTicks, needConsentSomewhere } from "./features/circle/index.ts";
import { noticeJobs, noticeTicks } from "./features/notices/index.ts";
import { caseTicks, keepTime, loadCalendar, recomputeDeadlines, watchTime } from "./foundation/cases/index.ts";
import * as identity from "./foundation/identity/index.ts";
import { addresses, mediaRoutes, openFiles, sweep as sweepMedia } from "./foundation/media/index.ts";
import { messageJobs, messageTemplates, messageTicks, waysOff } from "./foundation/messages/index.ts";
import { ensureCounty } from "./foundation/regions/index.ts";
import { sealAuditHeads } from "./kernel/audit.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import { type Config, ConfigFault, filingInPreparation, loadConfig } from "./kernel/config.ts";
import { type Db, openDb } from "./kernel/db.ts";
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
import { outsideOf } from "./outside.ts";

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
  await watchTime({ db, log });
  // One case at fault must not keep the site closed; every night tries again.
  await recomputeDeadlines(cases).catch((err: unknown) => log.error({ err }, "deadlines were not computed anew"));
  await fillSlots(cases, db, clock).catch((err: unknown) => log.error({ err }, "slots were not made"));
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
  const files = await openFiles({ dir: config.MEDIA_DIR, ...(await outside.files(log)) });
  const resolveCaller = (token: string) => identity.resolveCaller(db, clock, token, sessionDays);
  const calls = { db, clock, log, config, resolveCaller, onCall: metrics.onCall };
  const router = makeApi(config, deps, days, outside.safety);
  const circle = { ...circleDeps(config, deps, days, outside.safety), db, log };

  const messages = { templates: messageTemplates(config) };
  const handlers = {
    [identity.codeJob]: identity.sendCode({ ...deps, db, clock }),
    [identity.changedJob]: identity.sendChanged({ db, ...deps }),
    [identity.agreeJob]: identity.sendAgree({ ...deps, db, clock }),
    ...messageJobs({ db, ...messages, outside: outside.messages, reachOf: identity.reachOf(deps) }),
    ...circleJobs(circle),
    ...appointmentJobs({
      ...{ db, hospital: outside.hospital, patientOf: identity.patientOf(deps) },
      ...{ text: deps.sms.behalf ?? null, principalPhone: identity.principalPhone(deps) },
    }),
    ...noticeJobs({ db, log, portal: outside.portal, toBody, dial: outside.pictures, files }),
  };
  const worker = outboxWorker({ db, log, onJob: metrics.onJob, handlers });
  const house = { db, clock, files };
  const jobs: Record<string, Tick> = {
    ...noticeTicks({ db }),
    ...caseTicks(cases),
    ...messageTicks(db),
    ...circleTicks(circle),
    ...appointmentTicks({ calendar: cases.calendar, home: config.HOME_COUNTY, hospital: outside.hospital, log }, db),
    "identity.sweep": { cron: "10 3 * * *", run: () => identity.sweepIdentity(db, clock) },
    "media.sweep": { cron: "20 3 * * *", run: () => sweepMedia(house).then(() => undefined) },
    "outbox.sweep": { cron: "30 3 * * *", run: () => sweepOutbox(db, clock.now() - 30 * dayMs).then(() => undefined) },
  };
  const periodic = ticks({ db, log, jobs, onTick: metrics.onTick });

  const app = await createHttp({ config, log, ...(more.pressure ? { pressure: more.pressure } : {}) });
  healthRoutes(app, { db, log, stopping, kinds: Object.keys(handlers), off: waysOff(messages, outside.messages) });
  await app.register(rpcServer({ ...calls, router }), { prefix: rpcPrefix });
  await mediaRoutes(app, {
    db,
    files,
    addresses: addresses(config),
    context: requestContext(calls),
    needConsent: (ctx) => needConsentSomewhere(circle, ctx),
  });
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
  const { hospital } = outside;
  if (hospital !== null) {
    // Nobody waits for a hospital that does not answer: the clock asks again.
    const read = readDepartments(hospital, db, config.HOME_COUNTY)
      .then(() => readPlaces(hospital, db))
      .catch((err: unknown) => log.error({ err }, "the hospital was not read"));
    if (more.quiet) await read;
  }
  const stopTime = more.quiet ? () => undefined : keepTime({ db, log });
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
      { name: "time", run: async () => stopTime() },
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
