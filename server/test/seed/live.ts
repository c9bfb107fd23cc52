import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { identities } from "@weimenhu/sandbox";
import { generateSync } from "otplib";
import { bootstrapAdmins } from "../../src/foundation/identity/index.ts";
import { openDb } from "../../src/kernel/db.ts";
import { sealer } from "../../src/kernel/seal.ts";
import { apiClient } from "../client.ts";
import type { Person, World } from "../world.ts";
import { liveCircle } from "./circle/live.ts";
import { illustratedNotices } from "./illustrated.ts";
import { joinDemoPeople, joinVillagers } from "./join.ts";
import { demoNotices } from "./notices.ts";
import { actForFamily, openOffers } from "./offers.ts";
import { demoPeople, demoRoster, roster } from "./people.ts";
import { county, towns, zhuxi } from "./places.ts";
import { publishAll } from "./publish.ts";
import { dayMs } from "./random.ts";

/** `size` 1 is the whole village; tests live a smaller life. */
export type LifeOptions = {
  now: number;
  size: number /** A feed of the county's portal to bring in. */;
  feed: string | null;
};
export type Life = { secrets: Map<string, string>; staff: Map<string, Person>; summary: string };

/** Identities that the vendors' authorize pages also offer, so that one demo person is one account on every channel. */
const vendorKeys: Record<string, string> = {
  "19900000001": "resident",
  "19900000002": "elder",
  "19900000003": "migrant",
  "19900000010": "secretary",
};

/** Three months of the demo county. */
export async function live(world: World, { now, size, feed }: LifeOptions): Promise<Life> {
  const began = performance.now();
  const clock = world.clock;
  if (!clock) throw new Error("the demo needs a world with a clock of its own");
  const start = clock.now();

  await nameAdmins(world);
  let staff = await arrive(world);
  const as = (phone: string): Person => {
    const person = staff.get(phone);
    if (!person) throw new Error(`nobody has ${phone}`);
    return person;
  };
  for (const town of towns) {
    await as("19900000030").api.regions.add.mutate({ code: town.code, name: town.name });
    for (const village of town.villages) await as("19900000030").api.regions.add.mutate(village);
  }
  for (const one of demoPeople)
    for (const grant of one.grants)
      if (!isAdmin(grant.role))
        await as("19900000031").api.grants.give.mutate({ phone: one.phone, name: one.name, ...grant });

  const everybody = [...demoRoster(), ...roster(Math.round(2800 * size) - demoRoster().length)];
  for (let i = 0; i < everybody.length; i += 500)
    await as("19900000010").api.verification.importRoster.mutate({
      region: zhuxi.code,
      rows: everybody.slice(i, i + 500),
    });
  await joinDemoPeople(staff);
  const strangers = everybody.slice(demoRoster().length);
  const verified = await joinVillagers(world, strangers, Math.round(1200 * size), Math.round(800 * size), {
    start,
    now,
  });
  const notices = [...demoNotices, ...illustratedNotices];
  await publishAll(world, as, notices, now);
  // Those who had nothing to do with notices have not come for weeks, and their sessions are over.
  clock.set(now - 60 * dayMs);
  staff = await arrive(world);
  const posts = await liveCircle(world, { now, as, verified });
  await openOffers(as);
  await actForFamily(as);
  const secrets = await enrolStaff(world, now);
  clock.set(now);
  if (feed) await bringIn(as("19900000022"), feed);
  await world.settle();
  const seconds = Math.round((performance.now() - began) / 1000);
  return {
    secrets,
    staff,
    summary: `${everybody.length} people, ${Math.round(1200 * size)} followers, ${Math.round(800 * size)} verified villagers, ${notices.length} notices, ${posts} posts in ${seconds} s`,
  };
}

/** Every demo person signs in on their phone. */
async function arrive(world: World): Promise<Map<string, Person>> {
  const people = new Map<string, Person>();
  for (const { phone } of demoPeople) {
    const ids = vendorKeys[phone] ? identities(vendorKeys[phone] ?? "") : null;
    const openid = ids?.miniOpenid ?? `oMini_${phone}`;
    people.set(phone, await world.person({ phone, openid, ...(ids ? { unionid: ids.unionid } : {}) }));
  }
  return people;
}

const bringIn = (clerk: Person, url: string) =>
  clerk.api.portals.add.mutate({
    key: "demo-portal-0000",
    region: county.code,
    name: "示例县门户网站",
    url,
    category: "announcement",
    reach: "here",
  });

const isAdmin = (role: string): boolean => ["sysadmin", "secadmin", "auditadmin"].includes(role);

/** What an operator does once with `first-admins`. */
async function nameAdmins(world: World): Promise<void> {
  const db = openDb({ ...world.config, DATABASE_POOL: 2 }, world.clock ?? undefined);
  try {
    const wanted = demoPeople.flatMap((one) =>
      one.grants.filter((grant) => isAdmin(grant.role)).map(({ role }) => ({ phone: one.phone, name: one.name, role })),
    );
    await bootstrapAdmins({ db, clock: db.clock, seal: sealer(world.config), homeCounty: county.code }, wanted);
  } finally {
    await db.close();
  }
}

/** Staff set up their second factor on the desk, as each of them would. */
async function enrolStaff(world: World, now: number): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  world.clock?.set(now - dayMs);
  for (const one of demoPeople.filter((person) => person.grants.length > 0 && person.grants[0]?.role !== "agent")) {
    const api = apiClient(world.url, "desk");
    await api.signIn.requestCode.mutate({ phone: one.phone, consent: privacyVersion });
    await api.signIn.withCode.mutate({
      phone: one.phone,
      code: await world.codeOn(one.phone),
      consent: privacyVersion,
      desk: true,
    });
    const { secret } = await api.signIn.enrol.mutate({});
    await api.signIn.second.mutate({
      digits: generateSync({ secret, epoch: Math.floor((world.clock?.now() ?? now) / 1000) }),
    });
    await api.account.signOut.mutate({});
    secrets.set(one.phone, secret);
  }
  return secrets;
}
