import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { sqlTime } from "../src/kernel/clock.ts";
import { type Db, openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { testConfig } from "../src/kernel/testing.ts";
import { type Api, apiClient } from "./client.ts";
import { freshDatabase } from "./database/index.ts";
import { type LiveClient, liveClient } from "./live-client.ts";
import { official, openVillage, type Resident, village, villager } from "./residents.ts";
import { startServerProcess } from "./server-process.ts";

const soon = { timeout: 5_000, interval: 20 };
let home: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
const dir = mkdtempSync(path.join(tmpdir(), "weimenhu-hidden-"));
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

/** A picture that this person has sent. */
async function photoOf({ id: person }: Resident): Promise<string> {
  const id = newId();
  await db.rows(
    `INSERT INTO media (id, uploader, idem_key, sent, digest, kind, name, bytes, width, height, created_at)
     VALUES (?, ?, ?, ?, ?, 'jpg', '照片', 1, 800, 600, ?)`,
    [
      id,
      person,
      id,
      "0".repeat(64),
      newId()
        .toLowerCase()
        .replace(/[^0-9a-f]/g, "a")
        .padEnd(64, "0"),
      sqlTime(db.clock.now()),
    ],
  );
  return id;
}

/** A phone that hears of all this. */
async function listening(port: number, { token }: Resident, scopes: string[]): Promise<LiveClient> {
  const phone = await liveClient(port);
  onTestFinished(() => phone.socket.terminate());
  phone.say({ client: "weapp/1.0.0", token, scopes });
  await vi.waitFor(() => expect(scopes.map(phone.at)).not.toContain(undefined), soon);
  return phone;
}

test("whoever hides is named in nothing that a neighbour or the village's office receives: page, case, inbox, socket, or after stars", async () => {
  const server = await startServerProcess({ DATABASE_URL: home.url, DATA_DIR: dir, PORT: "0", CIRCLE_PHOTOS: "shown" });
  onTestFinished(server.kill);
  const on = ({ token }: Resident): Api => apiClient(server.url, "weapp", () => token);
  const [called, phone] = ["欧阳若溪", "19900007531"];
  const me = await villager(db, { called, phone });
  const neighbour = await villager(db);
  const secretary = await official(db, { role: "secretary", region: village });
  const [mine, office] = [on(me), on(secretary)];
  const key = newId;

  const photos = [await photoOf(me)];
  const post = { village, kind: "complaint" as const, text: "投诉内容", photos, hideMe: true };
  const { id, by, case: file } = await mine.circle.post.mutate({ key: key(), ...post });
  const caseId = file?.id ?? "";
  const scopes = [`village:${village}`, `post:${id}`];
  const heard = [
    await listening(server.port, neighbour, [...scopes, `inbox:${neighbour.id}`]),
    await listening(server.port, secretary, [...scopes, `case:${caseId}`, `inbox:${secretary.id}`]),
  ];
  const said = await on(neighbour).circle.comment.mutate({ id, key: key(), text: "我也看到了" });
  const under = said.discussion[0]?.id;
  await mine.circle.comment.mutate({ id, key: key(), text: "我再补充一句", under });
  await office.circle.reply.mutate({ id, key: key(), text: "马上处理" });
  const finish = { text: "清完了", move: "finish" as const, photos: [await photoOf(secretary)] };
  await office.circle.reply.mutate({ id, key: key(), ...finish });
  await mine.cases.move.mutate({ id: caseId, key: key(), move: "confirm", text: "确实清了" });
  await mine.cases.rate.mutate({ id: caseId, key: key(), stars: 2, tags: [], text: "拖得太久" });
  const month = { from: db.clock.now() - 86_400_000, to: db.clock.now() + 86_400_000 };

  const read = async (of: Resident) => {
    const api = on(of);
    const isOffice = of === secretary;
    return [
      await api.circle.feed.query({ village }),
      await api.circle.feed.query({ village, q: "投诉" }),
      await api.circle.get.query({ id }),
      await api.circle.comments.query({ id, cursor: id }),
      await api.circle.history.query({ id }),
      await api.messages.inbox.query({}),
      ...(isOffice ? [await api.cases.desk.query({}), await api.cases.get.query({ id: caseId })] : []),
      ...(isOffice
        ? [await api.circle.queue.query({}), await api.cases.board.query({ region: village, ...month })]
        : []),
    ];
  };
  await vi.waitFor(() => {
    for (const one of heard) expect(one.heard.length).toBeGreaterThan(3);
  }, soon);
  for (const who of [neighbour, secretary]) {
    const bytes = JSON.stringify(await read(who));
    for (const shown of ["投诉内容", "我再补充一句", "/m/", "清完了"]) expect(bytes).toContain(shown);
    for (const secret of [me.id, called, by.name, phone]) expect(bytes).not.toContain(secret);
    expect((await on(who).messages.inbox.query({})).items.length).toBeGreaterThan(0);
  }
  const overSockets = JSON.stringify(heard.map((one) => one.heard));
  expect(overSockets).toContain(id);
  for (const secret of [me.id, called, by.name, phone]) expect(overSockets).not.toContain(secret);
  expect(JSON.stringify(await read(me))).toContain(by.name);
});
