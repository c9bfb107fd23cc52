import type { Caller } from "@weimenhu/domain/permissions";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { cadre, circleKit, key, town, village, villagerOf } from "../../../test/circle-kit.ts";
import { refusalIn } from "../../kernel/refuse.ts";
import { inTx } from "../../kernel/tx.ts";
import { circleHolding } from "./service.holding.ts";

const kit = await circleKit();
afterAll(kit.close);
const secretary = cadre("secretary", village);
const clerk = cadre("clerk", town);
const bad = "代开-发 票";

const acts = ["like", "unlike", "comment", "held", "answer", "remove", "pass", "refuse", "close"] as const;
type Act = { what: (typeof acts)[number]; who: number; pick: number };
const weight = { like: 2, unlike: 1, comment: 4, held: 3, answer: 1, remove: 3, pass: 3, refuse: 3, close: 1 };
const oneAct: fc.Arbitrary<Act> = fc.record({
  what: fc.oneof(...acts.map((what) => ({ arbitrary: fc.constant(what), weight: weight[what] }))),
  who: fc.nat(2),
  pick: fc.nat(20),
});

/** A post, people around it who come and go, and what is said under it, also what is gone. */
async function stage() {
  const { id } = await kit.post(villagerOf());
  const people = [villagerOf(), villagerOf(), villagerOf()];
  const saidBy = (person: string | null) =>
    kit.db.rows<{ id: string }>(
      "SELECT id FROM post_comment WHERE post = ? AND author = COALESCE(?, author) ORDER BY id",
      [id, person],
    );
  const picked = async (pick: number, of: Caller | null) => {
    const said = await saidBy(of?.personId ?? null);
    return said[pick % Math.max(1, said.length)]?.id ?? null;
  };
  async function run({ what, who, pick }: Act): Promise<unknown> {
    const me = people[who] ?? secretary;
    const { circle } = kit.as(me);
    if (what === "like" || what === "unlike") return circle.like({ id, on: what === "like" });
    if (what === "comment" || what === "held")
      return circle.comment({ id, key: key(), text: what === "held" ? bad : "好" });
    if (what === "answer") return kit.as(secretary).circle.reply({ id, key: key(), text: "知道了" });
    if (what === "close") {
      people[who] = villagerOf();
      return inTx(kit.db, (tx) => circleHolding(kit.deps).close(tx, me.personId, kit.clock.now()));
    }
    const comment = await picked(pick, what === "remove" ? me : null);
    if (comment === null) return null;
    if (what === "remove") return circle.removeComment({ id: comment });
    return kit.as(clerk).circle.decide({ id: comment, pass: what === "pass", reason: "试" });
  }
  return { id, run };
}

/** The counters of a post, what everybody reads of them, and the rows behind them. */
async function counted(id: string) {
  const [row] = await kit.db.rows<Record<"likes" | "comments" | "liked" | "said", number>>(
    `SELECT p.likes, p.comments, (SELECT COUNT(*) FROM post_like l WHERE l.post = p.id) AS liked,
            (SELECT COUNT(*) FROM post_comment c
             WHERE c.post = p.id AND c.check_state = 'passed' AND c.deleted_at IS NULL) AS said
     FROM post p WHERE p.id = ?`,
    [id],
  );
  const { likes, comments } = await kit.as(secretary).circle.get({ id });
  return { rows: [Number(row?.liked), Number(row?.said)], kept: [row?.likes, row?.comments], read: [likes, comments] };
}

test("likes and comments are counted as they stand, whatever is said, removed and decided, and whoever leaves", async () => {
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(oneAct, { minLength: 10, maxLength: 16 }), async (many) => {
      const { id, run } = await stage();
      for (const one of many) {
        const fault: unknown = await run(one).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        expect(fault === null || refusalIn(fault) !== null).toBe(true);
        if (fault === null) done.add(one.what);
        const { rows, kept, read } = await counted(id);
        expect({ kept, read }).toEqual({ kept: rows, read: rows });
      }
    }),
    { numRuns: 30, seed: 20_261_116 },
  );
  // None of the acts was refused every time.
  expect([...done].toSorted((a, b) => a.localeCompare(b))).toEqual(acts.toSorted((a, b) => a.localeCompare(b)));
}, 60_000);
