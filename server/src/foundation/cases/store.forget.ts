import { and, eq, gte, inArray, isNull, ne, or } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { caseFile, caseRating, caseStep } from "./schema.ts";

export const filesAbout = async (tx: Tx, subjects: readonly string[]): Promise<string[]> =>
  (
    await tx
      .select({ id: caseFile.id })
      .from(caseFile)
      .where(inArray(caseFile.subject, [...subjects]))
  ).map(({ id }) => id);

export const filesOf = async (tx: Tx, author: string): Promise<string[]> =>
  (await tx.select({ id: caseFile.id }).from(caseFile).where(eq(caseFile.author, author))).map(({ id }) => id);

/** Of these subjects, those whose case has not ended, or ended after a time. */
export const openAbout = async (db: Db, subjects: readonly string[], after: number): Promise<string[]> =>
  (
    await db.read
      .select({ subject: caseFile.subject })
      .from(caseFile)
      .where(
        and(inArray(caseFile.subject, [...subjects]), or(isNull(caseFile.closedAt), gte(caseFile.closedAt, after))),
      )
  ).map(({ subject }) => subject);

const saidByResidents = (files: readonly string[]) =>
  and(inArray(caseStep.caseId, [...files]), ne(caseStep.mark, "official"));

export const photosOfResidents = (tx: Tx, files: readonly string[]): Promise<{ photos: string }[]> =>
  tx.select({ photos: caseStep.photos }).from(caseStep).where(saidByResidents(files));

/** The database lets nothing else of a step be taken away, and nothing that was said in office. */
export async function takeWords(tx: Tx, files: readonly string[]): Promise<void> {
  await tx
    .update(caseFile)
    .set({ summary: "", photo: 0 })
    .where(inArray(caseFile.id, [...files]));
  await tx.update(caseStep).set({ text: "", photos: "[]" }).where(saidByResidents(files));
  await tx
    .update(caseRating)
    .set({ text: "" })
    .where(inArray(caseRating.caseId, [...files]));
}
