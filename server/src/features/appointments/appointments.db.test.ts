import { afterAll, afterEach, describe, expect, test } from "vitest";
import {
  appointmentsKit,
  county,
  hall,
  key,
  monday,
  neighbour,
  tuesday,
  village,
  wordOf,
} from "../../../test/appointments-kit.ts";
import { visit } from "../../../test/matrix.ts";
import { somebody } from "../../../test/room.ts";
import { refusalIn } from "../../kernel/refuse.ts";
import { inTx } from "../../kernel/tx.ts";
import { appointmentsHolding, appointmentTicks } from "./index.ts";

const kit = await appointmentsKit();
const { as, secretary, clerk, villager, offerOf, slotsOn, slotOf, rowOf } = kit;
const room = kit;
const minute = 60_000;
const day = 24 * 60 * minute;
afterEach(() => kit.clock.set(monday));
afterAll(kit.close);

describe("what can be booked", () => {
  test("is of this place and of those above it, and its days ahead say what is free, full, closed or not yet given out", async () => {
    const { id } = await offerOf(1, { closures: [{ day: "2026-11-18", from: 0, to: 1440, why: "系统升级" }] });
    await as(secretary).saveOffer({ key: key(), region: village, ...visit });
    const { items } = await as(null).offers({ region: village });
    expect(items.map(({ sort, regionName }) => [sort, regionName])).toEqual([
      ["visit", "竹溪村"],
      ["hall", "示例县"],
    ]);
    expect((await as(null).offers({ region: neighbour, sort: "visit" })).items).toEqual([]);
    const { days } = await as(null).slots({ offer: id });
    const face = (on: string) => days.find((one) => one.day === on);
    expect(face(tuesday)).toEqual({ day: tuesday, free: 6, opensAt: null, state: "free", why: null });
    expect(face("2026-11-18")).toMatchObject({ state: "closed", why: "系统升级" });
    expect(face("2026-11-21")).toMatchObject({ state: "closed", why: null });
    expect(face("2026-11-24")).toMatchObject({ state: "notYet", opensAt: Date.parse("2026-11-17T07:00:00+08:00") });
    // Of today only what is still ahead.
    expect((await as(null).slots({ offer: id, day: "2026-11-16" })).slots.map(({ start }) => start)).toEqual(
      [630, 660].map((at) => Date.parse("2026-11-16T00:00:00+08:00") + at * minute),
    );
  });
});

