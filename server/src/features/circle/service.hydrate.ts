import { type CaseFace, type CaseRow, caseFaces, facesOf, nameKey } from "../../foundation/cases/index.ts";
import { shownPictures } from "../../foundation/media/index.ts";
import { regionNames } from "../../foundation/regions/index.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import type { CircleDeps } from "./deps.ts";
import type { PostRow } from "./store.ts";
import { answerOf, photosFor, type Shared, subjectOf } from "./view.ts";

/** The call as nobody: what is made with it is fit to be kept for everybody. */
export const asNobody = ({ requestId, clock, db, channel, client, signal, log, ip, userAgent }: Ctx): Ctx => ({
  requestId,
  clock,
  db,
  channel,
  client,
  signal,
  log,
  ip,
  userAgent,
  caller: null,
  setSession: () => {},
  clearSession: () => {},
});

/** The handling of all that became cases, as nobody sees it; `files`: where they have been read. */
async function seenByNobody(
  deps: CircleDeps,
  ctx: Ctx,
  rows: readonly PostRow[],
  files?: readonly CaseRow[],
): Promise<ReadonlyMap<string, CaseFace>> {
  if (files === undefined) {
    const subjects = rows.filter((row) => row.caseId !== null).map((row) => subjectOf(row.id));
    return subjects.length === 0 ? new Map() : caseFaces(deps.cases, asNobody(ctx), subjects);
  }
  const faces = await facesOf(deps.cases, asNobody(ctx), files);
  return new Map(faces.map((face, at) => [files[at]?.subject ?? "", face]));
}

/** Rows with what belongs to them, each kind of thing by one statement however many rows there are. */
export async function hydrate(
  deps: CircleDeps,
  ctx: Ctx,
  rows: readonly PostRow[],
  files?: readonly CaseRow[],
): Promise<Shared[]> {
  const now = ctx.clock.now();
  const parts = rows.map((row) => ({ row, photos: photosFor(deps.sign, now, row), answer: answerOf(row) }));
  const people = parts.flatMap(({ row, answer }) => [
    nameKey(row.author, row.mark),
    ...(answer ? [nameKey(answer.by, answer.mark)] : []),
  ]);
  const pictureIds = parts.flatMap(({ answer }) => answer?.photos ?? []);
  const [names, places, faces, pictures] = await Promise.all([
    deps.displayNames(ctx.db, [...new Set(people)]),
    regionNames(
      ctx.db,
      rows.map((row) => row.village),
    ),
    seenByNobody(deps, ctx, rows, files),
    pictureIds.length === 0 ? new Map() : shownPictures(deps.sign, ctx, pictureIds),
  ]);
  return parts.map(({ row, photos, answer }) => ({
    row,
    photos,
    answer,
    pictures,
    names,
    villageName: places.get(row.village) ?? "",
    face: faces.get(subjectOf(row.id)) ?? null,
  }));
}
