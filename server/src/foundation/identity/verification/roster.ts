import { isIdCard, normalIdCard } from "@weimenhu/domain/base/id-card";
import { hasPermission } from "@weimenhu/domain/permissions";
import { record } from "../../../kernel/audit.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import type { Seal } from "../../../kernel/seal.ts";
import { requireVillage } from "../../regions/index.ts";
import type { IdentityDeps } from "../deps.ts";
import { asPerson } from "../people/hold.ts";
import { isPersonName } from "./name.ts";
import { idCardIndex, places } from "./sealed.ts";
import * as store from "./store.ts";

type Line = { name: string; idCard: string; group: string; household: string };
type Import = { region: string; rows: Line[] };
type Fault = { row: number; why: string };

/** Lines that fail are named (counted from 1), the others are stored; the same file again changes nothing. */
export async function importRoster(
  deps: IdentityDeps,
  ctx: Ctx,
  input: Import,
): Promise<{ stored: number; faults: Fault[] }> {
  if (!hasPermission(ctx.caller, "roster.import", input.region)) throw refuse("NOT_ALLOWED");
  await requireVillage(ctx.db, input.region);
  const at = ctx.clock.now();
  const faults: Fault[] = [];
  const rows = new Map<string, store.RosterRow>();
  for (const [index, line] of input.rows.entries()) {
    const clean = cleaned(line);
    const idIndex = idCardIndex(deps.seal, clean.idCard);
    const why = faultOf(clean) ?? (rows.has(idIndex) ? "身份证号在这批名单里出现了两次" : null);
    if (why === null) rows.set(idIndex, sealedRow(deps.seal, input.region, idIndex, clean, at));
    else faults.push({ row: index + 1, why });
  }
  await asPerson(ctx, async (tx) => {
    await store.upsertRoster(tx, [...rows.values()]);
    const detail = { stored: rows.size, faults: faults.length };
    await record(tx, ctx, { act: "roster.import", region: input.region, detail });
  });
  return { stored: rows.size, faults };
}

const cleaned = (line: Line): Line => ({
  name: line.name.replaceAll(/\s/g, ""),
  idCard: normalIdCard(line.idCard),
  group: line.group.trim(),
  household: line.household.trim(),
});

const isPlain = (text: string): boolean => /^\P{Cc}*$/u.test(text);

function faultOf(line: Line): string | null {
  if (!isPersonName(line.name)) return "姓名不对，请填写身份证上的姓名";
  if (!isIdCard(line.idCard)) return "身份证号不对，请核对 18 位号码";
  if (line.group === "" || line.group.length > 20 || !isPlain(line.group)) return "村民小组不能空，最多 20 个字";
  if (!isPlain(line.household)) return "户号里有不能用的字符";
  return null;
}

const sealedRow = (seal: Seal, region: string, idIndex: string, line: Line, at: number): store.RosterRow => ({
  region,
  idIndex,
  name: seal.seal(line.name, places.rosterName(region, idIndex)),
  idCard: seal.seal(line.idCard, places.rosterIdCard(region, idIndex)),
  groupName: line.group,
  household: line.household,
  updatedAt: at,
});