describe("a place", () => {
  test("is booked with its number, and the same key again is the same ticket", async () => {
    const who = await villager();
    const { id } = await offerOf();
    const slot = await slotOf(id);
    const more = { key: key(), slot };
    const first = await as(who).book(more);
    expect(first).toMatchObject({ state: "booked", number: 1, may: ["cancel"], offer: { name: "医保窗口" } });
    expect(await as(who).book(more)).toEqual(first);
    expect(await wordOf(as(who).book({ ...more, note: "带了资料" }))).toBe("KEY_REUSED");
    expect((await as(who).mine({})).items).toEqual([first]);
    expect((await slotsOn(id))[0]?.free).toBe(1);
    expect(await wordOf(as(await villager()).get({ id: first.id }))).toBe("NOT_FOUND");
    expect(await wordOf(as(await villager()).cancel({ id: first.id }))).toBe("NOT_FOUND");
  });

  test("is refused with what stands in the way, and with the next one that is free", async () => {
    const who = await villager();
    const { id } = await offerOf(1);
    const [slot, next] = [await slotOf(id), await slotOf(id, 1)];
    await as(who).book({ key: key(), slot });
    const other = await villager();
    const full = await as(other)
      .book({ key: key(), slot })
      .catch((fault: unknown) => refusalIn(fault)?.onWire());
    expect(full).toMatchObject({
      word: "SLOT_FULL",
      details: { next: { slot: expect.stringMatching(/^[0-9A-Z]{26}$/) } },
    });
    expect(await wordOf(as(who).book({ key: key(), slot: next }))).toBe("SAME_DAY");
    expect(await wordOf(as(somebody()).book({ key: key(), slot: next }))).toBe("REAL_NAME_FIRST");
    expect(await wordOf(as(other).book({ key: key(), slot: await slotOf(id, 0, "2026-11-24") }))).toBe("NOT_OPEN_YET");
    expect(await wordOf(as(other).book({ key: key(), slot: "0".repeat(26) }))).toBe("NOT_FOUND");
    room.clock.set(monday + 2 * day);
    expect(await wordOf(as(other).book({ key: key(), slot: next }))).toBe("SLOT_PAST");
  });

  test("is the fourth only for whoever has been to one of three", async () => {
    const who = await villager();
    const { id } = await offerOf();
    const booked: string[] = [];
    for (const on of [tuesday, "2026-11-18", "2026-11-19"])
      booked.push((await as(who).book({ key: key(), slot: await slotOf(id, 0, on) })).id);
    const fourth = { key: key(), slot: await slotOf(id, 0, "2026-11-20") };
    expect(await wordOf(as(who).book(fourth))).toBe("OPEN_LIMIT");
    await as(who).cancel({ id: booked[0] ?? "" });
    expect((await as(who).book(fourth)).state).toBe("booked");
  });

  test("is one for the same person, whatever account they come with", async () => {
    const index = "a".repeat(64);
    const [one, two] = [await villager(village, index), await villager(neighbour, index)];
    const { id } = await offerOf(50);
    const slots = await slotsOn(id);
    const words = await Promise.all(
      [one, two, one, two].map((who, at) =>
        as(who)
          .book({ key: key(), slot: slots[at]?.id ?? "" })
          .then(() => "booked")
          .catch((fault: unknown) => refusalIn(fault)?.word),
      ),
    );
    expect(words.filter((word) => word === "booked")).toHaveLength(1);
    expect(words.filter((word) => word === "SAME_DAY")).toHaveLength(3);
  });

  test("is free again once it was cancelled, twice is once, and its number is given to nobody else", async () => {
    const [who, other] = [await villager(), await villager()];
    const { id } = await offerOf(1);
    const slot = await slotOf(id);
    const { id: ticket } = await as(who).book({ key: key(), slot });
    const both = await Promise.all([as(who).cancel({ id: ticket }), as(who).cancel({ id: ticket })]);
    expect(both.map(({ state, code, may }) => [state, code, may])).toEqual([
      ["cancelled", null, []],
      ["cancelled", null, []],
    ]);
    expect((await rowOf(slot))?.taken).toBe(0);
    expect(await as(other).book({ key: key(), slot })).toMatchObject({ number: 2 });
    // Five in the afternoon of the day before is over.
    room.clock.set(Date.parse("2026-11-16T17:00:00+08:00"));
    const { items } = await as(other).mine({});
    expect(items[0]?.may).toEqual([]);
    expect(await wordOf(as(other).cancel({ id: items[0]?.id ?? "" }))).toBe("CANCEL_TOO_LATE");
  });

  test("at home is for those of the place, and says where to come", async () => {
    const { id } = await as(secretary).saveOffer({ key: key(), region: village, ...visit });
    const slot = await slotOf(id);
    const who = await villager();
    expect(await wordOf(as(await villager(neighbour)).book({ key: key(), slot, place: "二组" }))).toBe("OTHER_AREA");
    expect(await wordOf(as(who).book({ key: key(), slot }))).toBe("PLACE_NEEDED");
    expect(await as(who).book({ key: key(), slot, place: "一组 3 号" })).toMatchObject({ place: "一组 3 号" });
  });
});

describe("the day itself", () => {
  test("whoever comes is checked in by the code on the ticket, once, and only there and then", async () => {
    const [who, other] = [await villager(), await villager()];
    const { id } = await offerOf();
    const slot = await slotOf(id);
    const { code } = await as(who).book({ key: key(), slot });
    const { id: second } = await as(other).book({ key: key(), slot });
    expect(await wordOf(as(clerk).checkIn({ code: code ?? "" }))).toBe("NOT_THIS_DAY");
    room.clock.set(monday + day);
    const forged = `${(code ?? "").slice(0, 30)}${"0".repeat(20)}`;
    expect(await wordOf(as(clerk).checkIn({ code: forged }))).toBe("TICKET_BAD");
    const elsewhere = somebody([{ role: "clerk", region: "990102000000" }]);
    expect(await wordOf(as(elsewhere).checkIn({ code: code ?? "" }))).toBe("NOT_ALLOWED");
    const first = await as(clerk).checkIn({ code: code ?? "" });
    expect(first.state).toBe("arrived");
    expect((await as(clerk).checkIn({ code: code ?? "" })).state).toBe("arrived");
    expect(
      (await as(clerk).day({ offer: id, day: tuesday })).items.map(({ state, number }) => [state, number]),
    ).toEqual([
      ["arrived", 1],
      ["booked", 2],
    ]);
    // The clock marks who did not come; nobody has to.
    room.clock.set(monday + 2 * day);
    await appointmentTicks({ ...kit.deps, hospital: null, log: kit.log }, { ...room.db, clock: room.clock })[
      "appointments.missed"
    ]?.run(0);
    expect((await as(other).get({ id: second })).state).toBe("missed");
    expect((await as(who).get({ id: first.id })).state).toBe("arrived");
    expect((await rowOf(slot))?.taken).toBe(2);
  });

  test("three times not coming pause booking for a month", async () => {
    const who = await villager();
    const { id } = await offerOf();
    for (const on of [tuesday, "2026-11-18", "2026-11-19"])
      await as(who).book({ key: key(), slot: await slotOf(id, 0, on) });
    room.clock.set(monday + 4 * day);
    const ticks = appointmentTicks({ ...kit.deps, hospital: null, log: kit.log }, { ...room.db, clock: room.clock });
    await ticks["appointments.missed"]?.run(0);
    await ticks["appointments.slots"]?.run(0);
    expect(await wordOf(as(who).book({ key: key(), slot: await slotOf(id, 0, "2026-11-25") }))).toBe("BOOKING_PAUSED");
    room.clock.set(monday + 40 * day);
    await ticks["appointments.slots"]?.run(0);
    const later = await as(null).slots({ offer: id });
    expect((await as(who).book({ key: key(), slot: later.slots[0]?.id ?? "" })).state).toBe("booked");
  });
});

