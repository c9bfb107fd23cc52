import type { Contract } from "@weimenhu/contract";
import { firstWords } from "@weimenhu/domain/circle/post";
import type * as z from "zod/mini";
import { goneName } from "../../foundation/cases/index.ts";
import { asPerson } from "../../foundation/identity/index.ts";
import { signedIn } from "../../kernel/caller.ts";
import type { Ctx } from "../../kernel/ctx.ts";
import { bump } from "../../kernel/tx.ts";
import { ownScope } from "./deps.ts";
import type { House } from "./service.feed.ts";
import { lineOf, sightFor } from "./service.rules.ts";
import { postsById } from "./store.feed.ts";
import { blocksOf } from "./store.settings.ts";
import { type PostRow, setBlock } from "./store.ts";

type Circle = Contract["circle"];
type Out<K extends keyof Circle> = z.output<Circle[K]["output"]>;

const mostLetters = 40;

/**
 * Whom the caller does not want to see, by the name that neighbours read (also of somebody in office: which office goes with
 * which neighbour is not told here), and the posts whose author hides by their first words.
 */
export async function blocked({ deps }: House, ctx: Ctx): Promise<Out<"blocked">> {
  const caller = signedIn(ctx);
  const rows = await blocksOf(ctx.db, caller.personId);
  const posts = new Map(
    (
      await postsById(
        ctx.db,
        rows.map((row) => row.blocked),
      )
    ).map((row) => [row.id, row]),
  );
  const people = rows.filter((row) => !posts.has(row.blocked)).map((row) => row.blocked);
  const names = await deps.displayNames(ctx.db, people);
  const words = (row: PostRow): string =>
    sightFor(row, caller).post === "whole" ? firstWords(row.text, mostLetters) : "";
  return {
    items: rows.map((row) => {
      const post = posts.get(row.blocked);
      return {
        of: lineOf(caller.personId, row.blocked),
        at: row.at,
        person: post ? null : (names.get(row.blocked) ?? goneName),
        text: post ? words(post) : "",
      };
    }),
  };
}

/** Taking back what is not there any more changes nothing. */
export async function unblock(ctx: Ctx, { of }: z.output<Circle["unblock"]["input"]>): Promise<Out<"unblock">> {
  const { personId } = signedIn(ctx);
  const found = (await blocksOf(ctx.db, personId)).find((row) => lineOf(personId, row.blocked) === of);
  if (found)
    await asPerson(ctx, async (tx) => {
      await setBlock(tx, personId, found.blocked, null);
      await bump(tx, ownScope(personId));
    });
  return { ok: true };
}
