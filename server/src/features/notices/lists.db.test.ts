import cookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  county,
  ctxOf,
  farVillage,
  type Kit,
  log,
  noticesKit,
  otherTown,
  personOf,
  roomsRouter,
  sister,
  town,
  village,
} from "../../../test/notices-kit.ts";
import { systemClock } from "../../kernel/clock.ts";
import { type Db, openDb } from "../../kernel/db.ts";
import { callerOf } from "../../kernel/rpc.ts";
import { rpcPrefix, rpcServer } from "../../kernel/rpc-http.ts";
import { listStatement } from "./store.public.ts";

let kit: Kit;
beforeAll(async () => {
  kit = await noticesKit();
});
afterAll(() => kit.close());

const refused = (word: string) => expect.objectContaining({ cause: expect.objectContaining({ word }) });
const titles = async (region: string, more = {}) =>
  (await kit.as(null).notices.list({ region, limit: 50, ...more })).items.map((item) => item.title);

describe("who sees what", () => {
  beforeAll(async () => {
    for (const [region, name] of [
      [county, "县"],
      [town, "镇"],
      [otherTown, "别镇"],
      [village, "村"],
      [sister, "邻村"],
    ] as const) {
      for (const reach of ["here", "subtree"] as const) {
        kit.clock.advance(1_000);
        await kit.publish(region, `${name}${reach === "here" ? "本级" : "下达"}`, { reach });
      }
    }
  });
  test.each([
    [county, ["县下达", "县本级"]],
    [town, ["镇下达", "镇本级", "县下达"]],
    [village, ["村下达", "村本级", "镇下达", "县下达"]],
    [sister, ["邻村下达", "邻村本级", "镇下达", "县下达"]],
    [farVillage, ["别镇下达", "县下达"]],
  ])("%s sees its own and what reaches down to it, each once, newest first", async (region, expected) => {
    expect(await titles(region)).toEqual(expected);
  });
  test("no region means the home county, and one that does not exist is refused", async () => {
    expect((await kit.as(null).notices.list({})).items.map((item) => item.title)).toEqual(["县下达", "县本级"]);
    await expect(kit.as(null).notices.list({ region: "990199000000" })).rejects.toEqual(refused("NO_SUCH_REGION"));
  });
  test("a pinned notice stands on top until it is unpinned", async () => {
    const { items } = await kit.as(null).notices.list({ region: village });
    const old = items.at(-1);
    const clerk = kit.as(personOf("clerk", county)).notices;
    await clerk.move({ id: old?.id ?? "", version: 1, move: "pin" });
    expect((await titles(village))[0]).toBe("县下达");
    await clerk.move({ id: old?.id ?? "", version: 1, move: "unpin" });
    expect((await titles(village))[0]).toBe("村下达");
  });
  test("a column shows its own notices only", async () => {
    await kit.publish(village, "水管检修", { category: "outage" });
    expect(await titles(village, { category: "outage" })).toEqual(["水管检修"]);
  });
});

test("pages are complete and without doubles while notices are published between them", async () => {
  const ids = new Set<string>();
  for (let i = 0; i < 23; i++) {
    if (i % 3 !== 0) kit.clock.advance(1_000);
    const region = [farVillage, otherTown, county][i % 3] ?? county;
    const id = await kit.publish(region, `第${i}条`, { reach: "subtree" });
    ids.add(id);
    if (i < 3) await kit.as(personOf("clerk", region)).notices.move({ id, version: 1, move: "pin" });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<ReturnType<Kit["as"]>["notices"]["list"]>> = await kit
      .as(null)
      .notices.list({ region: farVillage, limit: 4, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map((item) => item.id));
    cursor = page.next ?? undefined;
    kit.clock.advance(1_000);
    await kit.publish(farVillage, "插进来的");
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  for (const id of ids) expect(seen).toContain(id);
});

test("a cursor that we have not made is refused", async () => {
  const bad = [
    "x",
    Buffer.from("0.zzzzzzzzzz.x").toString("base64url"),
    "../../etc",
    Buffer.from("1.a.b").toString("base64"),
  ];
  for (const cursor of bad) {
    await expect(kit.as(null).notices.list({ cursor })).rejects.toEqual(refused("CURSOR_BAD"));
    await expect(kit.as(null).notices.search({ q: "停水", cursor })).rejects.toEqual(refused("CURSOR_BAD"));
  }
});

test("a page is read along the indexes: a handful of rows, however many there are", async () => {
  const [first] = (await kit.as(null).notices.list({ region: farVillage, limit: 2 })).items;
  expect(first).toBeDefined();
  const connection = await kit.db.pool.getConnection();
  try {
    const reads = async (run: () => Promise<unknown>) => {
      await connection.query("FLUSH STATUS");
      await run();
      const [rows] = await connection.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
      return (rows as { Value: string }[]).reduce((sum, row) => sum + Number(row.Value), 0);
    };
    const after = { rank: 0, at: kit.clock.now() - 10_000, id: first?.id ?? "" };
    const [sql, values] = listStatement({ region: farVillage, category: null, after, limit: 3 });
    expect(await reads(() => connection.execute(sql, values))).toBeLessThan(80);
  } finally {
    connection.release();
  }
});

describe("answers kept for everybody", () => {
  const apps: { app: FastifyInstance; db: Db }[] = [];
  beforeAll(async () => {
    for (let i = 0; i < 2; i++) {
      const db = openDb(kit.config, systemClock);
      const app = Fastify();
      await app.register(cookie);
      const router = roomsRouter();
      const resolveCaller = async () => null;
      await app.register(rpcServer({ router, db, clock: systemClock, log, config: kit.config, resolveCaller }), {
        prefix: rpcPrefix,
      });
      apps.push({ app, db });
    }
  });
  afterAll(async () => {
    for (const { app, db } of apps) {
      await app.close();
      await db.close();
    }
  });
  const ask = async (at: number, path: string, input: object) => {
    const url = `${rpcPrefix}/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;
    return (await apps[at]?.app.inject({ url }))?.body ?? "";
  };

  test("a withdrawn notice is gone at once in the process that withdrew it, and within a second in others", async () => {
    const id = await kit.publish(county, "将被撤回的通知", { reach: "subtree" });
    const list = { region: village, limit: 50 };
    await vi.waitFor(async () => {
      expect(await ask(0, "notices.list", list)).toContain(id);
      expect(await ask(1, "notices.list", list)).toContain(id);
    });
    expect(await ask(0, "notices.get", { id })).toContain("将被撤回的通知。");
    const clerk = callerOf(kit.rooms)(ctxOf(apps[0]?.db ?? kit.db, personOf("clerk", county))).notices;
    await clerk.move({ id, version: 1, move: "withdraw", reason: "发错了" });
    expect(await ask(0, "notices.list", list)).not.toContain(id);
    expect(await ask(0, "notices.get", { id })).not.toContain("将被撤回的通知。");
    await vi.waitFor(async () => expect(await ask(1, "notices.list", list)).not.toContain(id), {
      timeout: 1_500,
      interval: 20,
    });
  });
});
