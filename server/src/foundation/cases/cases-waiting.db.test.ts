import { afterAll, beforeAll, expect, test } from "vitest";
import { casesKit, county, sister, town, village } from "../../../test/cases-kit.ts";
import { waitingCases } from "./index.ts";

let kit: Awaited<ReturnType<typeof casesKit>>;
beforeAll(async () => {
  kit = await casesKit();
});
afterAll(() => kit.close());

test("a case waits for the cadres of its village until one of them has it, and for nobody elsewhere", async () => {
  const secretary = await kit.inOffice("书记", "secretary", village);
  const member = await kit.inOffice("委员", "committee", village);
  const others = [
    await kit.inOffice("邻村书记", "secretary", sister),
    await kit.inOffice("镇干部", "clerk", town),
    await kit.inOffice("县干部", "clerk", county),
  ];
  const id = await kit.raised(kit.villager("李四"));
  const of = async (caller: typeof secretary) => (await waitingCases(kit.ctx(caller))).map((item) => item.id);
  expect(await waitingCases(kit.ctx(secretary))).toEqual([
    { kind: "case", id, title: "村口垃圾", region: village, since: kit.clock.now() },
  ]);
  expect(await of(member)).toEqual([id]);
  for (const other of others) expect(await of(other)).toEqual([]);
  expect(await of({ ...secretary, strong: false })).toEqual([]);

  await kit.as(secretary).cases.move({ id, key: kit.key(), move: "assign", to: member.personId });
  expect(await of(member)).toEqual([id]);
  expect(await of(secretary)).toEqual([]);
});
