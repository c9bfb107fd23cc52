import type { MessageKind } from "@weimenhu/domain/messages/kinds";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freshDatabase } from "../../../test/database/index.ts";
import { type Person, startWorld, type World } from "../../../test/world.ts";
import { type Db, openDb } from "../../kernel/db.ts";
import { newId } from "../../kernel/id.ts";
import { inTx } from "../../kernel/tx.ts";
import { tell } from "./index.ts";

const village = "990101101201";
const monday = Date.parse("2026-11-16T10:00:00+08:00");
let world: World;
let db: Db;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
  world = await startWorld({ databaseUrl: database.url, start: monday });
  db = openDb(world.config, world.clock ?? undefined);
  await db.rows("INSERT INTO region (code, name, sort, created_at) VALUES (?, '竹溪村', 1, NOW(3))", [village]);
});
afterAll(async () => {
  await db.close();
  await world.close();
  await database.drop();
});
beforeEach(() => {
  world.outside.wechat.control.clearFaults();
  world.outside.alipay.control.clearFaults();
});

let serial = 0;
/** Somebody on a phone, who has said yes to the vendor's sheet so many times; `to`: what the vendor calls them. */
async function somebody(channel: "weapp" | "alipay", yes: number) {
  const to = `o_${channel}_${++serial}`;
  const who = await world.person({ channel, openid: to, phone: `1990003${String(serial).padStart(4, "0")}` });
  const { items } = await who.api.messages.templates.query({});
  const control = channel === "weapp" ? world.outside.wechat.control : world.outside.alipay.control;
  for (const { name, id } of items) {
    control.allow(to, id, yes);
    for (let n = 0; n < yes; n++)
      await who.api.messages.consented.mutate({
        key: `key-${newId()}`,
        answers: [{ template: name, answer: "accept" }],
      });
  }
  return { who, to, notes: () => control.notes(to) };
}
const about = { page: "post" as const, id: newId() };
const told = async ({ id }: Person, kind: MessageKind = "finished") => {
  const key = `event:${newId()}`;
  await inTx(db, (tx) => tell(tx, db.clock, { kind, to: id, key, region: village, about }));
  await world.settle();
};
const newest = async ({ api }: Person) => (await api.messages.inbox.query({})).items[0];

test.each(["weapp", "alipay"] as const)(
  "on %s: one yes is one notice on the phone, which leads to the page; all is in the inbox",
  async (channel) => {
    const { who, notes } = await somebody(channel, 1);
    await told(who);
    await told(who);
    const [note, ...more] = notes();
    expect(more).toEqual([]);
    expect(Object.values(note?.values ?? {})).toEqual([
      "请您确认办得怎么样",
      "竹溪村",
      "待您确认",
      "2026年11月16日 10:00",
    ]);
    expect(note?.page).toMatch(new RegExp(`^features/messages/index\\?to=post&id=${about.id}&message=[0-9A-Z]{26}$`));
    expect(await who.api.messages.unread.query({})).toEqual({ unread: 2 });
  },
);

test("a person who took the permission back on the phone hears of it in the inbox only", async () => {
  const { who, to, notes } = await somebody("weapp", 1);
  world.outside.wechat.control.allow(to, world.config.WECHAT_TEMPLATE_PROGRESS?.id ?? "", -1);
  await told(who);
  expect([notes(), (await newest(who))?.title]).toEqual([[], "请您确认办得怎么样"]);
});

test("a lost answer of WeChat shows one notice, and never a second", async () => {
  const { who, notes } = await somebody("weapp", 2);
  world.outside.wechat.control.fault({ kind: "lost", on: "subscribe" });
  await told(who);
  world.clock?.advance(3_600_000);
  await world.settle();
  expect(notes()).toHaveLength(1);
});

test("an official without a yes gets a text message about work; a villager never", async () => {
  const [official, villager] = [await somebody("weapp", 0), await somebody("weapp", 0)];
  await db.rows(
    "INSERT INTO role_grant (id, person_id, role, region, since) VALUES (?, ?, 'secretary', ?, '2026-01-01')",
    [newId(), official.who.id, village],
  );
  for (const { who } of [official, villager]) await told(who, "red");
  const texts = (phone: string | null) => world.outside.sms.control.messages(phone ?? "").map(({ text }) => text);
  expect(texts(official.who.phone)).toEqual(["【示例县微门户】竹溪村：有一件事超过期限（已超期）。请打开微门户办理。"]);
  expect(texts(villager.who.phone)).toEqual([]);
});

test("the health of the site names the ways that the county has not set up", async () => {
  const ready = await (await fetch(`${world.url}/readyz`)).json();
  expect(ready).toMatchObject({ ready: true, off: [] });
});
