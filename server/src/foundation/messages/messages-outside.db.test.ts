import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { messagesKit } from "../../../test/messages-kit.ts";
import { inTx } from "../../kernel/tx.ts";
import { beginOutside, spend } from "./store.outside.ts";

let kit: Awaited<ReturnType<typeof messagesKit>>;
const at = (text: string) => Date.parse(`${text}+08:00`);
const monday = at("2026-11-16T10:00:00");
beforeAll(async () => {
  kit = await messagesKit(monday);
});
afterAll(() => kit.close());
beforeEach(async () => {
  kit.clock.set(monday);
  kit.answers.splice(0);
  await kit.db.rows("DELETE FROM outbox");
});

const rungFor = (who: Caller) =>
  kit.rung.filter(({ to }) => to === `o-${who.personId}` || to === kit.phones.get(who.personId));
async function allowed(): Promise<Caller> {
  const who = await kit.person();
  await kit.accept(who);
  return who;
}
const byName = (a: string | null, b: string | null): number => String(a).localeCompare(String(b));
const laterOn = async (ms: number) => {
  kit.clock.set(kit.clock.now() + ms);
  await kit.settle();
};
const dead = async () => (await kit.db.rows("SELECT 1 FROM outbox WHERE state = 'dead'")).length;

describe("a consent", () => {
  test("is one message: the next ones stay in the inbox", async () => {
    const who = await allowed();
    for (let n = 0; n < 3; n++) await kit.told(kit.telling(who));
    await kit.settle();
    expect(rungFor(who)).toHaveLength(1);
    expect((await kit.outsideOf(who)).toSorted(byName)).toEqual(["none", "none", "sent"]);
    expect(await kit.left(who)).toBe(0);
  });

  test("that two take at once goes to one of them", async () => {
    const who = await allowed();
    const consent = { person: who.personId, channel: "weapp" as const, template: "progress" as const };
    const got = await Promise.all([1, 2, 3, 4].map(() => inTx(kit.db, (tx) => spend(tx, consent))));
    expect(got.filter(Boolean)).toHaveLength(1);
    expect(await kit.left(who)).toBe(0);
  });

  test("for one's own affair is not spent on work", async () => {
    const who = await kit.person();
    await kit.as(who).messages.consented({
      key: "key-00000000000009",
      answers: [{ template: "progress", answer: "accept" }],
    });
    await kit.told(kit.telling(who, { kind: "assigned" }));
    await kit.settle();
    expect([rungFor(who), await kit.left(who)]).toEqual([[], 1]);
  });

  test("that the vendor denies is none any more", async () => {
    const who = await allowed();
    await kit.accept(who);
    kit.answers.push({ no: "refused" });
    await kit.told(kit.telling(who));
    await kit.settle();
    expect([await kit.outsideOf(who), await kit.left(who)]).toEqual([["refused"], 0]);
  });

  test("is given back when all of us may send no more today", async () => {
    const who = await allowed();
    kit.answers.push({ no: "quota" });
    await kit.told(kit.telling(who));
    await kit.settle();
    expect([await kit.outsideOf(who), await kit.left(who)]).toEqual([["quota"], 1]);
  });
});

describe("whatever crashes", () => {
  test("a vendor that is busy is asked again, and the message rings once", async () => {
    const who = await allowed();
    kit.answers.push("busy", "busy");
    await kit.told(kit.telling(who));
    await kit.settle();
    expect([rungFor(who).length, await kit.left(who)]).toEqual([0, 1]);
    await laterOn(60_000);
    await laterOn(60_000);
    expect([rungFor(who).length, await kit.outsideOf(who), await kit.left(who)]).toEqual([1, ["sent"], 0]);
  });

  test("an answer that is lost may have rung: never again, and the consent counts as spent", async () => {
    const who = await allowed();
    await kit.accept(who);
    kit.answers.push("lost");
    await kit.told(kit.telling(who));
    await kit.settle();
    await laterOn(3_600_000);
    expect([rungFor(who).length, await kit.outsideOf(who), await kit.left(who)]).toEqual([1, ["unknown"], 1]);
  });

  test("a process that dies between the call and its answer leaves a message that is not sent again", async () => {
    const who = await allowed();
    kit.answers.push("bug");
    await kit.told(kit.telling(who));
    await kit.settle();
    expect(await kit.outsideOf(who)).toEqual(["trying"]);
    await laterOn(3_600_000);
    expect([rungFor(who).length, await kit.outsideOf(who)]).toEqual([1, ["unknown"]]);
  });

  test("two workers that have one job ring once", async () => {
    const who = await allowed();
    await kit.accept(who);
    await kit.told(kit.telling(who));
    const id = (await kit.as(who).messages.inbox({})).items[0]?.id ?? "";
    const began = await Promise.all(
      [1, 2, 3].map(() => inTx(kit.db, (tx) => beginOutside(tx, id, "weapp", kit.clock.now()))),
    );
    expect(began.filter(Boolean)).toHaveLength(1);
  });

  test("our own wrong setting is told to staff once an hour, and takes no consent", async () => {
    const people = [await allowed(), await allowed()];
    for (const who of people) {
      kit.answers.push("config");
      await kit.told(kit.telling(who));
    }
    await kit.settle();
    for (const who of people) expect([await kit.outsideOf(who), await kit.left(who)]).toEqual([["failed"], 1]);
    expect(await dead()).toBe(1);
  });

  test("what staff let go again after mending rings", async () => {
    const who = await allowed();
    kit.clock.set(monday + 7_200_000);
    kit.answers.push("config");
    await kit.told(kit.telling(who));
    await kit.settle();
    await kit.db.rows("UPDATE outbox SET state = 'waiting', attempts = 0, ended_at = NULL WHERE state = 'dead'");
    await kit.settle();
    expect([rungFor(who).length, await kit.outsideOf(who), await kit.left(who)]).toEqual([1, ["sent"], 0]);
  });
});

