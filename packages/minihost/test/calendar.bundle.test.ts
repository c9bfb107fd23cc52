import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { jsdomView } from "../src/index.ts";
import { type Backend, startBackend } from "./backend.ts";
import { Phones } from "./walk.ts";

let backend: Backend;
const phones = new Phones(
  "weapp",
  () => jsdomView(),
  () => backend.origin,
);
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend.close());
afterEach(() => phones.putDown());

test("the calendar is written to straight from a tap by whoever allows it; a no is asked again only by the permissions", async () => {
  let answer: boolean | Error = new Error("cancel");
  const calendar = () => {
    if (typeof answer !== "boolean") throw answer;
    return answer;
  };
  const host = await phones.start({ url: "/pkg/device/index?a=1", on: { calendar } });
  await host.tap("#note-late");
  expect(await host.text("#out")).toContain("can only be invoked by user TAP gesture");
  await host.tap("#note");
  expect(await host.text("#out")).toContain("addPhoneCalendar:fail cancel");
  answer = false;
  await host.tap("#note");
  answer = true;
  await host.tap("#note");
  expect([await host.text("#out"), host.calendar]).toEqual(["失败：addPhoneCalendar:fail auth deny", []]);
  await host.tap("#settings");
  expect(await host.text("#out")).toBe('{"scope.addPhoneCalendar":true}');
  await host.tap("#note");
  const times = { start: 1_800_000_000, end: 1_800_000_000, alarm: 3600 };
  expect(host.calendar).toEqual([{ title: "开会", ...times, allDay: false, description: "", location: "村委会" }]);
});
