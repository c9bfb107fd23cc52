import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { wordOf } from "../../../test/cases-kit.ts";
import { messagesKit, village } from "../../../test/messages-kit.ts";
import { newId } from "../../kernel/id.ts";
import { inTx } from "../../kernel/tx.ts";
import { messagesHolding, tell } from "./index.ts";

let kit: Awaited<ReturnType<typeof messagesKit>>;
const monday = Date.parse("2026-11-16T10:00:00+08:00");
beforeAll(async () => {
  kit = await messagesKit(monday);
});
afterAll(() => kit.close());
beforeEach(() => kit.clock.set(monday));

const linesOf = async (who: Parameters<typeof kit.as>[0]) => (await kit.as(who).messages.inbox({})).items;

describe("one event", () => {
  test("is one line to each person, however often it is told", async () => {
    const [first, second] = [await kit.person(), await kit.person()];
    const what = kit.telling([first, second, first]);
    await kit.told(what);
    await kit.told(what);
    for (const who of [first, second]) expect(await linesOf(who)).toHaveLength(1);
  });

  test("is told to nobody when the transaction of what happened is not kept", async () => {
    const who = await kit.person();
    const what = kit.telling(who);
    const crash = inTx(kit.db, async (tx) => {
      await tell(tx, kit.clock, what);
      throw new Error("the process died");
    });
    await expect(crash).rejects.toThrow("the process died");
    expect(await linesOf(who)).toEqual([]);
    await kit.told(what);
    expect(await linesOf(who)).toHaveLength(1);
  });

  test("told by two processes at once is one line", async () => {
    const who = await kit.person();
    const what = kit.telling(who);
    await Promise.all([kit.told(what), kit.told(what), kit.told(what)]);
    expect(await linesOf(who)).toHaveLength(1);
  });

  test("is not told to whoever closed the account", async () => {
    const who = await kit.person();
    await kit.db.rows("UPDATE person SET state = 'closed' WHERE id = ?", [who.personId]);
    await kit.told(kit.telling(who));
    expect(await linesOf(who)).toEqual([]);
  });
});

