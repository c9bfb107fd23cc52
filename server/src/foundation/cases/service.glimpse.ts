import type { Ctx } from "../../kernel/ctx.ts";
import type { Subjects } from "./deps.ts";
import { isStaff } from "./service.facts.ts";
import { shownBy } from "./service.read.ts";
import { cut } from "./service.tell.ts";
import * as store from "./store.ts";
import { keptOf } from "./view.ts";

/** `what`: in a word (`求助`); `summary`: its first words. */
type Glimpse = { what?: string; summary: string };

/** Of these cases those that the caller handles or watches, as far as a line of a list tells them apart. Never who. */
export const caseGlimpses =
  (subjects: Subjects) =>
  async (ctx: Ctx, ids: readonly string[]): Promise<Map<string, Glimpse>> => {
    const rows = (await store.byIds(ctx.db, [...new Set(ids)])).filter((row) => isStaff(row, ctx.caller));
    const shown = await shownBy(subjects, ctx, rows);
    return new Map(
      rows.map((row) => {
        const about = shown.get(row.subject);
        const summary = cut(keptOf(row, about).summary);
        return [row.id, { summary, ...(about?.what === undefined ? {} : { what: about.what }) }];
      }),
    );
  };
