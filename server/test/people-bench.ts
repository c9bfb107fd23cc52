import { idCardCheck } from "@weimenhu/domain/base/id-card";
import type { Channel } from "@weimenhu/domain/identity/channel";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import type { GrantedRole } from "@weimenhu/domain/permissions";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import {
  agreeJob,
  bootstrapAdmins,
  changedJob,
  codeJob,
  holdPerson,
  type IdentityDeps,
  identityHoldings,
  identityRooms,
  type MandateNews,
  resolveCaller,
  sendAgree,
  sendChanged,
  sendCode,
} from "../src/foundation/identity/index.ts";
import { followsHolding, regionsRoom } from "../src/foundation/regions/index.ts";
import { auditHolding } from "../src/kernel/audit-holding.ts";
import { type ManualClock, manualClock } from "../src/kernel/clock.ts";
import type { Ctx } from "../src/kernel/ctx.ts";
import { type Db, openDb } from "../src/kernel/db.ts";
import { allHoldings, type Holding } from "../src/kernel/holdings.ts";
import { newId } from "../src/kernel/id.ts";
import { OutboxWorker } from "../src/kernel/outbox-worker.ts";
import { callerOf, router } from "../src/kernel/rpc.ts";
import { sealer } from "../src/kernel/seal.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { inTx } from "../src/kernel/tx.ts";
import { freshDatabase } from "./database/index.ts";

export const county = "990101000000";
const home = county;
const silent = pino({ level: "silent" });
const ok = async () => ({ ok: true as const });

/** Platforms that believe what the code says: `openid`, or `openid|unionid`; a phone code is the phone. */
function platforms(
  sent: Map<string, string[]>,
  told: string[],
): Omit<IdentityDeps, "seal" | "homeCounty" | "siteName" | "publicUrl"> {
  const wechat = async (code: string) => {
    if (code.startsWith("no:")) return { no: code.slice(3) as "bad-code" | "blocked" | "too-often" };
    const [openid = "", unionid] = code.split("|");
    return unionid === undefined ? { openid } : { openid, unionid };
  };
  const authorizeUrl = (hop: { back: string; state: string }) =>
    `https://platform.example/authorize?${new URLSearchParams(hop)}`;
  return {
    wechatMini: { check: ok, session: wechat, phone: async (code) => ({ phone: code }) },
    wechatWeb: { check: ok, authorizeUrl, exchange: wechat },
    alipay: {
      check: ok,
      authorizeUrl,
      session: async (code) => ({ openId: code }),
      phone: async (response, sign) => (sign === "good" ? { phone: response } : { no: "forged" }),
    },
    sms: {
      check: ok,
      code: async (phone, code) => {
        sent.set(phone, [...(sent.get(phone) ?? []), code]);
        return { sent: true };
      },
      agree: async (phone, code) => {
        sent.set(`agree ${phone}`, [...(sent.get(`agree ${phone}`) ?? []), code]);
        return { sent: true };
      },
      changed: async (phone) => {
        told.push(phone);
        return { sent: true };
      },
    },
  };
}

export type Bench = Awaited<ReturnType<typeof openPeople>>;

