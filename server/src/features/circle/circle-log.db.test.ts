import { afterAll, expect, test } from "vitest";
import { cast, circleKit, village } from "../../../test/circle-kit.ts";

const kit = await circleKit();
afterAll(kit.close);
const { author, secretary } = cast();

test("the public record counts a decision in the month that it was in China: the first moment of December is no more November's", async () => {
  const refuse = async () => {
    const { id } = await kit.post(author);
    await kit.as(secretary).circle.decide({ id, pass: false, reason: "广告", label: "ad" });
  };
  const counts = async () => {
    const months = ["2026-10", "2026-11", "2026-12"].map((month) => kit.as(null).circle.log({ village, month }));
    return (await Promise.all(months)).map(({ refused }) => refused.map(({ byPeople }) => byPeople));
  };
  kit.clock.advance(Date.parse("2026-11-30T23:59:59.999+08:00") - kit.clock.now());
  await refuse();
  expect(await counts()).toEqual([[], [1], []]);
  kit.clock.advance(1);
  await refuse();
  await refuse();
  expect(await counts()).toEqual([[], [1], [2]]);
});
