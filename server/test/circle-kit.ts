import type { contract } from "@weimenhu/contract";
import type { Channel } from "@weimenhu/domain/identity/channel";
import type { Caller, GrantedRole } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { type CircleDeps, circleRoom, loadWordCheck, needConsent, postSubject } from "../src/features/circle/index.ts";
import { casesRoom, loadCalendar } from "../src/foundation/cases/index.ts";
import { guardians } from "../src/foundation/identity/index.ts";
import { phoneIndex, sealPhone } from "../src/foundation/identity/people/phone.ts";
import { addresses } from "../src/foundation/media/index.ts";
import { openDb } from "../src/kernel/db.ts";
import { newId } from "../src/kernel/id.ts";
import { refusalIn } from "../src/kernel/refuse.ts";
import { callerOf, router } from "../src/kernel/rpc.ts";
import { sealer } from "../src/kernel/seal.ts";
import { openRoom, somebody } from "./room.ts";

export const town = "990101101000";
export const village = "990101101201";
export const neighbour = "990101101202";
const names: Record<string, string> = {
  "990101000000": "示例县",
  [town]: "清溪镇",
  [village]: "竹溪村",
  [neighbour]: "梅坡村",
};
export type PostInput = z.input<(typeof contract)["circle"]["post"]["input"]>;

/** Two villages and their circle. People are named 甲<end of their id>, with a phone that ends the same way. */
export async function circleKit(checkers: Partial<CircleDeps["checkers"]> = {}) {
  const room = await openRoom(Date.parse("2026-11-16T10:00:00+08:00"));
  // Jobs live in the room's time too.
  const db = openDb(room.config, room.clock);
  const close = async () => {
    await db.close();
    await room.close();
  };
  for (const [code, name] of Object.entries(names))
    await room.db.pool.query("INSERT INTO region (code, name, sort, created_at) VALUES (?, ?, 0, NOW())", [code, name]);
  const days = loadCalendar("");
  const { sign } = addresses(room.config);
  const cases = {
    calendar: () => days,
    displayNames: async (_db: unknown, ids: readonly string[]) => new Map(ids.map((id) => [id, nameOf(id)])),
    subjects: { post: postSubject(null) },
    sign,
  };
  const ages = new Map<string, number>();
  const deps: CircleDeps = {
    cases,
    sign,
    displayNames: cases.displayNames,
    contactOf: async (_db, id) => ({ name: nameOf(id), phone: "19900000001" }),
    checkWords: loadWordCheck(""),
    checkers: {
      wechat: null,
      alipay: null,
      unseen: "shown",
      pictureUrl: (path) => `https://example.gov.cn${path}`,
      accountOf: async (_db, id, provider) => `${provider}-${id}`,
      ...checkers,
    },
    ageOf: async (_db, id) => ages.get(id) ?? null,
    guardians: guardians({ seal: sealer(room.config) }),
  };
  const api = router({
    circle: circleRoom(deps),
    cases: casesRoom({
      ...cases,
      subjects: { post: postSubject(deps.checkers) },
      checkWords: deps.checkWords,
      needConsent: (ctx, village) => needConsent(deps, ctx, village),
    }),
  });
  const as = (caller: Caller | null, channel: Channel = "weapp") => callerOf(api)(room.ctx(caller, { channel, db }));
  const post = (caller: Caller, more: Partial<PostInput> = {}) =>
    as(caller).circle.post({ key: key(), village, kind: "chat", text: "今天赶场", ...more });

  /** A picture (or another file) that this person sent. */
  async function upload(person: Caller, kind = "jpg"): Promise<string> {
    const id = newId();
    await room.db.pool.query(
      `INSERT INTO media (id, uploader, idem_key, sent, digest, kind, name, bytes, width, height, created_at)
       VALUES (?, ?, ?, ?, ?, ?, '照片', 1, 800, 600, NOW(3))`,
      [
        id,
        person.personId,
        id,
        "0".repeat(64),
        id
          .toLowerCase()
          .replace(/[^0-9a-f]/g, "a")
          .padEnd(64, "0"),
        kind,
      ],
    );
    return id;
  }
  /** The person has an account with this phone, as after signing in. */
  const hasPhone = async ({ personId }: Caller, phone: string) => {
    const seal = sealer(room.config);
    await room.db.pool.query(
      "INSERT INTO person (id, state, phone, phone_index, elder, created_at) VALUES (?, 'open', ?, ?, 0, NOW(3))",
      [personId, sealPhone(seal, personId, phone), phoneIndex(seal, phone)],
    );
  };
  /** The person's offices stand in the database too: there they are found, told and given cases. */
  const inOffice = async ({ personId, grants }: Caller) => {
    await room.db.pool.query("INSERT IGNORE INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [
      personId,
    ]);
    for (const { role, region } of grants)
      await room.db.pool.query(
        "INSERT INTO role_grant (id, person_id, role, region, since, given_by) VALUES (?, ?, ?, ?, '2026-01-01', ?)",
        [newId(), personId, role, region, personId],
      );
  };
  /** What somebody sees in a feed, newest first. */
  const ids = async (by: Caller, more: Parameters<ReturnType<typeof as>["circle"]["feed"]>[0] = {}) =>
    (await as(by).circle.feed({ village, limit: 50, ...more })).items.map((one) => one.id);
  return { ...room, db, close, api, as, post, upload, hasPhone, inOffice, ids, deps, ages };
}
export type CircleKit = Awaited<ReturnType<typeof circleKit>>;

export const key = (): string => newId();
export const nameOf = (id: string): string => `甲${id.slice(-6)}`;
export const villagerOf = (of = village): Caller => somebody([], { villager: [of], follows: [of] });
export const followerOf = (of = village): Caller => somebody([], { follows: [of] });
export const cadre = (role: GrantedRole, region: string): Caller => somebody([{ role, region }]);
/** Those who stand in most stories of the village; each file has people of its own. */
export const cast = () => ({
  author: villagerOf(),
  other: villagerOf(),
  follower: followerOf(),
  secretary: cadre("secretary", village),
  committee: cadre("committee", village),
  clerk: cadre("clerk", town),
  /** Of the next village. */
  stranger: followerOf(neighbour),
  elsewhere: cadre("secretary", neighbour),
});

/** The word of the refusal that a call ends in, wherever a library has wrapped it. */
export async function wordOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (fault) {
    const refusal = refusalIn(fault);
    if (refusal) return refusal.word;
    throw fault;
  }
  throw new Error("it was not refused");
}