/** The identity room on a real database, a clock that stands still, and telephones in people's hands. */
export async function openPeople(start = 1_790_000_000_000, more: readonly Holding[] = []) {
  const database = await freshDatabase();
  const config = testConfig({ DATABASE_URL: database.url, DATABASE_POOL: "12" });
  const clock = manualClock(start);
  const db = openDb(config, clock);
  const sent = new Map<string, string[]>();
  const told: string[] = [];
  const news: MandateNews[] = [];
  const deps: IdentityDeps = {
    seal: sealer(config),
    homeCounty: home,
    siteName: "示例县微门户",
    publicUrl: "http://localhost:8080",
    codesPerAddress: 10_000,
    tellMandate: async (_tx, _clock, one) => {
      news.push(one);
    },
    ...platforms(sent, told),
  };
  const holdings = allHoldings(identityHoldings(deps), [followsHolding, auditHolding], more);
  const rooms = {
    ...identityRooms(deps, holdings),
    regions: regionsRoom({ home, villagersOf: async () => 0, holdPerson }),
  };
  const server = callerOf(router(rooms));
  const handlers = {
    [codeJob]: sendCode({ db, clock, ...deps }),
    [changedJob]: sendChanged({ db, ...deps }),
    [agreeJob]: sendAgree({ db, clock, ...deps }),
  };
  const outbox = new OutboxWorker({ db, log: silent, handlers });
  await place(db, county, "示例县");
  let serial = 0;
  let towns = 0;
  let idCards = 0;

  const device = (channel: Channel) => new Device(db, clock, channel, server);
  type On = ReturnType<typeof device>;
  const codeFor = async (on: On, phone: string) => {
    await (await on.api()).signIn.requestCode({ phone, consent: privacyVersion });
    await outbox.settle();
    return sent.get(phone)?.at(-1) ?? "none";
  };
  /** Signs in with a one-time code; the clock steps on, so that the next one may be asked for. */
  const byCode = async (on: On, phone: string, desk = false) => {
    const code = await codeFor(on, phone);
    clock.advance(61_000);
    return on.took(await (await on.api()).signIn.withCode({ phone, code, consent: privacyVersion, desk }));
  };
  /** A town and a village of the test's own. */
  const village = async () => {
    const town = `990101${100 + ++towns}`;
    await place(db, `${town}000`, "清溪镇");
    await place(db, `${town}201`, "竹溪村");
    return `${town}201`;
  };
  const freshPhone = () => `1990001${String(++serial).padStart(4, "0")}`;
  /** Somebody who signed in by code, and holds the role as if a security administrator had given it. */
  const staff = async (role: GrantedRole, region: string, channel: Channel = "desk") => {
    const on = device(channel);
    const { me } = await byCode(on, freshPhone(), channel === "desk");
    await inTx(db, (tx) =>
      tx.execute(
        sql`INSERT INTO role_grant (id, person_id, region, role, since, open_key) VALUES (${newId()}, ${me.id}, ${region}, ${role}, '2026-01-01', ${`${me.id}:${region}:${role}`})`,
      ),
    );
    await db.pool.query("UPDATE session SET strong_until = '2099-01-01' WHERE person_id = ?", [me.id]);
    await db.pool.query(
      "INSERT INTO version_stamp (scope, version) VALUES (?, 1) ON DUPLICATE KEY UPDATE version = version + 1",
      [`person:${me.id}`],
    );
    db.versions.forget([`person:${me.id}`]);
    return { on, id: me.id };
  };
  const admins = async () => {
    const named = { sysadmin: freshPhone(), secadmin: freshPhone(), auditadmin: freshPhone() };
    const wanted = (["sysadmin", "secadmin", "auditadmin"] as const).map((role) => ({ role, phone: named[role] }));
    await bootstrapAdmins({ db, clock, seal: deps.seal, homeCounty: home }, wanted);
    return named;
  };
  /** Ever another number with a right check character; of nobody. */
  const idCard = (born = "19800101") => {
    const first = `990101${born}${String(++idCards % 1000).padStart(3, "0")}`;
    return first + idCardCheck(first);
  };
  const close = async () => {
    await outbox.stop();
    await db.close();
    await database.drop();
  };
  return {
    ...{ db, clock, config, deps, rooms, outbox, sent, told, news, url: database.url },
    ...{ device, codeFor, byCode, village, freshPhone, staff, admins, idCard, close },
  };
}

type Answer = { token: string | null };

/** One client in somebody's hand: keeps its token as a mini-program does, or its cookie as a browser does. */
export class Device<S = unknown> {
  token: string | null = null;
  userAgent = "Mozilla/5.0 (Linux; Android 14)";
  ip = "127.0.0.1";
  readonly #db: Db;
  readonly #clock: ManualClock;
  readonly #server: (ctx: Ctx) => S;
  readonly channel: Channel;

  constructor(db: Db, clock: ManualClock, channel: Channel, server: (ctx: Ctx) => S) {
    this.#db = db;
    this.#clock = clock;
    this.channel = channel;
    this.#server = server;
  }

  /** The API as it answers this client now. */
  api = async (): Promise<S> => this.#server(await this.ctx());
  caller = async () => (this.token === null ? null : resolveCaller(this.#db, this.#clock, this.token));
  took = <T extends Answer>(answer: T): T => {
    if (answer.token !== null) this.token = answer.token;
    return answer;
  };

  async ctx(): Promise<Ctx> {
    return {
      requestId: newId(),
      clock: this.#clock,
      db: this.#db,
      log: silent,
      channel: this.channel,
      client: { name: this.channel, version: "1.0.0" },
      ip: this.ip,
      userAgent: this.userAgent,
      caller: await this.caller(),
      signal: new AbortController().signal,
      setSession: (token) => {
        this.token = token;
      },
      clearSession: () => {
        this.token = null;
      },
    };
  }
}

async function place(db: Db, code: string, name: string) {
  await db.pool.query("INSERT IGNORE INTO region (code, name, sort, created_at) VALUES (?, ?, 0, '2026-01-01')", [
    code,
    name,
  ]);
}

/** The word of the refusal that a call ends in; fails when it ends otherwise. */
export async function refused(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (fault) {
    for (let error: unknown = fault; error instanceof Error; error = error.cause) {
      if ("word" in error && typeof error.word === "string") return error.word;
    }
    throw fault;
  }
  throw new Error("it was not refused");
}
