import { isRefusalWord, type RefusalWord } from "@weimenhu/contract/refusals";
import type { Answers, PageName, Query, Views } from "./views.ts";

export type Ask = (path: string, input: object) => Promise<unknown>;

const absent: ReadonlySet<RefusalWord> = new Set(["NOT_FOUND", "NO_SUCH_REGION", "BAD_INPUT", "CURSOR_BAD"]);

/** Was it refused because what was asked for does not exist? Libraries wrap what is thrown. */
export function isAbsent(fault: unknown): boolean {
  for (let error = fault, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth += 1)
    if ("word" in error && isRefusalWord(error.word)) return absent.has(error.word);
  return false;
}

export type Found = { query: Query; answers: Answers };

/**
 * The answers that a page is drawn from; null when what it asks for is not there. A place that only the cookie names may
 * be an old or an invented one: then the page is that of the whole county.
 */
export async function answersFor(ask: Ask, views: Views, page: PageName, query: Query): Promise<Found | null> {
  try {
    const asks = views.asksFor(page, query);
    const all = asks.map(async ({ name, procedure, input }) => [name, await ask(procedure, input)] as const);
    return { query, answers: Object.fromEntries(await Promise.all(all)) };
  } catch (fault) {
    if (!isAbsent(fault)) throw fault;
    const { place, ...rest } = query;
    return place === undefined ? null : answersFor(ask, views, page, rest);
  }
}
