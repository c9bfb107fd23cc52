import type { RegionCode } from "@weimenhu/domain/base/region";
import { subtreePrefix } from "@weimenhu/domain/base/region";
import { and, between, desc, eq, inArray, isNotNull, isNull, lt, lte, ne, not, or, type SQL, sql } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import type { Tx } from "../../kernel/tx.ts";
import { notice, noticeFace, noticeStep, noticeVersion } from "./schema.ts";
import type { Place } from "./view.cursor.ts";

export type NoticeRow = typeof notice.$inferSelect;
export type VersionRow = typeof noticeVersion.$inferSelect;
export type StepRow = typeof noticeStep.$inferSelect;
export type FaceRow = typeof noticeFace.$inferSelect;

/** Of a region and all below it: every grant reaches down. */
const below = (region: RegionCode): SQL => {
  const prefix = subtreePrefix(region);
  return between(notice.region, prefix.padEnd(12, "0"), prefix.padEnd(12, "9"));
};
const none = sql`1 = 0`;
const inAny = (regions: readonly RegionCode[]): SQL => or(...regions.map(below)) ?? none;

export async function byId(reads: Reads, id: string): Promise<NoticeRow | undefined> {
  const [row] = await reads.select().from(notice).where(eq(notice.id, id));
  return row;
}

export async function lock(tx: Tx, id: string): Promise<NoticeRow | undefined> {
  const [row] = await tx.select().from(notice).where(eq(notice.id, id)).for("update");
  return row;
}

export async function byKey(db: Db, creator: string, key: string): Promise<NoticeRow | undefined> {
  const [row] = await db.read
    .select()
    .from(notice)
    .where(and(eq(notice.creator, creator), eq(notice.idemKey, key)));
  return row;
}

/** False when the creator has used this key before. */
export async function insert(tx: Tx, row: NoticeRow): Promise<boolean> {
  try {
    await tx.insert(notice).values(row);
    return true;
  } catch (fault) {
    if (isDuplicate(fault)) return false;
    throw fault;
  }
}

export async function update(tx: Tx, id: string, set: Partial<NoticeRow>): Promise<void> {
  await tx.update(notice).set(set).where(eq(notice.id, id));
}

export async function insertVersion(tx: Tx, row: VersionRow): Promise<void> {
  await tx.insert(noticeVersion).values(row);
}

/** For pictures that were fetched after the text was stored; the words stay as they are. */
export async function setBody(tx: Tx, id: string, number: number, body: string): Promise<void> {
  await tx
    .update(noticeVersion)
    .set({ body })
    .where(and(eq(noticeVersion.notice, id), eq(noticeVersion.version, number)));
}

export async function version(
  reads: Pick<Reads, "select">,
  id: string,
  number: number,
): Promise<VersionRow | undefined> {
  const [row] = await reads
    .select()
    .from(noticeVersion)
    .where(and(eq(noticeVersion.notice, id), eq(noticeVersion.version, number)));
  return row;
}

/** All versions without their texts, newest first. */
export const versions = (db: Db, id: string) =>
  db.read
    .select({
      version: noticeVersion.version,
      title: noticeVersion.title,
      writtenBy: noticeVersion.writtenBy,
      at: noticeVersion.at,
    })
    .from(noticeVersion)
    .where(eq(noticeVersion.notice, id))
    .orderBy(desc(noticeVersion.version));

export async function insertStep(tx: Tx, row: StepRow): Promise<void> {
  await tx.insert(noticeStep).values(row);
}

export const steps = (db: Db, id: string): Promise<StepRow[]> =>
  db.read.select().from(noticeStep).where(eq(noticeStep.notice, id)).orderBy(desc(noticeStep.id));

/** What a person began, and did. */
export const madeBy = (db: Db, person: string) =>
  db.read
    .select({ id: notice.id, region: notice.region, title: notice.title, createdAt: notice.createdAt })
    .from(notice)
    .where(eq(notice.creator, person))
    .orderBy(notice.id);
export const stepsBy = (db: Db, person: string) =>
  db.read
    .select({
      notice: noticeStep.notice,
      version: noticeStep.version,
      move: noticeStep.move,
      note: noticeStep.note,
      at: noticeStep.at,
    })
    .from(noticeStep)
    .where(eq(noticeStep.doneBy, person))
    .orderBy(noticeStep.id);

export async function lastStep(tx: Tx, id: string): Promise<StepRow | undefined> {
  const [row] = await tx
    .select()
    .from(noticeStep)
    .where(eq(noticeStep.notice, id))
    .orderBy(desc(noticeStep.id))
    .limit(1);
  return row;
}

export async function putFace(tx: Tx, row: FaceRow): Promise<void> {
  const { id: _, ...set } = row;
  await tx.insert(noticeFace).values(row).onDuplicateKeyUpdate({ set });
}

export async function updateFace(tx: Tx, id: string, set: Partial<FaceRow>): Promise<void> {
  await tx.update(noticeFace).set(set).where(eq(noticeFace.id, id));
}

/** Who looks at the desk: where they may look, review and publish. */
export type Desk = {
  person: string;
  see: readonly RegionCode[];
  review: readonly RegionCode[];
  publish: readonly RegionCode[];
};

const notWrittenBy = (person: string) =>
  and(ne(notice.author, person), or(isNull(notice.alsoWrote), ne(notice.alsoWrote, person)));

/** Mine to finish, or for me to review or to publish. */
const waits = ({ person, review, publish }: Desk): SQL =>
  or(
    and(eq(notice.state, "draft"), eq(notice.author, person)),
    and(eq(notice.state, "review"), notWrittenBy(person), inAny(review)),
    and(eq(notice.state, "approved"), notWrittenBy(person), ne(notice.reviewer, person), inAny(publish)),
  ) ?? none;

export type DeskQuestion = {
  desk: Desk;
  region: RegionCode | null;
  state: NoticeRow["state"] | null;
  /** Rank 1: what waits for me; rank 0: the rest. */
  after: Place | null;
  limit: number;
};

/** What waits for the one who asks comes first, then the rest, each with the latest change on top. */
export async function deskPage(db: Db, question: DeskQuestion): Promise<(NoticeRow & { rank: number })[]> {
  const { desk, region, state, after, limit } = question;
  const seen = and(
    inAny(desk.see),
    region === null ? undefined : below(region),
    state === null ? undefined : eq(notice.state, state),
  );
  const part = async (rank: number, from: Place | null, size: number) => {
    const mine = waits(desk);
    const rows = await db.read
      .select()
      .from(notice)
      .where(and(seen, rank === 1 ? mine : not(mine), from ? behind(from) : undefined))
      .orderBy(desc(notice.changedAt), desc(notice.id))
      .limit(size);
    return rows.map((row) => ({ ...row, rank }));
  };
  const first = after && after.rank === 0 ? [] : await part(1, after, limit);
  if (first.length === limit) return first;
  return [...first, ...(await part(0, after?.rank === 0 ? after : null, limit - first.length))];
}

const behind = (place: Place): SQL | undefined =>
  and(lte(notice.changedAt, place.at), or(lt(notice.changedAt, place.at), lt(notice.id, place.id)));

/** What waits for me, and of my own drafts only those that came back. */
export const waiting = (db: Db, desk: Desk, limit: number): Promise<NoticeRow[]> =>
  db.read
    .select()
    .from(notice)
    .where(
      and(
        inArray(notice.state, ["draft", "review", "approved"]),
        inAny(desk.see),
        waits(desk),
        or(ne(notice.state, "draft"), isNotNull(notice.note)),
      ),
    )
    .orderBy(notice.changedAt)
    .limit(limit);
