import { expect, test } from "vitest";
import type { Db } from "../../kernel/db.ts";
import { keptNames } from "./service.names.ts";

/** A promise, and what ends it. */
function gate() {
  let open = (): void => {};
  const passed = new Promise<void>((go) => {
    open = go;
  });
  return { passed, open: () => open() };
}

test("a name that was read before its account was closed, and comes late, is on no page that was asked for after it", async () => {
  let stamp = "1";
  const [before, after] = [gate(), gate()];
  const versions = { known: () => stamp, current: async () => stamp };
  const db = { versions, clock: { now: () => 0 } } as unknown as Db;
  const names = keptNames(async (_, ids) => {
    const isOpen = stamp === "1";
    if (isOpen) await before.passed;
    else if (ids.includes("neighbour")) await after.passed;
    return new Map(ids.flatMap((id): [string, string][] => (isOpen || id === "neighbour" ? [[id, "张*"]] : [])));
  });
  const early = names(db, ["gone"]);
  stamp = "2";
  expect(await names(db, ["gone"])).toEqual(new Map());
  const page = names(db, ["gone", "neighbour"]);
  before.open();
  expect(await early).toEqual(new Map([["gone", "张*"]]));
  after.open();
  expect(await page).toEqual(new Map([["neighbour", "张*"]]));
  expect(await names(db, ["gone"])).toEqual(new Map());
});
