/** A lived-in county for browsers: the built clients on a real server, filled through the public API. One for a file of walks. */
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";
import { copyRows } from "../../server/test/database/fresh.ts";
import { freshDatabase } from "../../server/test/database/index.ts";
import { county, zhuxi } from "../../server/test/seed/places.ts";
import { authenticator } from "../../server/test/totp.ts";
import { startWorld } from "../../server/test/world.ts";
import type {} from "./lived.global.ts";

/** The checkout whose builds are walked. */
const root = process.env["BUILDS"] ?? fileURLToPath(new URL("../../", import.meta.url));
export const screens = fileURLToPath(new URL("../../.screens/h5", import.meta.url));

export const people = {
  villager: "19900000001",
  elder: "19900000002",
  migrant: "19900000003",
  follower: "19900000004",
  secretary: "19900000010",
  committee: "19900000011",
  supervisor: "19900000012",
  townClerk: "19900000020",
  countyClerk: "19900000022",
  sysadmin: "19900000030",
  secadmin: "19900000031",
  auditadmin: "19900000032",
} as const;

function builds(): void {
  const needed = ["miniapp/dist/h5/index.html", "miniapp/dist/views/index.mjs", "h5/desk/dist/index.html"];
  const missing = needed.filter((file) => !existsSync(path.join(root, file)));
  if (missing.length > 0) throw new Error(`not built: ${missing.join(", ")}. Run "npm run build" first`);
}

export type County = Awaited<ReturnType<typeof openCounty>>;

/** The lived months go on in real time, with ticks and outbox running, in a database and folder of this caller's own. */
export async function openCounty() {
  builds();
  const lived = inject("lived");
  const database = await freshDatabase();
  await copyRows(lived.url, database.url);
  const media = mkdtempSync(path.join(tmpdir(), "weimenhu-walk-"));
  cpSync(lived.media, media, { recursive: true });
  const world = await startWorld({
    databaseUrl: database.url,
    env: { MEDIA_DIR: media },
    files: root,
    lively: true,
    hospital: true,
  });
  const secrets = new Map(lived.secrets);

  /** Who signs in again as the seed knew them: the same account on the mini-program. */
  const person = (phone: string) => world.person({ phone, openid: `oMini_${phone}` });

  /** The code that stands on this phone's screen when it has come. */
  async function codeOn(phone: string, before: number): Promise<string> {
    const found = await until(
      `a code on ${phone}`,
      () =>
        world.outside.sms.control
          .messages(phone)
          .slice(before)
          .find(({ params }) => params.code)?.params.code,
    );
    return found;
  }

  return {
    world,
    url: world.url,
    county,
    village: zhuxi,
    person,
    /** How many messages came so far: asked before one asks for a code. */
    messages: (phone: string): number => world.outside.sms.control.messages(phone).length,
    codeOn,
    digits: authenticator(secrets),
    /** The authenticator learns a secret that a page has just shown. */
    enrol: (phone: string, secret: string) => secrets.set(phone, secret),
    /** Brings in the county's portal; answers when its notices are there. */
    async bringInPortal(): Promise<string> {
      const { api } = await person(people.countyClerk);
      await api.portals.add.mutate({
        key: "walk-portal-0000",
        region: county.code,
        name: "示例县门户网站",
        url: world.outside.urls["portalRss"] ?? "",
        category: "announcement",
        reach: "here",
      });
      return until("a notice from the portal", async () => {
        await world.settle();
        const { items } = await world.anybody().notices.list.query({ region: county.code, limit: 50 });
        return items.find(({ source }) => source !== null)?.id;
      });
    },
    /** A picture file, as a phone's gallery would hand it over. */
    async photo(): Promise<Buffer> {
      const answer = await fetch(new URL("/images/1.png", world.outside.urls["portal"]));
      return Buffer.from(await answer.arrayBuffer());
    },
    /** The public notice whose title holds these words. */
    async noticeId(words: string, region = zhuxi.code): Promise<string> {
      const { items } = await world.anybody().notices.list.query({ region, limit: 50 });
      const found = items.find(({ title }) => title.includes(words));
      if (!found) throw new Error(`no notice with ${words}`);
      return found.id;
    },
    async offerId(words: string, region = zhuxi.code): Promise<string> {
      const { items } = await world.anybody().appointments.offers.query({ region });
      const found = items.find(({ name }) => name.includes(words));
      if (!found) throw new Error(`nothing to book with ${words}`);
      return found.id;
    },
    async close(): Promise<void> {
      await world.close();
      await database.drop();
      rmSync(media, { recursive: true, force: true });
    },
  };
}

/** Asks until there is an answer, or fails after `patience` milliseconds. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>, patience = 15_000) {
  const end = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
