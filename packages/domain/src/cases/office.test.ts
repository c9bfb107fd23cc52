import { expect, test } from "vitest";
import { officeIn, officeTitle } from "./office.ts";

const village = "990101101201";
const town = "990101101000";

test("the office that stands nearest to the place is named, and of several there the highest", () => {
  const grants = [
    { role: "clerk" as const, region: town },
    { role: "committee" as const, region: village },
    { role: "secretary" as const, region: village },
    { role: "supervisor" as const, region: village },
  ];
  expect(officeIn(grants, "cases.handle", village)).toEqual({ role: "secretary", region: village });
  expect(officeIn(grants, "cases.handle", town)).toEqual({ role: "clerk", region: town });
  expect(officeIn(grants, "cases.watch", village)).toEqual({ role: "clerk", region: town });
  expect(officeIn(grants, "cases.handle", "990101102201")).toBeNull();
});

test("a title fits its column, however long the name of the place is", () => {
  expect(officeTitle("secretary", "竹溪村")).toBe("竹溪村书记");
  expect(officeTitle("clerk", "清溪镇")).toBe("清溪镇工作人员");
  const long = officeTitle("committee", "𠮷".repeat(40));
  expect([...long]).toHaveLength(40);
  expect(long.endsWith("村委会委员")).toBe(true);
});
