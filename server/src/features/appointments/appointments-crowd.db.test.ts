import type { Caller } from "@weimenhu/domain/permissions";
import { afterAll, expect, test } from "vitest";
import { appointmentsKit, key } from "../../../test/appointments-kit.ts";
import { openDb } from "../../kernel/db.ts";
import { refusalIn } from "../../kernel/refuse.ts";

/** Seven o'clock in the morning, when the places of a day are given out. */
const room = await appointmentsKit();
const { as, villager, offerOf, slotOf, rowOf } = room;
afterAll(room.close);

test.each([
  [500, 1],
  [1000, 50],
])(
  "of %i people at once for %i over two servers' connections, as many have one, and all others read that it is full",
  async (people, capacity) => {
    const { id } = await offerOf(capacity);
    const slot = await slotOf(id);
    const crowd: Caller[] = [];
    while (crowd.length < people) crowd.push(...(await Promise.all(Array.from({ length: 20 }, () => villager()))));
    const second = openDb(room.config, room.clock);
    const ends = await Promise.all(
      crowd.map((who, at) =>
        as(who, at % 2 === 0 ? room.db : second)
          .book({ key: key(), slot })
          .then(({ number }) => number)
          .catch((fault: unknown) => refusalIn(fault)?.word ?? String(fault)),
      ),
    );
    await second.close();
    const numbers = ends.filter((end) => typeof end === "number");
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: capacity }, (_, at) => at + 1));
    expect(new Set(ends.filter((end) => typeof end === "string"))).toEqual(new Set(["SLOT_FULL"]));
    expect(await rowOf(slot)).toEqual({ capacity, taken: capacity, held: capacity });
  },
  120_000,
);
