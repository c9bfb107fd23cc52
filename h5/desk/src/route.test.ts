import { expect, test } from "vitest";
import { addressOf, placeOf } from "./route.tsx";

test("an address and its place are each other's", () => {
  const address = addressOf(["notices", "甲 /乙"], { state: "draft", region: "" });
  const [pathname = "", search = ""] = address.split("?");
  const place = placeOf(pathname, search);
  expect(place.path).toEqual(["notices", "甲 /乙"]);
  expect([...place.query]).toEqual([["state", "draft"]]);
});

test("a broken or foreign address leads to the start instead of an error", () => {
  expect(placeOf("/desk/%E0%A4%A", "").path).toEqual([]);
  expect(placeOf("/other/notices", "").path).toEqual([]);
  expect(placeOf("/desk", "").path).toEqual([]);
});
