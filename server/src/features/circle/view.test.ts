import { expect, test } from "vitest";
import { villagerOf } from "../../../test/circle-kit.ts";
import { hiddenName, nameKey } from "../../foundation/cases/index.ts";
import { writerOf } from "./view.ts";

test("whoever hides is a name for nobody, without the mark or the title of an office, and oneself to oneself", () => {
  const me = villagerOf();
  const wrote = { author: me.personId, mark: "official" as const, title: "竹溪村 书记" };
  const names = new Map([[nameKey(me.personId, "official"), "赵书记"]]);
  const nobody = { name: hiddenName, mark: "none", title: null, hidden: true, mine: false };
  expect(writerOf(wrote, villagerOf(), true, names)).toEqual(nobody);
  expect(writerOf(wrote, me, true, names)).toMatchObject({ name: "赵书记", title: wrote.title, mine: true });
  expect(writerOf(wrote, villagerOf(), false, names)).toMatchObject({
    name: "赵书记",
    title: wrote.title,
    mine: false,
  });
});