describe("the inbox", () => {
  test("says what happened, where and when, and leads to the page", async () => {
    const who = await kit.person();
    const about = { page: "post" as const, id: newId() };
    await kit.told(kit.telling(who, { kind: "finished", about, words: { summary: "村口垃圾" } }));
    expect(await linesOf(who)).toEqual([
      expect.objectContaining({
        kind: "finished",
        title: "请您确认办得怎么样",
        text: "关于“村口垃圾”：村里说办好了，请您看看满意不满意",
        place: "竹溪村",
        at: monday,
        read: false,
        about,
      }),
    ]);
  });

  test("comes in pages, newest first, each line once", async () => {
    const who = await kit.person();
    for (let n = 0; n < 5; n++) {
      kit.clock.set(monday + Math.floor(n / 2));
      await kit.told(kit.telling(who, { words: { summary: `${n}` } }));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await kit.as(who).messages.inbox({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      expect(page.unread).toBe(5);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(5);
    const times = (await linesOf(who)).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test("a cursor that nobody gave out is refused", async () => {
    const who = await kit.person();
    for (const cursor of ["x", "1.2", `99999999999999999.${newId()}`])
      expect(await wordOf(kit.as(who).messages.inbox({ cursor }))).toBe("CURSOR_BAD");
  });

  test("counts what is unread, and a person marks only the own lines", async () => {
    const [mine, theirs] = [await kit.person(), await kit.person()];
    await kit.told(kit.telling(mine));
    await kit.told(kit.telling(theirs));
    const [line] = await linesOf(theirs);
    expect(await kit.as(mine).messages.read({ ids: [line?.id ?? ""] })).toEqual({ unread: 1 });
    expect(await kit.as(theirs).messages.unread({})).toEqual({ unread: 1 });
    expect(await kit.as(theirs).messages.read({ ids: [line?.id ?? ""] })).toEqual({ unread: 0 });
    expect((await linesOf(theirs))[0]?.read).toBe(true);
  });

  test("marking all leaves what came after the newest that was seen", async () => {
    const who = await kit.person();
    await kit.told(kit.telling(who));
    kit.clock.set(monday + 1_000);
    await kit.told(kit.telling(who));
    expect(await kit.as(who).messages.readAll({ upTo: monday })).toEqual({ unread: 1 });
    expect(await kit.as(who).messages.readAll({})).toEqual({ unread: 0 });
  });
});

describe("comments under one post", () => {
  test("are one line that counts until it is read, then a new one begins", async () => {
    const who = await kit.person();
    const about = { page: "post" as const, id: newId() };
    const comment = { kind: "commented" as const, key: `commented:${about.id}`, about };
    for (let n = 0; n < 3; n++) {
      kit.clock.set(monday + n);
      await kit.told(kit.telling(who, comment));
    }
    const [line, ...more] = await linesOf(who);
    expect([line?.count, line?.at, more.length]).toEqual([3, monday + 2, 0]);
    await kit.as(who).messages.read({ ids: [line?.id ?? ""] });
    await kit.told(kit.telling(who, comment));
    await kit.as(who).messages.readAll({});
    await kit.told(kit.telling(who, comment));
    const counts = (isRead: boolean) => lines.filter(({ read }) => read === isRead).map(({ count }) => count);
    const lines = await linesOf(who);
    expect([new Set(counts(true)), counts(false)]).toEqual([new Set([1, 3]), [1]]);
  });

  test("ring nobody's phone and spend no consent", async () => {
    const who = await kit.person();
    await kit.accept(who);
    await kit.told(kit.telling(who, { kind: "commented", key: "commented:x" }));
    await kit.settle();
    expect(kit.rung.filter(({ to }) => to === `o-${who.personId}`)).toEqual([]);
    expect(await kit.left(who)).toBe(1);
  });
});

describe("what may be asked for", () => {
  test("work only of those in office, nothing on the site", async () => {
    const who = await kit.person();
    const names = async (grants: { role: "secretary"; region: string }[], channel: "weapp" | "web") =>
      (await kit.as({ ...who, grants }, channel).messages.templates({})).items;
    expect(await names([], "weapp")).toEqual([{ name: "progress", id: "P", left: 0 }]);
    expect(await names([{ role: "secretary", region: village }], "weapp")).toHaveLength(2);
    expect(await names([], "web")).toEqual([]);
  });

  test("an accept counts once however often it is sent, a no takes nothing away", async () => {
    const who = await kit.person();
    const say = (answer: "accept" | "reject" | "ban", key: string) =>
      kit.as(who).messages.consented({ key, answers: [{ template: "progress", answer }] });
    await say("accept", "key-00000000000001");
    await say("accept", "key-00000000000001");
    expect(await kit.left(who)).toBe(1);
    await say("accept", "key-00000000000002");
    await say("accept", "key-00000000000001");
    await say("reject", "key-00000000000003");
    await say("ban", "key-00000000000004");
    expect(await kit.left(who)).toBe(2);
    const known = async (channel: "weapp" | "alipay") => (await kit.as(who, channel).messages.templates({})).items;
    expect(await known("weapp")).toMatchObject([{ name: "progress", left: 2 }]);
    expect(await known("alipay")).toMatchObject([{ name: "progress", left: 0 }]);
    const onSite = kit.as(who, "web").messages.consented({
      key: "key-00000000000005",
      answers: [{ template: "progress", answer: "accept" }],
    });
    expect(await wordOf(onSite)).toBe("BAD_INPUT");
  });
});

test("a person takes the whole inbox home, and closing the account leaves none of it", async () => {
  const who = await kit.person();
  await kit.accept(who);
  await kit.told(kit.telling(who));
  expect(await messagesHolding.export(kit.db, who.personId)).toMatchObject({
    inbox: [{ kind: "replied", region: village }],
    consents: [{ template: "duty" }, { template: "progress", remaining: 1 }],
  });
  await inTx(kit.db, (tx) => messagesHolding.close(tx, who.personId, monday));
  expect(await messagesHolding.export(kit.db, who.personId)).toEqual({ inbox: [], consents: [] });
});
