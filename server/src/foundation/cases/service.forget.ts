import { reopenDays } from "@weimenhu/domain/cases/state";
import type { Db } from "../../kernel/db.ts";
import { bump, type Tx } from "../../kernel/tx.ts";
import { letGo } from "../media/index.ts";
import { caseScope } from "./deps.ts";
import * as store from "./store.forget.ts";
import { photosOf } from "./view.ts";

/**
 * The words and photos of residents go out of these files: the first words of what was raised, what was said with steps and
 * ratings. What the office said and did stays, and who moved what when.
 */
export async function takeWords(tx: Tx, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  const photos = (await store.photosOfResidents(tx, files)).flatMap(photosOf);
  await store.takeWords(tx, files);
  await letGo(
    tx,
    files.map((id) => `case:${id}`),
    photos,
  );
  await bump(tx, ...files.map(caseScope));
}

/** The same for the cases about these. */
export const forgetCases = async (tx: Tx, subjects: readonly string[]): Promise<void> =>
  takeWords(tx, await store.filesAbout(tx, subjects));

/** Of these subjects, those whose case is handled, or may still be opened again. */
export const unsettledCases = async (db: Db, subjects: readonly string[]): Promise<Set<string>> =>
  new Set(await store.openAbout(db, subjects, db.clock.now() - reopenDays * 86_400_000));
