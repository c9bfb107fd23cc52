import type { Contract } from "@weimenhu/contract";
import { lineage } from "@weimenhu/domain/base/region";
import { replyStarters } from "@weimenhu/domain/cases/starters";
import { hasPermission, regionsWith } from "@weimenhu/domain/permissions";
import type * as z from "zod/mini";
import { record } from "../../kernel/audit.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import { asPerson } from "../identity/index.ts";
import { requireRegion } from "../regions/index.ts";
import * as store from "./store.templates.ts";

type In<K extends keyof Contract["cases"]> = z.output<Contract["cases"][K]["input"]>;
type Template = z.output<Contract["cases"]["saveTemplate"]["output"]>;

const shown = ({ id, text, region }: store.TemplateRow): Template => ({ id, text, region, own: region === null });

/** They belong to nobody: nobody removes them. */
const starters: readonly Template[] = replyStarters.map((text, i) => ({
  id: String(i + 1).padStart(26, "0"),
  text,
  region: null,
  own: false,
}));

/** My own, then those of the places that my offices lie in; where these have none, sentences to begin with. */
export async function templates(ctx: Ctx): Promise<{ items: Template[] }> {
  const caller = signedIn(ctx);
  const places = [...new Set(regionsWith(caller, "cases.handle").flatMap(lineage))];
  const rows = await store.templatesFor(ctx.db, caller.personId, places);
  const items = rows.map(shown).sort((a, b) => Number(b.own) - Number(a.own));
  return { items: items.every(({ own }) => own) ? [...items, ...starters] : items };
}

/** The same key again gives the same template; with other words, KEY_REUSED. */
export async function saveTemplate(ctx: Ctx, input: In<"saveTemplate">): Promise<Template> {
  const { personId } = signedIn(ctx);
  const region = input.region ?? null;
  if (region !== null && !hasPermission(ctx.caller, "cases.handle", region)) throw refuse("NOT_ALLOWED");
  if (region !== null) await requireRegion(ctx.db, region);
  const row: store.TemplateRow = {
    id: newId(ctx.clock),
    person: personId,
    region,
    text: input.text,
    createdAt: ctx.clock.now(),
    idemKey: sha256(input.key),
  };
  const fresh = await asPerson(ctx, async (tx) => {
    if (!(await store.insertTemplate(tx, row))) return false;
    if (region !== null) await record(tx, ctx, { act: "cases.saveTemplate", onWhom: row.id, region });
    return true;
  });
  if (fresh) return shown(row);
  const before = await store.templateByKey(ctx.db.read, personId, row.idemKey);
  if (before?.text !== row.text || before.region !== region) throw refuse("KEY_REUSED");
  return shown(before);
}

/** One's own, or one of a place that one handles; of others' one does not learn that they exist. */
export async function removeTemplate(ctx: Ctx, { id }: In<"removeTemplate">): Promise<{ ok: true }> {
  const { personId } = signedIn(ctx);
  await asPerson(ctx, async (tx) => {
    const row = await store.lockTemplate(tx, id);
    const mine =
      row?.region === null ? row.person === personId : row && hasPermission(ctx.caller, "cases.handle", row.region);
    if (!row || !mine) throw refuse("NOT_FOUND");
    await store.deleteTemplate(tx, id);
    if (row.region !== null) await record(tx, ctx, { act: "cases.removeTemplate", onWhom: id, region: row.region });
  });
  return { ok: true };
}
