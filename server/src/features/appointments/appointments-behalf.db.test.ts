import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { appointmentsKit, isVerified, key, monday, tuesday, village, wordOf } from "../../../test/appointments-kit.ts";
import { inTx } from "../../kernel/tx.ts";
import { appointmentsHolding } from "./index.ts";

let kit: Awaited<ReturnType<typeof appointmentsKit>>;
beforeAll(async () => {
  kit = await appointmentsKit();
});
afterAll(() => kit.close());
beforeEach(() => kit.clock.set(monday));

let serial = 0;
const mandateId = () => String(++serial).padStart(26, "0");
const blind = () => String(++serial).padStart(64, "0");

/** Somebody who may act for another: with an account of their own, or without. */
async function family(person: string | null = null) {
  const child = await kit.villager();
  const [mandate, index] = [mandateId(), blind()];
  kit.principals.set(mandate, { index, villages: [village], person });
  return { child, mandate, index };
}
const book = (who: Caller, slot: string, mandate: string, more: object = {}) =>
  kit.as(who).book({ key: key(), slot, mandate, ...more });
const messagesOf = async (person: string) =>
  (await kit.db.rows<{ kind: string }>("SELECT kind FROM message WHERE person = ? ORDER BY id", [person])).map(
    ({ kind }) => kind,
  );

test("a child books for a parent, who has the ticket on their own phone, hears of it, and may cancel it", async () => {
  const parent = await kit.villager();
  const { child, mandate } = await family(parent.personId);
  const { id: offer } = await kit.offerOf(1);
  const ticket = await book(child, await kit.slotOf(offer), mandate);
  expect([ticket.state, ticket.behalf]).toEqual(["booked", "for"]);
  expect(ticket.code).not.toBeNull();
  const theirs = await kit.as(parent).get({ id: ticket.id });
  expect([theirs.behalf, theirs.code, theirs.name]).toEqual(["by", ticket.code, ticket.name]);
  expect(await messagesOf(parent.personId)).toEqual(["bookedFor"]);
  expect(await messagesOf(child.personId)).toEqual([]);
  expect((await kit.as(parent).cancel({ id: ticket.id })).state).toBe("cancelled");
  expect(await messagesOf(child.personId)).toEqual(["cancelledFor"]);
  const record = await kit.db.rows("SELECT act, actor, on_whom AS onWhom FROM audit WHERE on_whom = ? ORDER BY at", [
    parent.personId,
  ]);
  expect(record).toEqual([
    { act: "appointments.book", actor: child.personId, onWhom: parent.personId },
    { act: "appointments.cancel", actor: parent.personId, onWhom: parent.personId },
  ]);
});

test("for whoever has no account it is booked by their own name, and a text message is on its way", async () => {
  const { child, mandate } = await family();
  const { id: offer } = await kit.offerOf(1);
  const ticket = await book(child, await kit.slotOf(offer), mandate);
  expect(ticket.name).toBe(`家人${mandate.slice(-2)}`);
  const jobs = await kit.db.rows<{ payload: string }>("SELECT payload FROM outbox WHERE kind = 'appointment.behalf'");
  expect(jobs.some(({ payload }) => payload.includes(ticket.id) && payload.includes("约好了"))).toBe(true);
  const sheet = await kit.as(kit.clerk).day({ offer, day: tuesday });
  expect(sheet.items.map(({ name, behalf }) => [name, behalf])).toEqual([[ticket.name, undefined]]);
});

test("two of the family who book the same parent have one place, and limits are the parent's own", async () => {
  const one = await family();
  const other = await kit.villager();
  const twin = mandateId();
  kit.principals.set(twin, { index: one.index, villages: [village], person: null });
  const { id: offer } = await kit.offerOf(5);
  const [first, second] = [await kit.slotOf(offer), await kit.slotOf(offer, 1)];
  const words = await Promise.all([
    wordOf(book(one.child, first, one.mandate)),
    wordOf(book(other, second, twin)),
    wordOf(book(other, first, twin)),
  ]);
  expect([...words].sort()).toEqual(["SAME_DAY", "SAME_DAY", "done"]);
  for (const more of [await kit.offerOf(5), await kit.offerOf(5)])
    await book(one.child, await kit.slotOf(more.id), one.mandate);
  const { id: fourth } = await kit.offerOf(5);
  expect(await wordOf(book(other, await kit.slotOf(fourth), twin))).toBe("OPEN_LIMIT");
  expect(await wordOf(kit.as(other).book({ key: key(), slot: await kit.slotOf(fourth) }))).toBe("done");
});

