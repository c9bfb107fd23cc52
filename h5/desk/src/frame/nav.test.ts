import { grantedRoles, permissionsOf } from "@weimenhu/domain/permissions";
import { expect, test } from "vitest";
import { myRegions } from "./me.ts";
import { pageAt, pagesFor } from "./nav.ts";

const pagesOf = (role: (typeof grantedRoles)[number]) =>
  pagesFor(permissionsOf([{ role, region: "990101000000" }])).map((page) => page.key);

test("each role sees the pages it can use and no dead one", () => {
  expect(pagesOf("secretary")).toEqual([
    "waiting",
    "cases",
    "board",
    "moderation",
    "notices",
    "verification",
    "roster",
    "account",
  ]);
  expect(pagesOf("clerk")).toEqual([
    "waiting",
    "cases",
    "board",
    "moderation",
    "notices",
    "portals",
    "roster",
    "account",
  ]);
  expect(pagesOf("supervisor")).toEqual(["waiting", "notices", "account"]);
  expect(pagesOf("sysadmin")).toEqual(["waiting", "regions", "system", "account"]);
  expect(pagesOf("secadmin")).toEqual(["waiting", "grants", "account"]);
  expect(pagesOf("auditadmin")).toEqual(["waiting", "audit", "account"]);
  expect(pagesOf("agent")).toEqual(["account"]);
});

test("an address typed by hand opens no page that the menu does not have", () => {
  expect(pageAt(["grants"], permissionsOf([{ role: "secretary", region: "1" }]))).toBeNull();
  expect(pageAt(["nowhere"], [])).toBeNull();
  expect(pageAt([], ["desk.open"])).toBe("waiting");
});

test("only the regions of roles that carry the permission are offered", () => {
  const role = (name: "secretary" | "supervisor", region: string) => ({ role: name, region, regionName: "" });
  const me = { roles: [role("secretary", "990101101001"), role("supervisor", "990101101002")] };
  expect(myRegions(me, "notices.write")).toEqual(["990101101001"]);
  expect(myRegions(me, "notices.desk")).toEqual(["990101101001", "990101101002"]);
});
