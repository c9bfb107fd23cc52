import { asc, eq } from "drizzle-orm";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import { caseFile, caseRating, caseStep } from "./schema.ts";

export const raisedBy = (db: Db, person: string) =>
  db.read
    .select({
      subject: caseFile.subject,
      village: caseFile.village,
      summary: caseFile.summary,
      state: caseFile.state,
      outcome: caseFile.outcome,
      createdAt: caseFile.createdAt,
      closedAt: caseFile.closedAt,
    })
    .from(caseFile)
    .where(eq(caseFile.author, person))
    .orderBy(asc(caseFile.id));

export const doneBy = (db: Db, person: string) =>
  db.read
    .select({
      case: caseStep.caseId,
      move: caseStep.move,
      title: caseStep.title,
      text: caseStep.text,
      reason: caseStep.reason,
      at: caseStep.at,
    })
    .from(caseStep)
    .where(eq(caseStep.actor, person))
    .orderBy(asc(caseStep.at), asc(caseStep.caseId), asc(caseStep.number));

export const ratedBy = (db: Db, person: string) =>
  db.read
    .select({
      subject: caseFile.subject,
      round: caseRating.round,
      stars: caseRating.stars,
      tags: caseRating.tags,
      text: caseRating.text,
      at: caseRating.at,
    })
    .from(caseRating)
    .innerJoin(caseFile, eq(caseFile.id, caseRating.caseId))
    .where(eq(caseFile.author, person))
    .orderBy(asc(caseRating.at), asc(caseRating.caseId));

export async function giveBack(tx: Tx, person: string): Promise<void> {
  await tx.update(caseFile).set({ assignee: null }).where(eq(caseFile.assignee, person));
}
