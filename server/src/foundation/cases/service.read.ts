import type { Contract } from "@weimenhu/contract";
import { lineage } from "@weimenhu/domain/base/region";
import { officeTitle } from "@weimenhu/domain/cases/office";
import { hasPermission, regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { refuse } from "../../kernel/refuse.ts";
import { inOffice } from "../identity/index.ts";
import { regionNames } from "../regions/index.ts";
import { type RoomDeps, type Subjects, subjectOf } from "./deps.ts";
import { cadresOf } from "./service.cadres.ts";
import { facesOf, stepsOf } from "./service.faces.ts";
import { isPaused, isStaff, officesAround, seen } from "./service.facts.ts";
import { asHeld } from "./store.assignee.ts";
import { deskPage } from "./store.desk.ts";
import * as store from "./store.ts";
import { cursorOf, placeOf } from "./view.cursor.ts";
import { type DeskCase, deskCase, goneName, ratingOnWire, type WholeCase } from "./view.ts";

type In<K extends keyof Contract["cases"]> = z.output<Contract["cases"][K]["input"]>;
type Out<K extends keyof Contract["cases"]> = z.output<Contract["cases"][K]["output"]>;

/** What my grants reach; what waits for me first. */
export async function desk(deps: RoomDeps, ctx: Ctx, input: In<"desk">): Promise<Out<"desk">> {
  if (input.region && !hasPermission(ctx.caller, "cases.handle", input.region)) throw refuse("NOT_ALLOWED");
  const caller = signedIn(ctx);
  const limit = input.limit ?? 20;
  const handles = regionsWith(caller, "cases.handle");
  const watches = regionsWith(caller, "cases.watch");
  const found = await deskPage(ctx.db, {
    desk: { person: caller.personId, sees: handles, handles, watches, now: ctx.clock.now() },
    region: input.region ?? null,
    state: input.state ?? null,
    after: input.cursor === undefined ? null : placeOf(input.cursor),
    limit: limit + 1,
  });
  const last = found[limit - 1];
  const rows = found.slice(0, limit).map(({ row }) => row);
  return { items: await cards(deps, ctx, rows), next: found.length > limit && last ? cursorOf(last.place) : null };
}

async function cards(deps: RoomDeps, ctx: Ctx, stored: readonly store.CaseRow[]): Promise<DeskCase[]> {
  const now = ctx.clock.now();
  const rows = await asHeld(ctx.db.read, stored, now);
  const stopped = rows.filter(isPaused).map(({ id }) => id);
  const [faces, names, places, shown, pauses, offices] = await Promise.all([
    facesOf(deps, ctx, rows),
    deps.displayNames(
      ctx.db,
      rows.flatMap((row) => (row.assignee === null ? [] : [inOffice(row.assignee)])),
    ),
    regionNames(
      ctx.db,
      rows.map((row) => row.village),
    ),
    shownBy(deps.subjects, ctx, rows),
    store.pauseSteps(ctx.db, stopped),
    officesAround(ctx.db, rows, now),
  ]);
  const around = {
    names,
    places,
    shown,
    offices,
    pauses: new Map(pauses.map((step) => [step.caseId, step])),
    address: (picture: string) => deps.sign(picture, now),
  };
  return rows.flatMap((row, at) => {
    const face = faces[at];
    return face ? [deskCase(face, row, ctx.caller, around)] : [];
  });
}

/** What the rooms of the subjects show of them, asked once for each room. */
export async function shownBy(subjects: Subjects, ctx: Ctx, rows: readonly store.CaseRow[]) {
  const rooms = [...new Set(rows.map((row) => subjectOf(subjects, row.subject)))];
  const parts = await Promise.all(
    rooms.map((room) =>
      room.shown(
        ctx.db,
        rows.map((row) => row.subject).filter((subject) => subjectOf(subjects, subject) === room),
      ),
    ),
  );
  return new Map(parts.flatMap((part) => [...part]));
}

export async function get(deps: RoomDeps, ctx: Ctx, { id }: In<"get">): Promise<WholeCase> {
  return wholeOf(deps, ctx, seen(ctx.caller, await store.byId(ctx.db.read, id)));
}

/** The case as it now stands, for one who may see it. */
export async function wholeOf(deps: RoomDeps, ctx: Ctx, row: store.CaseRow): Promise<WholeCase> {
  const shown = (await shownBy(deps.subjects, ctx, [row])).get(row.subject);
  const [[card], steps, ratings] = await Promise.all([
    cards(deps, ctx, [row]),
    stepsOf(deps, ctx, row, { hidden: shown?.hidden ?? true, looks: shown?.looks }),
    // For nobody else: whoever reads a rating with its case knows whose it is.
    ctx.caller?.personId === row.author ? store.ratings(ctx.db, row.id) : [],
  ]);
  if (!card) throw new Error("a card for each case");
  return { ...card, steps, ratings: ratings.map(ratingOnWire) };
}

/** To whom else a case may be given. For staff: its author has no business with who is in the office. */
export async function cadres(deps: RoomDeps, ctx: Ctx, { id }: In<"cadres">): Promise<Out<"cadres">> {
  const row = await store.byId(ctx.db.read, id);
  if (!row || !isStaff(row, ctx.caller)) throw refuse("NOT_FOUND");
  const found = (await cadresOf(ctx.db, row, ctx.clock.now())).filter(
    ({ person }) => person !== ctx.caller?.personId && person !== row.assignee,
  );
  const [names, places] = await Promise.all([
    deps.displayNames(
      ctx.db,
      found.map(({ person }) => inOffice(person)),
    ),
    regionNames(ctx.db, lineage(row.village)),
  ]);
  const items = found.map(({ person, role, region }) => ({
    id: person,
    name: names.get(inOffice(person)) ?? goneName,
    title: officeTitle(role, places.get(region) ?? ""),
  }));
  return { items };
}
