import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type Db, openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { type Api, apiClient } from "./client.ts";
import { freshDatabase } from "./database/index.ts";
import { type LiveClient, liveClient } from "./live-client.ts";
import { official, openVillage, type Resident, village, villager } from "./residents.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

const soon = { timeout: 5_000, interval: 20 };
const scope = `village:${village}`;
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-live-"));
beforeAll(async () => {
  home = await freshDatabase();
  db = openDb(testConfig({ DATABASE_URL: home.url }));
  await openVillage(db);
});
afterAll(async () => {
  await db.close();
  await home.drop();
  rmSync(dir, { recursive: true, force: true });
});

async function start(port = 0): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: home.url, DATA_DIR: dir, PORT: String(port) });
  onTestFinished(server.kill);
  return server;
}
const on = ({ url }: ServerProcess, { token }: Resident): Api => apiClient(url, "weapp", () => token);
const post = (api: Api, text: string) => api.circle.post.mutate({ key: newId(), village, kind: "help", text });
const newest = async (api: Api) => (await api.circle.feed.query({ village, limit: 1 })).items[0]?.text;

/** Connected, and told how everything stands that it watches. */
async function watching({ port }: ServerProcess, { token }: Resident, scopes: string[]): Promise<LiveClient> {
  const phone = await liveClient(port);
  onTestFinished(() => phone.socket.terminate());
  phone.say({ client: "weapp/1.0.0", token, scopes });
  await vi.waitFor(() => expect(scopes.map(phone.at)).not.toContain(undefined), soon);
  return phone;
}
/** Waits until the phone has heard of something newer than what it knew when `act` began. */
async function hears(phone: LiveClient, what: string, act: () => Promise<unknown>): Promise<void> {
  const before = phone.at(what) ?? 0;
  await act();
  await vi.waitFor(() => expect(phone.at(what)).toBeGreaterThan(before), soon);
}

test("a phone at one process hears of a post and of its answer made at another, and after its own was killed and started again of what it missed", async () => {
  const [here, there] = await Promise.all([start(), start()]);
  const [reader, author] = [await villager(db), await villager(db)];
  const secretary = await official(db, { role: "secretary", region: village });
  const [mine, theirs, office] = [on(here, reader), on(there, author), on(there, secretary)];

  const phone = await watching(here, reader, [scope]);
  // Its page is in memory here, and was written before.
  expect(await newest(mine)).toBeUndefined();
  await hears(phone, scope, () => post(theirs, "村口垃圾没人清"));
  const [found] = (await mine.circle.feed.query({ village })).items;
  expect(found).toMatchObject({ text: "村口垃圾没人清", answer: null, case: { state: "pending" } });
  const id = found?.id ?? "";

  const scopes = [scope, `post:${id}`];
  phone.say({ client: "weapp/1.0.0", token: reader.token, scopes });
  await vi.waitFor(() => expect(phone.at(`post:${id}`)).toBeDefined(), soon);
  await hears(phone, `post:${id}`, () => office.circle.reply.mutate({ id, key: newId(), text: "马上处理" }));
  const answered = { case: { state: "handling" }, answer: { text: "马上处理", by: { mark: "official" } } };
  expect(await mine.circle.get.query({ id })).toMatchObject(answered);

  const known = scopes.map((one) => phone.at(one) ?? 0);
  await here.kill();
  // Nobody said goodbye.
  expect(await phone.closed).toBe(1006);
  await post(theirs, "路灯也不亮");
  await office.circle.reply.mutate({ id, key: newId(), text: "清完了", move: "finish" });
  const again = await start(here.port);
  const back = await watching(again, reader, scopes);
  const told = scopes.map((one) => back.at(one) ?? 0);
  expect(told.map((version, at) => version > (known[at] ?? 0))).toEqual([true, true]);
  expect(await newest(mine)).toBe("路灯也不亮");
  expect(await mine.circle.get.query({ id })).toMatchObject({ answer: { text: "清完了" } });
  await hears(back, `post:${id}`, () => theirs.circle.comment.mutate({ id, key: newId(), text: "谢谢" }));
  expect([...here.said, ...there.said, ...again.said]).toEqual([]);
}, 60_000);