describe("at night", () => {
  test.each([
    ["2026-11-16T22:00:00", "2026-11-17T07:00:00"],
    ["2026-11-17T02:30:00", "2026-11-17T07:00:00"],
  ])("what happens at %s rings at %s, not before", async (now, morning) => {
    kit.clock.set(at(now));
    const who = await allowed();
    await kit.told(kit.telling(who));
    await kit.settle();
    kit.clock.set(at(morning) - 1);
    await kit.settle();
    expect(rungFor(who)).toEqual([]);
    kit.clock.set(at(morning));
    await kit.settle();
    expect(rungFor(who)).toHaveLength(1);
  });

  test("an alarm rings at once", async () => {
    kit.clock.set(at("2026-11-17T02:30:00"));
    const who = await allowed();
    await kit.told(kit.telling(who, { kind: "red" }));
    await kit.settle();
    expect(rungFor(who)).toHaveLength(1);
  });

  test("a try again that falls into the night waits for the morning", async () => {
    kit.clock.set(at("2026-11-16T21:59:59"));
    const who = await allowed();
    kit.answers.push("busy");
    await kit.told(kit.telling(who));
    await kit.settle();
    await laterOn(60_000);
    expect([rungFor(who), await kit.left(who)]).toEqual([[], 1]);
    kit.clock.set(at("2026-11-17T07:00:00"));
    await kit.settle();
    expect(rungFor(who)).toHaveLength(1);
  });
});

test("what was read in the app, or is older than a day, rings nobody any more", async () => {
  const [reader, late] = [await allowed(), await allowed()];
  await kit.told(kit.telling(reader));
  await kit.as(reader).messages.readAll({});
  await kit.told(kit.telling(late));
  await laterOn(86_400_001);
  expect([rungFor(reader), rungFor(late), await kit.outsideOf(late)]).toEqual([[], [], ["late"]]);
  expect([await kit.left(reader), await kit.left(late)]).toEqual([1, 1]);
});

test("what is about something that has begun rings nobody any more, also where the vendor was busy until then", async () => {
  const [soon, begun] = [await allowed(), await allowed()];
  const ringUntil = monday + 60_000;
  kit.answers.push("busy", "busy");
  for (const who of [soon, begun]) await kit.told(kit.telling(who, { kind: "reminded", ringUntil }));
  await kit.settle();
  await laterOn(59_999);
  expect([rungFor(soon).length, rungFor(begun).length]).toEqual([1, 1]);
  kit.answers.push("busy");
  await kit.accept(begun);
  await kit.told(kit.telling(begun, { kind: "reminded", ringUntil: kit.clock.now() + 60_000 }));
  await kit.settle();
  await laterOn(60_000);
  expect([rungFor(begun).length, await kit.outsideOf(begun), await kit.left(begun)]).toEqual([1, ["sent", "late"], 1]);
});

test("text messages are for work and those in office only, and where nothing else is open", async () => {
  const [cadre, resident] = [await kit.person(), await kit.person()];
  kit.phones.set(cadre.personId, "19900000010");
  await kit.told(kit.telling([cadre, resident], { kind: "assigned" }));
  await kit.told(kit.telling(cadre, { kind: "replied" }));
  await kit.settle();
  expect(kit.rung.filter(({ way }) => way === "sms")).toEqual([
    { way: "sms", to: "19900000010", text: "有一件事交给您办" },
  ]);
  expect(await kit.outsideOf(resident)).toEqual(["none"]);
  await kit.accept(cadre);
  await kit.told(kit.telling(cadre, { kind: "assigned" }));
  await kit.settle();
  expect(rungFor(cadre).map(({ way }) => way)).toEqual(["sms", "weapp"]);
});

test("a phone shows what happened, where and how it stands, never what anybody wrote", async () => {
  const who = await allowed();
  const what = kit.telling(who, { kind: "moved", words: { summary: "村口垃圾", move: "transfer" } });
  await kit.told(what);
  await kit.settle();
  const id = (await kit.as(who).messages.inbox({})).items[0]?.id;
  expect(rungFor(who).map(({ text }) => text)).toEqual([
    `您反映的事有进展｜竹溪村｜已转镇里｜features/messages/index?to=post&id=${what.about.id}&message=${id}`,
  ]);
});
