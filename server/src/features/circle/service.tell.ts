import type { CheckState } from "@weimenhu/domain/circle/post";
import { cadresOn } from "../../foundation/identity/index.ts";
import { tell } from "../../foundation/messages/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/tx.ts";
import { blockKey, hidesIn } from "./service.rules.ts";
import { blockersOf, type CommentRow, commentById, type PostRow } from "./store.ts";

/**
 * A comment that others see now: those whose post or comment it answers hear of it, unless they do not want to see its writer,
 * and the village's cadres when it calls them (@村里), once however often it is taken away and put back. Who wrote it, and
 * what, is in none of it.
 */
export async function tellComment(tx: Tx, clock: Clock, row: PostRow, said: CommentRow): Promise<void> {
  const about = { page: "post" as const, id: row.id };
  const region = row.village;
  const above = said.under === null ? undefined : await commentById(tx, said.under);
  const answered = [row.author, ...(above?.deletedAt === null ? [above.author] : [])];
  // As they could block it: by the post where its author is hidden, so that no silence tells who that is.
  const writer = hidesIn(row, said) ? row.id : said.author;
  const blocking = await blockersOf(tx, [writer, blockKey(row)], answered);
  const isOfficial = said.mark === "official";
  // What is said in office to a post is an answer, and more than one comment among others.
  if (isOfficial) await tellReplied(tx, clock, row, said);
  const listens = (person: string) => person !== said.author && !blocking.includes(person);
  const to = answered.filter((person) => listens(person) && !(isOfficial && person === row.author));
  await tell(tx, clock, { kind: "commented", to, key: `commented:${row.id}`, region, about });
  if (said.calls === 1) await tellCalled(tx, clock, row, said);
}

/** @村里 in a post or in a comment under it: the village's cadres hear of it, once. */
export async function tellCalled(
  tx: Tx,
  clock: Clock,
  { id, village }: PostRow,
  said: Pick<CommentRow, "id" | "author">,
): Promise<void> {
  const cadres = await cadresOn({ read: tx }, [village], "cases.handle", clock.now());
  const to = cadres.map(({ person }) => person).filter((person) => person !== said.author);
  await tell(tx, clock, { kind: "called", to, key: `called:${said.id}`, region: village, about: { page: "post", id } });
}

/** Words in office beside a post that is no case, or has ended: its author hears that there is an answer. */
export async function tellReplied(tx: Tx, clock: Clock, row: PostRow, said: CommentRow): Promise<void> {
  if (row.author === said.author) return;
  await tell(tx, clock, {
    kind: "replied",
    to: row.author,
    key: `replied:${said.id}`,
    region: row.village,
    // Whoever speaks, of the village or of the town: the page says it.
    words: { level: "none" },
    about: { page: "post", id: row.id },
  });
}

/** Where something was put, and why. `decision`: of the person who did it; a checker says one thing of each text. */
export type Standing = { check: CheckState; refused: string | null; decision?: string };
type Decided = Pick<Standing, "check" | "decision"> & { what: string; version: number; author: string };

/** Whoever wrote it hears how the check ended, when they have not seen it at once, and of every decision once. */
export async function tellDecided(tx: Tx, clock: Clock, row: PostRow, decided: Decided): Promise<void> {
  const { what, version, author, check, decision } = decided;
  if (check !== "passed" && check !== "refused") return;
  await tell(tx, clock, {
    kind: check,
    to: author,
    key: decision ? `check:${decision}` : `check:${what}:${version}:${check}`,
    region: row.village,
    about: { page: "post", id: row.id },
  });
}

type Reported = { row: PostRow; said: CommentRow | null };

/** Whoever reported something hears what came of it: that it is out of sight, or that nothing was found in it. */
export async function tellReporters(
  tx: Tx,
  clock: Clock,
  { row, said }: Reported,
  { pass, to }: { pass: boolean; to: readonly string[] },
): Promise<void> {
  const page = pass || said ? ("post" as const) : ("circle" as const);
  await tell(tx, clock, {
    kind: pass ? "reportKept" : "reportActed",
    to,
    key: `report:${(said ?? row).id}:${clock.now()}`,
    region: row.village,
    // A post that is out of sight has no page for them.
    about: { page, id: page === "post" ? row.id : row.village },
  });
}
