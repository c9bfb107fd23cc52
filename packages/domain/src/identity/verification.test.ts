import { expect, test } from "vitest";
import { rosterMatch } from "./verification.ts";

test("only an entry with the same name verifies without a person looking", () => {
  expect(rosterMatch({ name: "王小千", group: "一组" }, { name: " 王小千 " })).toBe("verified");
  expect(rosterMatch({ name: "王大千", group: "一组" }, { name: "王小千" })).toBe("pending");
  expect(rosterMatch(null, { name: "王小千" })).toBe("pending");
});
