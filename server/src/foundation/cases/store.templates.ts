import type { RegionCode } from "@weimenhu/domain/base/region";
import { and, desc, eq, inArray, isNull, or } from "drizzle-orm";
import type { Db, Reads } from "../../kernel/db.ts";
import { isDuplicate } from "../../kernel/db-faults.ts";
import type { Tx } from "../../kernel/tx.ts";
import { caseTemplate } from "./schema.ts";

export type TemplateRow = typeof caseTemplate.$inferSelect;

const isOwn = (person: string) => and(isNull(caseTemplate.region), eq(caseTemplate.person, person));

/** One's own and those of these places, newest first. */
export const templatesFor = (db: Db, person: string, regions: readonly RegionCode[]): Promise<TemplateRow[]> =>
  db.read
    .select()
    .from(caseTemplate)
    .where(or(isOwn(person), regions.length === 0 ? undefined : inArray(caseTemplate.region, [...regions])))
    .orderBy(desc(caseTemplate.id))
    .limit(200);

export const templateByKey = async (reads: Reads, person: string, idemKey: string): Promise<TemplateRow | undefined> =>
  (
    await reads
      .select()
      .from(caseTemplate)
      .where(and(eq(caseTemplate.person, person), eq(caseTemplate.idemKey, idemKey)))
  )[0];

/** False when the person has used this key before. */
export async function insertTemplate(tx: Tx, row: TemplateRow): Promise<boolean> {
  try {
    await tx.insert(caseTemplate).values(row);
    return true;
  } catch (fault) {
    if (isDuplicate(fault)) return false;
    throw fault;
  }
}

export async function lockTemplate(tx: Tx, id: string): Promise<TemplateRow | undefined> {
  const [row] = await tx.select().from(caseTemplate).where(eq(caseTemplate.id, id)).for("update");
  return row;
}

export async function deleteTemplate(tx: Tx, id: string): Promise<void> {
  await tx.delete(caseTemplate).where(eq(caseTemplate.id, id));
}

export async function deleteOwnTemplates(tx: Tx, person: string): Promise<void> {
  await tx.delete(caseTemplate).where(isOwn(person));
}

export const templatesBy = (db: Db, person: string): Promise<TemplateRow[]> =>
  db.read.select().from(caseTemplate).where(eq(caseTemplate.person, person)).orderBy(caseTemplate.id);
