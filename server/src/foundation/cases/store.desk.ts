import { levelOf, type RegionCode, subtreePrefix } from "@weimenhu/domain/base/region";
import { startOf } from "@weimenhu/domain/base/workday";
import type { CaseState } from "@weimenhu/domain/cases/state";
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, like, lt, ne, not, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import { isStaffed } from "../identity/index.ts";
import { caseFile } from "./schema.ts";
import { isHeld } from "./store.assignee.ts";
import type { CaseRow } from "./store.ts";
import type { Place } from "./view.cursor.ts";

export type Desk = {
  person: string;
  /** Places that stand for their subtree: whose cases are shown. */
  sees: readonly RegionCode[];
  /** Where the caller holds an office, each place for itself. */
  handles: readonly RegionCode[];
  watches: readonly RegionCode[];
  now: number;
};
export type DeskQuestion = {
  desk: Desk;
  region: RegionCode | null;
  state: CaseState | null;
  after: Place | null;
  limit: number;
};
export type Found = { row: CaseRow; place: Place };

const open: CaseState[] = ["pending", "accepted", "handling"];
/** A case without a running clock stands behind all that have one. */
const never = startOf("9999-01-01");
const due = sql<number>`COALESCE(${caseFile.dueAt}, ${sql.param(never, caseFile.dueAt)})`;

const below = (code: RegionCode): SQL => like(caseFile.village, `${subtreePrefix(code)}%`);
const under = (code: RegionCode) => and(like(caseFile.region, `${subtreePrefix(code)}%`), ne(caseFile.region, code));
const itsTown = sql`CONCAT(LEFT(${caseFile.region}, 9), '000')`;
const isTown = like(caseFile.region, "%000");

/** What this place handles: what it has, and what places below it have that have nobody, nor anybody in between. */
function handledAt(code: RegionCode, now: number): SQL | undefined {
  const own = eq(caseFile.region, code);
  if (levelOf(code) === "village") return own;
  const between = levelOf(code) === "town" ? [caseFile.region] : [caseFile.region, itsTown];
  return or(own, and(under(code), not(isStaffed(between, "cases.handle", now))));
}

/** What this place watches: what those right below it have, or those below one of these that has nobody. */
const watchedAt = (code: RegionCode, now: number): SQL | undefined =>
  levelOf(code) === "county"
    ? and(under(code), or(isTown, not(isStaffed([itsTown], "cases.watch", now))))
    : under(code);
const nowhere = sql`FALSE`;

/** As `waitsFor` of the facts, of cases `asHeld`. Never NULL, so that `not` of it is the rest. */
function waits({ person, handles, watches, now }: Desk): SQL {
  const runs = isNotNull(caseFile.dueAt);
  const red = and(runs, isNotNull(caseFile.escalatedAt));
  const mine = sql`COALESCE(${eq(caseFile.assignee, person)}, FALSE)`;
  const here = or(nowhere, ...handles.map((code) => handledAt(code, now)));
  const above = or(nowhere, ...watches.map((code) => watchedAt(code, now)));
  const held = isHeld(now);
  const handled = and(runs, or(and(mine, held), and(here, or(isNull(caseFile.assignee), red, not(held)))));
  const watched = and(above, or(red, eq(caseFile.extension, "asked")));
  return and(inArray(caseFile.state, open), or(handled, watched)) ?? nowhere;
}

/**
 * A page of the desk: what waits first, each part by deadline. Ended ones are asked for by their state, newest first: they
 * have no deadline.
 */
export async function deskPage(db: Db, { desk, region, state, after, limit }: DeskQuestion): Promise<Found[]> {
  const seen = and(
    or(nowhere, ...desk.sees.map(below)),
    region === null ? undefined : below(region),
    state === null ? inArray(caseFile.state, [...open, "confirming"]) : eq(caseFile.state, state),
  );
  if (state === "closed" || state === "refused") return ended(db, seen, after, limit);
  const part = async (isFirst: boolean, from: Place | null, size: number): Promise<Found[]> => {
    const mine = waits(desk);
    const rows = await db.read
      .select()
      .from(caseFile)
      .where(and(seen, isFirst ? mine : not(mine), from ? behind(from) : undefined))
      .orderBy(asc(due), asc(caseFile.id))
      .limit(size);
    return rows.map((row) => ({ row, place: { waits: isFirst, due: row.dueAt ?? never, id: row.id } }));
  };
  const first = after && !after.waits ? [] : await part(true, after, limit);
  if (first.length === limit) return first;
  return [...first, ...(await part(false, after?.waits === false ? after : null, limit - first.length))];
}

/** What waits for this cadre, by deadline. */
export const waitingFor = (db: Db, desk: Desk, limit: number): Promise<CaseRow[]> =>
  db.read
    .select()
    .from(caseFile)
    .where(and(or(nowhere, ...desk.sees.map(below)), waits(desk)))
    .orderBy(asc(due), asc(caseFile.id))
    .limit(limit);

const behind = (place: Place) => {
  const at = sql.param(place.due, caseFile.dueAt);
  return or(gt(due, at), and(eq(due, at), gt(caseFile.id, place.id)));
};

async function ended(db: Db, seen: SQL | undefined, after: Place | null, limit: number): Promise<Found[]> {
  const older = after ? lt(caseFile.id, after.id) : undefined;
  const rows = await db.read.select().from(caseFile).where(and(seen, older)).orderBy(desc(caseFile.id)).limit(limit);
  return rows.map((row) => ({ row, place: { waits: false, due: 0, id: row.id } }));
}
