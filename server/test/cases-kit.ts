import { calendarOf } from "@weimenhu/domain/base/workday";
import type { Caller, GrantedRole } from "@weimenhu/domain/permissions";
import { casesRoom, raise, type Subject } from "../src/foundation/cases/index.ts";
import { addresses } from "../src/foundation/media/index.ts";
import { ensureCounty } from "../src/foundation/regions/index.ts";
import { newId } from "../src/kernel/id.ts";
import { refusalIn } from "../src/kernel/refuse.ts";
import { callerOf, router } from "../src/kernel/rpc.ts";
import { inTx } from "../src/kernel/tx.ts";
import { openRoom, somebody } from "./room.ts";

export const county = "990101000000";
export const town = "990101101000";
export const village = "990101101201";
export const sister = "990101101202";
export const elsewhere = "990101102201";
const places = {
  [town]: "清溪镇",
  [village]: "竹溪村",
  [sister]: "石桥村",
  "990101102000": "云岭镇",
  [elsewhere]: "云岭村",
};
export const october = Array.from({ length: 7 }, (_, n) => `2026-10-0${n + 1}`);
export const calendar = calendarOf({ holidays: october, makeUps: ["2026-10-10"] });
export const dayMs = 86_400_000;

/** The word that a call is refused with; fails when it is not. */
export async function wordOf(call: Promise<unknown>): Promise<string> {
  const fault: unknown = await call.then(
    () => new Error("it was not refused"),
    (thrown: unknown) => thrown,
  );
  const refusal = refusalIn(fault);
  if (!refusal) throw fault;
  return refusal.word;
}

/** A county with two towns, whose cases are about nothing but their own words. `start`: a Monday at ten. */
export async function casesKit(start = Date.parse("2026-11-16T10:00:00+08:00")) {
  const room = await openRoom(start);
  await ensureCounty(room.db, start, county, "示例县");
  for (const [code, name] of Object.entries(places))
    await room.db.rows("INSERT INTO region (code, name, sort, created_at) VALUES (?, ?, 1, NOW(3))", [code, name]);
  const hidden = new Set<string>();
  const told: string[] = [];
  const post: Subject = {
    moved: async (_, row) => void told.push(`${row.subject} ${row.state}`),
    shown: async (_, subjects) =>
      new Map(subjects.map((subject) => [subject, { hidden: hidden.has(subject), picture: "/m/small.jpg" }])),
  };
  const names = new Map<string, string>();
  const displayNames = async (_: unknown, ids: readonly string[]) =>
    new Map(
      ids.flatMap((key) => {
        const name = names.get(key.slice(key.indexOf(":") + 1));
        return name === undefined ? [] : [[key, name] as const];
      }),
    );
  const { sign } = addresses(room.config);
  const deps = {
    calendar: () => calendar,
    displayNames,
    subjects: { post },
    sign,
    checkWords: (text: string) => (text.includes("六合彩") ? "held" : "passed") as "held" | "passed",
    needConsent: async () => {},
  };
  const api = callerOf(router({ cases: casesRoom(deps) }));
  const as = (caller: Caller | null) => api(room.ctx(caller));

  /** In office, and in the list of grants. */
  async function inOffice(name: string, role: GrantedRole, region: string): Promise<Caller> {
    const caller = somebody([{ role, region }]);
    names.set(caller.personId, name);
    await room.db.rows("INSERT INTO person (id, state, elder, created_at) VALUES (?, 'open', 0, NOW(3))", [
      caller.personId,
    ]);
    await room.db.rows(
      "INSERT INTO role_grant (id, person_id, role, region, since, given_by) VALUES (?, ?, ?, ?, '2026-01-01', ?)",
      [newId(), caller.personId, role, region, caller.personId],
    );
    return caller;
  }
  const villager = (name: string): Caller => {
    const caller = somebody([], { villager: [village], follows: [village] });
    names.set(caller.personId, name);
    return caller;
  };
  let count = 0;
  async function raised(author: Caller, more: { hide?: boolean; photo?: boolean; in?: string } = {}): Promise<string> {
    const subject = `post:${++count}`;
    if (more.hide) hidden.add(subject);
    const what = {
      subject,
      village: more.in ?? village,
      author: author.personId,
      summary: "村口垃圾",
      photo: more.photo ?? false,
    };
    const by = { caller: author, mark: "villager" as const, title: null };
    return (await inTx(room.db, (tx) => raise(deps, tx, room.clock, what, by))).id;
  }
  /** A picture that this person has uploaded. */
  async function picture(by: Caller, kind = "jpg"): Promise<string> {
    const id = newId();
    await room.db.rows(
      `INSERT INTO media (id, uploader, idem_key, sent, digest, kind, name, bytes, width, height, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'a.jpg', 1, 800, 600, NOW(3))`,
      [id, by.personId, id, "a".repeat(64), "b".repeat(64), kind],
    );
    return id;
  }
  return { ...room, deps, as, inOffice, villager, raised, picture, names, told, key: () => `key-${newId()}` };
}