describe("a schedule", () => {
  test("shows what a change would do before it is kept, and never takes away what somebody has booked", async () => {
    const who = await villager();
    const saved = await offerOf(2);
    const slot = await slotOf(saved.id);
    const { id: ticket } = await as(who).book({ key: key(), slot });
    const afternoon = {
      week: [{ days: ["2"], from: 840, to: 1020, minutes: 60, capacity: 3, onSite: 1 }],
      closures: [],
      release: { days: 7, at: 420 },
      cancelAt: 1020,
    };
    const plan = await as(clerk).plan({ id: saved.id, ...afternoon });
    expect(plan.orphans).toEqual([
      { start: Date.parse("2026-11-17T08:30:00+08:00"), end: expect.any(Number), taken: 1 },
    ]);
    expect(plan.days.find(({ day: on }) => on === tuesday)?.places).toBe(6);
    const change = { key: key(), id: saved.id, version: saved.version, region: county, ...hall(), ...afternoon };
    expect(await wordOf(as(clerk).saveOffer(change))).toBe("ORPHANS");
    expect(await slotsOn(saved.id)).toHaveLength(6);
    await as(who).cancel({ id: ticket });
    const after = await as(clerk).saveOffer(change);
    expect(after.version).toBe(saved.version + 1);
    expect((await slotsOn(saved.id)).map(({ free }) => free)).toEqual([2, 2, 2]);
    expect(await wordOf(as(clerk).saveOffer(change))).toBe("STALE_VERSION");
    // What was cancelled still says when it was.
    expect((await as(who).get({ id: ticket })).start).toBe(Date.parse("2026-11-17T08:30:00+08:00"));
    // A slot that is wanted again is there again, with nobody in it.
    await as(clerk).saveOffer({ ...change, ...hall(), version: after.version });
    expect(await slotOf(saved.id)).toBe(slot);
    expect((await as(clerk).desk({ region: county })).items.some(({ id }) => id === saved.id)).toBe(true);
    expect((await as(secretary).desk({})).items.every(({ region }) => region === village)).toBe(true);
  });

  test("that cannot be kept is refused, and so is a hall in a village", async () => {
    const bad = { week: [{ days: ["1"], from: 600, to: 500, minutes: 30, capacity: 1, onSite: 0 }] };
    expect(await wordOf(offerOf(1, bad))).toBe("WEEK_BAD");
    expect(await wordOf(as(secretary).saveOffer({ key: key(), region: village, ...hall() }))).toBe("PLACE_LEVEL");
    expect(await wordOf(as(secretary).saveOffer({ key: key(), region: neighbour, ...visit }))).toBe("NOT_ALLOWED");
  });
});

test("an account that ends frees what it had still to come", async () => {
  const who = await villager();
  const { id } = await offerOf(1);
  const slot = await slotOf(id);
  await as(who).book({ key: key(), slot, note: "坐轮椅" });
  expect(await appointmentsHolding.export(room.db, who.personId)).toMatchObject({ booked: [{ note: "坐轮椅" }] });
  await inTx(room.db, (tx) => appointmentsHolding.close(tx, who.personId, room.clock.now()));
  expect((await rowOf(slot))?.taken).toBe(0);
  expect(await appointmentsHolding.export(room.db, who.personId)).toMatchObject({
    booked: [{ note: "", state: "cancelled" }],
  });
});