test("without a mandate that stands nothing is booked or waited for", async () => {
  const { child } = await family();
  const { id: offer } = await kit.offerOf(1);
  const slot = await kit.slotOf(offer);
  const over = mandateId();
  kit.principals.set(over, "ended");
  expect(await wordOf(book(child, slot, mandateId()))).toBe("MANDATE_FIRST");
  expect(await wordOf(book(child, slot, over))).toBe("MANDATE_ENDED");
  expect(await wordOf(kit.as(child).wait({ key: key(), offer, day: tuesday, mandate: over }))).toBe("MANDATE_ENDED");
  expect(await kit.rowOf(slot)).toMatchObject({ taken: 0, held: 0 });
});

test("whoever waits for a parent and for themselves stands twice, and the freed place is for whom it was waited", async () => {
  const { child, mandate } = await family();
  const taker = await kit.villager();
  const one = { ...{ days: ["1", "2", "3", "4", "5"], from: 510, to: 540, minutes: 30, capacity: 1, onSite: 0 } };
  const { id: offer } = await kit.offerOf(1, { week: [one] });
  const slot = await kit.slotOf(offer);
  const taken = await kit.as(taker).book({ key: key(), slot });
  const forParent = await kit.as(child).wait({ key: key(), offer, day: tuesday, mandate });
  const forSelf = await kit.as(child).wait({ key: key(), offer, day: tuesday });
  expect([forParent.mandate, forSelf.mandate, forSelf.ahead]).toEqual([mandate, undefined, 1]);
  expect((await kit.as(child).waiting({})).items).toHaveLength(2);
  await kit.as(taker).cancel({ id: taken.id });
  const [ticket] = (await kit.as(child).mine({})).items;
  expect([ticket?.state, ticket?.behalf, ticket?.name]).toEqual(["booked", "for", `家人${mandate.slice(-2)}`]);
  expect((await kit.as(child).waiting({})).items.map(({ mandate: of }) => of)).toEqual([undefined]);
});

test("the same key for another person is refused, and a neighbour's ticket is not found by its id", async () => {
  const [{ child, mandate }, neighbour] = [await family(), await kit.villager()];
  const { id: offer } = await kit.offerOf(3);
  const slot = await kit.slotOf(offer);
  const same = key();
  const ticket = await kit.as(child).book({ key: same, slot, mandate });
  expect((await kit.as(child).book({ key: same, slot, mandate })).id).toBe(ticket.id);
  expect(await wordOf(kit.as(child).book({ key: same, slot }))).toBe("KEY_REUSED");
  expect(await wordOf(kit.as(neighbour).get({ id: ticket.id }))).toBe("NOT_FOUND");
  expect(await wordOf(kit.as(neighbour).cancel({ id: ticket.id }))).toBe("NOT_FOUND");
});

test("a parent keeps what a child booked when the child's account is closed; what nobody else can see is given back", async () => {
  const parent = await kit.villager();
  await isVerified(kit, parent.personId, village);
  const { child, mandate } = await family(parent.personId);
  const lone = mandateId();
  kit.principals.set(lone, { index: blind(), villages: [village], person: null });
  const [a, b] = [await kit.offerOf(1), await kit.offerOf(1)];
  const [kept, gone] = [await kit.slotOf(a.id), await kit.slotOf(b.id)];
  const ticket = await book(child, kept, mandate);
  await book(child, gone, lone);
  await inTx(kit.db, (tx) => appointmentsHolding.close(tx, child.personId, monday));
  expect((await kit.as(parent).get({ id: ticket.id })).state).toBe("booked");
  expect([await kit.rowOf(kept), await kit.rowOf(gone)]).toMatchObject([
    { taken: 1, held: 1 },
    { taken: 0, held: 0 },
  ]);
});
