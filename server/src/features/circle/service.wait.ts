import { lineage, type RegionCode } from "@weimenhu/domain/base/region";
import { dayMs, dayOf } from "@weimenhu/domain/base/workday";
import type { MessageKind } from "@weimenhu/domain/messages/kinds";
import { type Cadre, cadresOn } from "../../foundation/identity/index.ts";
import { tell } from "../../foundation/messages/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/tx.ts";
import { hidesIn } from "./service.rules.ts";
import { saidById } from "./service.step.ts";
import { lastDecision } from "./store.check.ts";
import * as store from "./store.ts";
import { insertWait, type WaitRow } from "./store.wait.ts";

type Waits = Pick<WaitRow, "what" | "village" | "kind">;
const kinds: Record<WaitRow["kind"], MessageKind> = { held: "toCheck", reported: "reported", appealed: "appealed" };

/**
 * Something begins to wait for a person: those in the village who may decide hear of it, or where there are none the nearest
 * above. `time`: which text, or which round of holding, reports or appeals; told once for each.
 */
export async function tellWaiting(
  tx: Tx,
  clock: Clock,
  { time, ...waits }: Waits & { time: number | string },
): Promise<void> {
  const { what, village, kind } = waits;
  const at = clock.now();
  const to = await deciders(tx, at, waits, lineage(village));
  // Those above who heard of it at once are not told again.
  const next = to.some(({ region }) => region !== village) ? null : at + dayMs;
  if (await insertWait(tx, { id: `${kind}:${what}:${time}`, ...waits, at, next }))
    await tellDeciders(tx, clock, kinds[kind], village, to);
}

/** One line a day for each village, for as long as it is not read. */
export const tellDeciders = (tx: Tx, clock: Clock, kind: MessageKind, village: RegionCode, to: readonly Cadre[]) =>
  tell(tx, clock, {
    kind,
    to: to.map(({ person }) => person),
    key: `${kind}:${village}:${dayOf(clock.now())}`,
    region: village,
    about: { page: "moderation", id: village },
  });

/**
 * Who may decide about it, at the first of these places that has anybody: not who wrote it, nor who refused what is appealed for.
 * A writer who hides is told like all others there: else who is told, and where, would tell who it is. Where nobody else may
 * decide, those above hear of it after a working day, as of everything that waits.
 */
export async function deciders(tx: Tx, now: number, { what, kind }: Waits, places: readonly RegionCode[]) {
  const author = await shownAuthor(tx, what);
  const last = kind === "appealed" ? await lastDecision(tx, what) : undefined;
  const refuser = last?.pass === 0 ? last.decidedBy : null;
  const cadres = (await cadresOn({ read: tx }, places, "circle.moderate", now)).filter(
    ({ person }) => person !== author && person !== refuser,
  );
  return cadres.filter(({ region }) => region === cadres[0]?.region);
}

/** Who wrote it; null for one who hides. */
async function shownAuthor(tx: Tx, what: string): Promise<string | null> {
  const said = await saidById(tx, what);
  const row = await store.byId(tx, said?.post ?? what);
  if (!row) return null;
  const hides = said ? hidesIn(row, said) : row.hidden === 1;
  return hides ? null : (said ?? row).author;
}
