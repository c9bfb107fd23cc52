import { afterAll, expect, test } from "vitest";
import { type CircleKit, cadre, circleKit, key, village, villagerOf } from "../../../test/circle-kit.ts";
import { loadCalendar } from "../../foundation/cases/index.ts";
import { inOffice } from "../../foundation/identity/index.ts";
import { openDb } from "../../kernel/db.ts";
import { callerOf, router } from "../../kernel/rpc.ts";
import { inTx } from "../../kernel/tx.ts";
import { circleHolding, circleRoom } from "./index.ts";

const kit = await circleKit();
afterAll(kit.close);

test("the name of a closed account leaves everybody's pages at once, in another process within its look at the stamps", async () => {
  const [secretary, reader] = [cadre("secretary", village), villagerOf()];
  const names = new Map([[inOffice(secretary.personId), "赵书记"]]);
  let asked = 0;
  const displayNames = async (_db: unknown, ids: readonly string[]) => {
    asked += 1;
    return new Map(ids.map((id) => [id, names.get(id) ?? "已注销用户"]));
  };
  // Each process has its own memory.
  const elsewhere = openDb(kit.config, kit.clock);
  const pageIn = (db: CircleKit["db"]) => {
    const api = router({ circle: circleRoom({ ...kit.deps, displayNames }) });
    return async () => {
      const { items } = await callerOf(api)(kit.ctx(reader, { db })).circle.feed({ village });
      return items[0]?.by.name;
    };
  };
  const [here, there] = [pageIn(kit.db), pageIn(elsewhere)];
  await kit.as(secretary).circle.post({ key: key(), village, kind: "chat", text: "官方说一句" });
  for (const page of [here, there]) expect(await page()).toBe("赵书记");
  await kit.post(reader);
  const before = asked;
  expect(await here()).not.toBe("赵书记");
  await kit.as(secretary).circle.post({ key: key(), village, kind: "chat", text: "再说一句" });
  expect(await here()).toBe("赵书记");
  // Other pages are made anew all the time; the name is kept.
  expect(asked - before).toBe(1);

  names.clear();
  const holding = circleHolding({ cases: { calendar: () => loadCalendar("") } });
  await inTx(kit.db, (tx) => holding.close(tx, secretary.personId, kit.clock.now()));
  expect(await here()).toBe("已注销用户");
  await expect.poll(there, { timeout: 5_000 }).toBe("已注销用户");
  await elsewhere.close();
});
