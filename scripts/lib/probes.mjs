/**
 * Planted trespasses: [wall, trespassing file, what it says]. A row without a wall is scenery that another one needs.
 * They are self-contained, so that a change in the real tree cannot make one of them harmless.
 */
export const probes = [
  ["no-cycles", "packages/domain/src/zz/a.ts", 'import "./b.ts"; export const a = 1;'],
  [null, "packages/domain/src/zz/b.ts", 'import "./a.ts"; export const b = 1;'],
  ["unresolved", "server/src/kernel/zz-1.ts", 'import "./nope.ts";'],
  ["unresolved", "server/src/kernel/zz-2.ts", 'import "@weimenhu/domain/zz/nope";'],

  [
    "domain-is-pure",
    "packages/domain/src/zz/1.ts",
    'import { readFileSync } from "node:fs"; export const a = readFileSync;',
  ],
  ["domain-is-pure", "packages/domain/src/zz/2.ts", 'import * as z from "zod"; export const a = z;'],
  [
    "domain-is-pure",
    "packages/domain/src/zz/3.ts",
    'import type { A } from "../../../contract/src/zz-0.ts"; export type B = A;',
  ],
  [null, "packages/contract/src/zz-0.ts", "export type A = 1;"],
  ["contract-is-shapes", "packages/contract/src/zz-1.ts", 'import { sql } from "drizzle-orm"; export const a = sql;'],
  [
    "contract-is-shapes",
    "packages/contract/src/zz-2.ts",
    'import { readFileSync } from "node:fs"; export const a = readFileSync;',
  ],

  [null, "server/src/zz-root.ts", "export const a = 1; export type A = typeof a;"],
  [
    "connectors-face-out",
    "packages/connectors/src/zz-1.ts",
    'import { a } from "../../../server/src/zz-root.ts"; export const b = a;',
  ],
  [
    "connectors-face-out",
    "packages/connectors/src/zz-2.ts",
    'import type { A } from "@weimenhu/contract/zz-0"; export type B = A;',
  ],
  [null, "packages/connectors/src/zz-vendor/vendor.ts", "export const a = 1; export type A = typeof a;"],
  [null, "packages/connectors/src/zz-vendor/port.ts", "export type Port = 1;"],
  [
    "sandbox-shares-nothing",
    "packages/sandbox/src/zz-1.ts",
    'import { a } from "../../connectors/src/zz-vendor/vendor.ts"; export const b = a;',
  ],
  [
    "sandbox-shares-nothing",
    "packages/sandbox/src/zz-2.ts",
    'import type { A } from "@weimenhu/contract/zz-0"; export type B = A;',
  ],
  [
    "minihost-stands-alone",
    "packages/minihost/src/zz-1.ts",
    'import type { A } from "@weimenhu/contract/zz-0"; export type B = A;',
  ],
  [null, "packages/sandbox/src/zz-0.ts", "export const vendor = 1;"],
  [
    "sandbox-is-for-tests",
    "server/src/zz-1.ts",
    'import { vendor } from "../../packages/sandbox/src/zz-0.ts"; export const a = vendor;',
  ],
  [
    "sandbox-is-for-tests",
    "packages/connectors/src/zz-3.ts",
    'import { vendor } from "../../sandbox/src/zz-0.ts"; export const a = vendor;',
  ],

  [null, "server/src/foundation/zz-pay/index.ts", 'export { open } from "./service.ts";'],
  [null, "server/src/foundation/zz-pay/service.ts", "export const open = 1; export type Open = typeof open;"],
  [null, "server/src/foundation/zz-pay/schema.ts", "export const charge = 1;"],
  [null, "server/src/features/zz-bills/index.ts", "export const bills = 1; export type Bills = typeof bills;"],
  [
    "front-doors",
    "server/src/features/zz-talk/service.1.ts",
    'import { open } from "../../foundation/zz-pay/service.ts"; export const a = open;',
  ],
  [
    "front-doors",
    "server/src/features/zz-talk/service.2.ts",
    'import { bills } from "../zz-bills/index.ts"; export const a = bills;',
  ],
  [
    "front-doors",
    "server/src/foundation/zz-pay/service.3.ts",
    'import type { Bills } from "../../features/zz-bills/index.ts"; export type A = Bills;',
  ],
  [
    "front-doors",
    "server/src/foundation/zz-who/service.ts",
    'import { charge } from "../zz-pay/schema.ts"; export const a = charge;',
  ],
  [
    "root-uses-front-doors",
    "server/src/zz-2.ts",
    'import { open } from "./foundation/zz-pay/service.ts"; export const a = open;',
  ],
  [
    "root-uses-front-doors",
    "server/src/tools/zz.ts",
    'import { open } from "../foundation/zz-pay/service.ts"; export const a = open;',
  ],
  [
    "schemas-point-down",
    "server/src/features/zz-talk/schema.ts",
    'import { bills } from "../zz-bills/index.ts"; export const a = bills;',
  ],
  [
    "schemas-point-down",
    "server/src/foundation/zz-who/schema.ts",
    'import { open } from "../zz-pay/index.ts"; export const a = open;',
  ],
  [
    "base-looks-down",
    "server/src/kernel/zz-3.ts",
    'import { open } from "../foundation/zz-pay/index.ts"; export const a = open;',
  ],
  ["base-looks-down", "server/src/kernel/zz-4.ts", 'import { a } from "../zz-root.ts"; export const b = a;'],
  ["base-looks-down", "miniapp/src/ui/zz.ts", 'import { useA } from "../features/zz-a/use-a"; export const b = useA;'],
  ["base-looks-down", "miniapp/src/platform/zz.ts", 'import { home } from "../tabs/zz/home"; export const b = home;'],
  [
    "base-looks-down",
    "h5/desk/src/ui/zz.ts",
    'import { desk } from "../features/zz-a/desk.ts"; export const b = desk;',
  ],
  [
    "only-stores-speak-sql",
    "server/src/features/zz-talk/service.4.ts",
    'import { sql } from "drizzle-orm"; export const a = sql;',
  ],
  [
    "only-stores-speak-sql",
    "server/src/foundation/zz-who/router.ts",
    'import mysql from "mysql2/promise"; export const a = mysql;',
  ],
  [
    "adapters-at-the-root",
    "server/src/features/zz-talk/service.5.ts",
    'import { a } from "../../../../packages/connectors/src/zz-vendor/vendor.ts"; export const b = a;',
  ],
  [
    "adapters-at-the-root",
    "server/src/zz-3.ts",
    'import type { A } from "../../packages/connectors/src/zz-vendor/vendor.ts"; export type B = A;',
  ],
  [null, "server/test/zz.ts", "export const helper = 1;"],
  [
    "products-know-no-tests",
    "server/src/kernel/zz-5.ts",
    'import { helper } from "../../test/zz.ts"; export const a = helper;',
  ],

  [null, "miniapp/src/features/zz-a/use-a.ts", "export const useA = 1;"],
  [null, "miniapp/src/tabs/zz/home.ts", "export const home = 1;"],
  [null, "h5/desk/src/features/zz-a/desk.ts", "export const desk = 1;"],
  [
    "features-are-strangers",
    "miniapp/src/features/zz-b/page.ts",
    'import { useA } from "../zz-a/use-a"; export const a = useA;',
  ],
  [
    "features-are-strangers",
    "h5/desk/src/features/zz-b/page.ts",
    'import { desk } from "../zz-a/desk.ts"; export const a = desk;',
  ],
  [
    "tabs-and-features-are-strangers",
    "miniapp/src/tabs/zz/me.ts",
    'import { useA } from "../../features/zz-a/use-a"; export const a = useA;',
  ],
  [
    "tabs-and-features-are-strangers",
    "miniapp/src/features/zz-a/back.ts",
    'import { home } from "../../tabs/zz/home"; export const a = home;',
  ],
  [
    "clients-see-types-only",
    "miniapp/src/zz-1.ts",
    'import { a } from "../../server/src/zz-root"; export const b = a;',
  ],
  [
    "clients-see-types-only",
    "h5/desk/src/zz-1.ts",
    'import { a } from "../../../packages/connectors/src/zz-vendor/vendor.ts"; export const b = a;',
  ],
  [
    "h5-takes-the-build",
    "h5/desk/src/zz-2.ts",
    'import type { useA } from "../../../miniapp/src/features/zz-a/use-a.ts"; export type A = typeof useA;',
  ],
  [
    "miniapp-knows-no-browser-house",
    "miniapp/src/zz-2.ts",
    'import { desk } from "../../h5/desk/src/features/zz-a/desk"; export const b = desk;',
  ],

  ["room-shape", "server/src/features/zz-talk/helpers.ts", "export const a = 1;"],
  ["room-shape", "server/src/features/zz-talk/topic/helpers.ts", "export const a = 1;"],
  ["room-shape", "server/src/foundation/zz-who/topic/inner/index.ts", "export const a = 1;"],
];

/** What must not be caught: the same neighbours, properly entered. */
export const allowed = [
  ["server/src/features/zz-good/topic/store.search.db.test.ts", "export const a = 1;"],
  [
    "server/src/features/zz-good/service.ts",
    'import { open } from "../../foundation/zz-pay/index.ts"; export const a = open;',
  ],
  ["server/src/features/zz-good/store.search.ts", 'import { sql } from "drizzle-orm"; export const a = sql;'],
  [
    "server/src/features/zz-good/jobs.ts",
    'import type { Port } from "../../../../packages/connectors/src/zz-vendor/port.ts"; export type P = Port;',
  ],
  ["miniapp/src/zz-3.ts", 'import type { A } from "../../server/src/zz-root"; export type B = A;'],
  [
    "server/src/features/zz-good/talk.wire.test.ts",
    'import { vendor } from "../../../../packages/sandbox/src/zz-0.ts"; export const a = vendor;',
  ],
];
