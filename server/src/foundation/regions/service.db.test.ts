import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRoom, somebody, wordOf } from "../../../test/room.ts";
import { inTx } from "../../kernel/tx.ts";
import { holdPerson } from "../identity/index.ts";
import * as service from "./service.ts";

const county = "990101000000";
let room: Awaited<ReturnType<typeof openRoom>>;
const deps: service.RegionDeps = { home: county, villagersOf: async () => 7, holdPerson };
const admin = () => room.ctx(somebody([{ role: "sysadmin", region: county }]));
let serial = 200;
/** A town and a village of the test's own. */
async function village(): Promise<string> {
  const code = `9901018${String(serial++).padStart(2, "0").slice(-2)}`;
  await service.add(deps, admin(), { code: `${code}000`, name: "镇" });
  await service.add(deps, admin(), { code: `${code}201`, name: "村" });
  return `${code}201`;
}

beforeAll(async () => {
  room = await openRoom();
  await service.ensureCounty(room.db, room.clock.now(), county, "示例县");
});
afterAll(() => room.close());

describe("adding a place", () => {
  test("a village is data only: it is in the tree at once, under its town", async () => {
    const code = await village();
    const { nodes } = await service.tree(room.ctx());
    expect(nodes.find((node) => node.code === code)).toEqual({
      code,
      name: "村",
      level: "village",
      parent: `${code.slice(0, 9)}000`,
    });
    expect(await service.get(deps, room.ctx(), { code })).toMatchObject({
      path: ["示例县", "镇", "村"],
      followers: 0,
      villagers: 7,
    });
  });
  test("a village cannot stand without its town, in another county, or twice", async () => {
    expect(await wordOf(service.add(deps, admin(), { code: "990101999201", name: "孤村" }))).toBe("NO_SUCH_REGION");
    expect(await wordOf(service.add(deps, admin(), { code: "990102000000", name: "别县" }))).toBe("BAD_INPUT");
    expect(await wordOf(service.add(deps, admin(), { code: "990102101000", name: "别县的镇" }))).toBe("NOT_ALLOWED");
    expect(await wordOf(service.add(deps, admin(), { code: await village(), name: "又一个" }))).toBe("REGION_EXISTS");
  });
  test("the administrator of one town adds nothing in another", async () => {
    const mine = `${(await village()).slice(0, 9)}000`;
    const theirs = `${(await village()).slice(0, 9)}000`;
    const limited = room.ctx(somebody([{ role: "sysadmin", region: mine }]));
    expect(await wordOf(service.add(deps, limited, { code: `${theirs.slice(0, 9)}299`, name: "越界村" }))).toBe(
      "NOT_ALLOWED",
    );
    await service.add(deps, limited, { code: `${mine.slice(0, 9)}299`, name: "新村" });
  });
});

describe("following", () => {
  test("the first village becomes home; following twice is once; leaving home passes it on", async () => {
    const [a, b, me] = [await village(), await village(), somebody()];
    const ctx = room.ctx(me);
    await service.follow(deps, ctx, a);
    room.clock.advance(1000);
    await service.follow(deps, ctx, b);
    await service.follow(deps, ctx, a);
    expect(await service.followsOf(room.db, me.personId)).toEqual([
      { region: a, home: true },
      { region: b, home: false },
    ]);
    await service.unfollow(deps, ctx, a);
    expect(await service.followsOf(room.db, me.personId)).toEqual([{ region: b, home: true }]);
  });
  test("two taps at once follow once, with one home", async () => {
    const [a, b, me] = [await village(), await village(), somebody()];
    await Promise.all([a, b, a, b].map((code) => service.follow(deps, room.ctx(me), code)));
    const follows = await service.followsOf(room.db, me.personId);
    expect(follows).toHaveLength(2);
    expect(follows.filter((row) => row.home)).toHaveLength(1);
    await service.setHome(deps, room.ctx(me), b);
    expect((await service.followsOf(room.db, me.personId)).filter((row) => row.home)).toEqual([
      { region: b, home: true },
    ]);
  });
  test("a town is not a village, and an unknown place is nowhere", async () => {
    const code = await village();
    expect(await wordOf(service.follow(deps, room.ctx(somebody()), `${code.slice(0, 9)}000`))).toBe("NOT_A_VILLAGE");
    expect(await wordOf(service.follow(deps, room.ctx(somebody()), "990101998201"))).toBe("NO_SUCH_REGION");
  });
  test("nobody follows more than twenty villages", async () => {
    const me = room.ctx(somebody());
    const town = (await village()).slice(0, 9);
    for (let i = 0; i < 20; i++) {
      await service.add(deps, admin(), { code: `${town}${300 + i}`, name: `村${i}` });
      await service.follow(deps, me, `${town}${300 + i}`);
    }
    expect(await wordOf(service.follow(deps, me, `${town}201`))).toBe("TOO_MANY_FOLLOWED");
  });
  test("when two accounts become one, nothing followed is lost and one home stays", async () => {
    const [a, b, c] = [await village(), await village(), await village()];
    const [old, kept] = [somebody(), somebody()];
    for (const code of [a, b]) await service.follow(deps, room.ctx(old), code);
    for (const code of [b, c]) await service.follow(deps, room.ctx(kept), code);
    await inTx(room.db, (tx) => service.moveFollows(tx, old.personId, kept.personId, room.clock.now()));
    const follows = await service.followsOf(room.db, kept.personId);
    expect(new Set(follows.map((row) => row.region))).toEqual(new Set([a, b, c]));
    expect(follows.filter((row) => row.home)).toEqual([{ region: b, home: true }]);
    expect(await service.followsOf(room.db, old.personId)).toEqual([]);
  });
});
