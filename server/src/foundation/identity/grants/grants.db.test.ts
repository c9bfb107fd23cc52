import type { GrantedRole } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Bench, county, openPeople, refused } from "../../../../test/people-bench.ts";
import { displayNames, officeNames } from "../people/names.ts";
import { bootstrapAdmins } from "./first.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openPeople();
});
afterAll(() => bench.close());
/** Each test names its own administrators. */
beforeEach(async () => {
  await bench.db.pool.query("UPDATE role_grant SET ended_at = '2026-01-02', open_key = NULL WHERE ended_at IS NULL");
});

type On = ReturnType<Bench["device"]>;
const give = async (on: On, phone: string, role: GrantedRole, region: string, until?: number) =>
  (await on.api()).grants.give({ phone, role, region, ...(until === undefined ? {} : { until }) });
const end = async (on: On, id: string) => (await on.api()).grants.end({ id, reason: "换届" });
const resident = async () => {
  const phone = bench.freshPhone();
  const on = bench.device("web");
  const { me } = await bench.byCode(on, phone);
  return { on, phone, id: me.id };
};

describe("the first administrators", () => {
  test("are named by the operator while a role has nobody, all or nothing, and on the record", async () => {
    const { sysadmin } = await bench.admins();
    const again = (role: "sysadmin" | "clerk", phone: string) =>
      bootstrapAdmins({ ...bench.deps, db: bench.db, clock: bench.clock }, [{ role, phone }]);
    await expect(again("sysadmin", bench.freshPhone())).rejects.toThrow("holds this role already");
    await expect(again("clerk", bench.freshPhone())).rejects.toThrow("only sysadmin");
    const acts = await bench.db.rows("SELECT actor, channel FROM audit WHERE act = 'grant.first'");
    expect(acts).toEqual(Array.from({ length: 3 }, () => ({ actor: null, channel: "system" })));
    const on = bench.device("desk");
    const { me } = await bench.byCode(on, sysadmin, true);
    expect(me.roles).toEqual([{ role: "sysadmin", region: county, regionName: "示例县" }]);
    expect(me.strong).toBe(false);
  });

  test("are three people, and named at the same moment by two operators they are named once", async () => {
    const phone = bench.freshPhone();
    const deps = { ...bench.deps, db: bench.db, clock: bench.clock };
    const both = [
      { role: "sysadmin", phone },
      { role: "secadmin", phone },
    ] as const;
    await expect(bootstrapAdmins(deps, both)).rejects.toThrow("ROLE_CONFLICT");
    expect(await bench.db.rows("SELECT id FROM role_grant WHERE ended_at IS NULL")).toEqual([]);
    const tries = [1, 2, 3].map(() => bootstrapAdmins(deps, [{ role: "secadmin", phone: bench.freshPhone() }]));
    const ended = await Promise.allSettled(tries);
    expect(ended.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });
});

describe("a role", () => {
  test("is given on a region by the security administrator, seen at once, masked in the list, and ended", async () => {
    const { on } = await bench.staff("secadmin", county);
    const [region, person] = [await bench.village(), await resident()];
    expect(await person.on.caller()).toMatchObject({ grants: [] });
    const { id } = await give(on, `+86 ${person.phone}`, "secretary", region);
    expect((await person.on.caller())?.grants).toEqual([{ role: "secretary", region }]);
    expect(await give(on, person.phone, "secretary", region)).toEqual({ id });
    const { items } = await (await on.api()).grants.list({ region });
    expect(items).toMatchObject([{ id, role: "secretary", region, regionName: "竹溪村" }]);
    expect(JSON.stringify(items)).not.toContain(person.phone);
    await end(on, id);
    expect((await person.on.caller())?.grants).toEqual([]);
    expect(await refused(end(on, id))).toBe("WRONG_STATE");
    const acts = await bench.db.rows("SELECT act FROM audit WHERE on_whom = ? AND act LIKE 'grant.%' ORDER BY at", [
      person.id,
    ]);
    expect(acts.map((row) => (row as { act: string }).act).sort()).toEqual(["grant.end", "grant.give"]);
  });

  test("runs out by itself, and can be given again after that", async () => {
    const { on } = await bench.staff("secadmin", county);
    const [region, person] = [await bench.village(), await resident()];
    const until = bench.clock.now() + 3_600_000;
    const { id } = await give(on, person.phone, "clerk", region, until);
    expect(await refused(give(on, person.phone, "clerk", region, bench.clock.now()))).toBe("TIME_NEEDED");
    bench.clock.set(until);
    expect((await person.on.caller())?.grants).toEqual([]);
    expect((await give(on, person.phone, "clerk", region)).id).not.toBe(id);
  });

  test("given again gets the end that is asked for now, and the audit tells each", async () => {
    const { on } = await bench.staff("secadmin", county);
    const [region, person] = [await bench.village(), await resident()];
    const hour = 3_600_000;
    const start = bench.clock.now();
    const { id } = await give(on, person.phone, "clerk", region, start + hour);
    expect(await give(on, person.phone, "clerk", region, start + 3 * hour)).toEqual({ id });
    expect(await give(on, person.phone, "clerk", region, start + 3 * hour)).toEqual({ id });
    bench.clock.set(start + 2 * hour);
    expect((await person.on.caller())?.grants).toEqual([{ role: "clerk", region }]);
    expect(await give(on, person.phone, "clerk", region)).toEqual({ id });
    const auditor = await resident();
    await give(on, auditor.phone, "auditadmin", county);
    expect(await refused(give(on, auditor.phone, "auditadmin", county, start + 3 * hour))).toBe("LAST_HOLDER");
    bench.clock.set(start + 3 * hour);
    expect((await person.on.caller())?.grants).toEqual([]);
    const acts = await bench.db.rows("SELECT act FROM audit WHERE on_whom = ? AND act = 'grant.give'", [person.id]);
    expect(acts).toHaveLength(2);
  });

  test("is not given to oneself, to a stranger, elsewhere, on a place that is none, or by anybody else", async () => {
    const { on, id } = await bench.staff("secadmin", county);
    const region = await bench.village();
    const [own] = await bench.db.rows<{ phone: string }>("SELECT phone FROM person WHERE id = ?", [id]);
    const phone = bench.deps.seal.open(own?.phone ?? "", `person.phone.${id}`);
    expect(await refused(give(on, phone, "clerk", region))).toBe("OWN_GRANT");
    expect(await refused(give(on, bench.freshPhone(), "clerk", region))).toBe("NO_SUCH_PERSON");
    expect(await refused(give(on, "110", "clerk", region))).toBe("PHONE_BAD");
    const person = await resident();
    expect(await refused(give(on, person.phone, "clerk", "110101001001"))).toBe("NOT_ALLOWED");
    expect(await refused(give(on, person.phone, "clerk", "990101999999"))).toBe("NO_SUCH_REGION");
    expect(await refused(give(on, person.phone, "secadmin", region))).toBe("PLACE_LEVEL");
    for (const role of ["secretary", "committee", "supervisor"] as const)
      expect(await refused(give(on, person.phone, role, county))).toBe("PLACE_LEVEL");
    expect(await refused(give(person.on, person.phone, "clerk", region))).toBe("NOT_ALLOWED");
    const secretary = await bench.staff("secretary", region);
    expect(await refused(give(secretary.on, person.phone, "clerk", region))).toBe("NOT_ALLOWED");
    expect(await refused((await secretary.on.api()).grants.list({}))).toBe("NOT_ALLOWED");
  });

  test("of a place that one does not administer is not found and not listed", async () => {
    const [mine, theirs] = [await bench.village(), await bench.village()];
    const { on: all } = await bench.staff("secadmin", county);
    const { on } = await bench.staff("secadmin", mine);
    const person = await resident();
    const { id } = await give(all, person.phone, "clerk", theirs);
    expect(await refused(end(on, id))).toBe("NOT_FOUND");
    expect(await refused((await on.api()).grants.list({ region: theirs }))).toBe("NOT_ALLOWED");
    expect((await (await on.api()).grants.list({})).items.map((item) => item.region)).toEqual([mine]);
  });

  test("that watches is never held by one who is watched, also when both are given at the same moment", async () => {
    const { on } = await bench.staff("secadmin", county);
    const [region, person] = [await bench.village(), await resident()];
    await give(on, person.phone, "supervisor", region);
    expect(await refused(give(on, person.phone, "secretary", region))).toBe("ROLE_CONFLICT");
    await give(on, person.phone, "secretary", await bench.village());
    for (let round = 0; round < 5; round++) {
      const [place, both] = [await bench.village(), await resident()];
      const ended = await Promise.allSettled([
        give(on, both.phone, "supervisor", place),
        give(on, both.phone, "secretary", place),
      ]);
      expect(ended.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    }
  });

  test("of an administrator is never left without anybody, also when the last two end each other", async () => {
    const { on, id } = await bench.staff("secadmin", county);
    const idOf = async (personId: string) =>
      (await bench.db.rows<{ id: string }>("SELECT id FROM role_grant WHERE person_id = ?", [personId]))[0]?.id ?? "";
    expect(await refused(end(on, await idOf(id)))).toBe("LAST_HOLDER");
    const brief = await resident();
    const until = bench.clock.now() + 4_000;
    const given = await (await on.api()).grants.give({ phone: brief.phone, role: "secadmin", region: county, until });
    expect(await refused(end(on, await idOf(id)))).toBe("LAST_HOLDER");
    expect(await refused((await on.api()).account.close({ confirm: "注销" }))).toBe("LAST_HOLDER");
    await end(on, given.id);
    const second = await bench.staff("secadmin", county);
    const ended = await Promise.allSettled([end(on, await idOf(second.id)), end(second.on, await idOf(id))]);
    expect(ended.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const left = await bench.db.rows("SELECT id FROM role_grant WHERE role = 'secadmin' AND ended_at IS NULL");
    expect(left).toHaveLength(1);
  });
});

describe("a name given with an office", () => {
  const named = async (on: On, phone: string, region: string, name: string) =>
    (await on.api()).grants.give({ phone, name, role: "clerk", region });
  const called = async (id: string) => (await displayNames(bench.deps)(bench.db, [id])).get(id);

  test("is how colleagues see the person everywhere, sealed in the database and never in the audit", async () => {
    const { on } = await bench.staff("secadmin", county);
    const [region, person] = [await bench.village(), await resident()];
    await named(on, person.phone, region, " 芒种·阿依 ");
    expect(await called(person.id)).toBe("芒种·阿依");
    expect((await (await on.api()).grants.list({ region })).items).toMatchObject([{ person: "芒种·阿依" }]);
    expect((await (await person.on.api()).account.me({})).me).toMatchObject({ name: null, staffName: "芒种·阿依" });
    const [row] = await bench.db.rows<{ name: string }>("SELECT name FROM staff_name WHERE person_id = ?", [person.id]);
    expect(row?.name).toMatch(/^k1\./);
    expect(JSON.stringify(await bench.db.rows("SELECT * FROM audit"))).not.toContain("芒种");
    expect((await (await person.on.api()).account.export({})).json).toContain("芒种·阿依");
  });

  test("is put right by giving the same office again, and that is on the record", async () => {
    const { on } = await bench.staff("secadmin", county);
    const [region, person] = [await bench.village(), await resident()];
    await give(on, person.phone, "clerk", region);
    expect(await called(person.id)).toMatch(/^199\*{4}/);
    await named(on, person.phone, region, "小满");
    await named(on, person.phone, region, "大满");
    await named(on, person.phone, region, "大满");
    await give(on, person.phone, "clerk", region);
    expect(await called(person.id)).toBe("大满");
    expect(
      await bench.db.rows("SELECT 1 FROM audit WHERE act = 'staff.name' AND on_whom = ?", [person.id]),
    ).toHaveLength(2);
    expect((await (await on.api()).grants.list({ region })).items).toHaveLength(1);
  });

  test("must be a name of 2 to 20 characters, and goes with the account", async () => {
    const { on } = await bench.staff("secadmin", county);
    const [region, person] = [await bench.village(), await resident()];
    expect(await refused(named(on, person.phone, region, "Kim Lee"))).toBe("NAME_BAD");
    await expect(named(on, person.phone, region, "满")).rejects.toThrow(/too_small|Too small|BAD_INPUT/i);
    await expect(named(on, person.phone, region, "满".repeat(21))).rejects.toThrow(/too_big|Too big|BAD_INPUT/i);
    expect((await (await on.api()).grants.list({ region })).items).toEqual([]);
    await named(on, person.phone, region, "小满");
    await (await person.on.api()).account.close({ confirm: "注销" });
    expect(await called(person.id)).toBe("已注销用户");
    expect(await bench.db.rows("SELECT 1 FROM staff_name WHERE person_id = ?", [person.id])).toEqual([]);
  });

  test("is not shown of somebody who never held an office, and the operator may give one", async () => {
    const person = await resident();
    await bench.db.pool.query("INSERT INTO staff_name (person_id, name, given_at) VALUES (?, ?, '2026-01-01')", [
      person.id,
      bench.deps.seal.seal("白露", `staff_name.name.${person.id}`),
    ]);
    expect(await called(person.id)).toBe("白*");
    expect(await officeNames(bench.deps)(bench.db, [person.id])).toEqual(new Map());
    const phone = bench.freshPhone();
    const first = (name: string) =>
      bootstrapAdmins({ ...bench.deps, db: bench.db, clock: bench.clock }, [{ role: "auditadmin", phone, name }]);
    await expect(first("A")).rejects.toThrow("2 to 20 Chinese characters");
    await first("寒露");
    const on = bench.device("desk");
    expect((await bench.byCode(on, phone, true)).me.staffName).toBe("寒露");
  });
});

describe("a lost second factor", () => {
  const remove = async (on: On, id: string) => (await on.api()).grants.removeSecond({ id, reason: "手机丢了" });
  const enrolled = async (role: "clerk" | "secadmin", region: string) => {
    const person = await bench.staff(role, region);
    await bench.db.pool.query(
      "INSERT INTO totp (person_id, secret, last_step, enrolled_at, confirmed_at) VALUES (?, 'x', 0, '2026-01-01', '2026-01-01')",
      [person.id],
    );
    const [grant] = await bench.db.rows<{ id: string }>("SELECT id FROM role_grant WHERE person_id = ?", [person.id]);
    return { ...person, grant: grant?.id ?? "" };
  };
  const has = async (id: string) => (await bench.db.rows("SELECT 1 FROM totp WHERE person_id = ?", [id])).length === 1;

  test("is taken away by the security administrator with a reason, on the record, and every session ends", async () => {
    const admin = await bench.staff("secadmin", county);
    const region = await bench.village();
    const clerk = await enrolled("clerk", region);
    const [own] = await bench.db.rows<{ phone: string }>("SELECT phone FROM person WHERE id = ?", [clerk.id]);
    const phone = bench.deps.seal.open(own?.phone ?? "", `person.phone.${clerk.id}`);
    const pocket = bench.device("weapp");
    await bench.byCode(pocket, phone);
    const list = async () => (await (await admin.on.api()).grants.list({ region })).items;
    expect(await list()).toMatchObject([{ second: true, mine: false }]);

    await remove(admin.on, clerk.grant);
    expect(await clerk.on.caller()).toBeNull();
    expect(await pocket.caller()).toBeNull();
    expect(await list()).toMatchObject([{ second: false }]);
    const rows = await bench.db.rows("SELECT actor, on_whom, detail FROM audit WHERE act = 'second.remove'");
    expect(rows).toEqual([{ actor: admin.id, on_whom: clerk.id, detail: '{"reason":"手机丢了","sessions":2}' }]);
    expect(await refused(remove(admin.on, clerk.grant))).toBe("NO_SECOND");

    const back = bench.device("desk");
    const { me } = await bench.byCode(back, phone, true);
    expect(me).toMatchObject({ strong: false, enrolled: false });
    expect((await (await back.api()).signIn.enrol({})).secret).toHaveLength(32);
  });

  test("is never taken from oneself, by one over another place, or by one over a part of the person's offices", async () => {
    const [mine, theirs] = [await bench.village(), await bench.village()];
    const admin = await enrolled("secadmin", mine);
    expect(await refused(remove(admin.on, admin.grant))).toBe("OWN_SECOND");
    const far = await enrolled("clerk", theirs);
    expect(await refused(remove(admin.on, far.grant))).toBe("NOT_FOUND");
    const both = await enrolled("clerk", mine);
    await bench.db.pool.query(
      "INSERT INTO role_grant (id, person_id, region, role, since) VALUES (?, ?, ?, 'clerk', '2026-01-01')",
      [`B${both.id.slice(1)}`, both.id, county],
    );
    expect(await refused(remove(admin.on, both.grant))).toBe("NOT_ALLOWED");
    await bench.db.pool.query("UPDATE role_grant SET ended_at = '2026-01-02' WHERE id = ?", [both.grant]);
    expect(await refused(remove(admin.on, both.grant))).toBe("WRONG_STATE");
    expect(await refused(remove(both.on, far.grant))).toBe("NOT_ALLOWED");
    expect(await Promise.all([admin, far, both].map(({ id }) => has(id)))).toEqual([true, true, true]);
  });
});
