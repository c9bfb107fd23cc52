import type { Caller } from "@weimenhu/domain/permissions";
import { refuse } from "../../../kernel/refuse.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { holdPerson } from "../people/hold.ts";
import { type SessionRow, sessionOf } from "./store.ts";

/**
 * For what gives out or changes the account itself: as `holdPerson`, and the session that the call came with must stand at
 * this very moment. Elsewhere one that was ended on another process may serve for up to a second more.
 */
export async function holdSession(tx: Tx, caller: Pick<Caller, "personId" | "sessionId">): Promise<SessionRow> {
  await holdPerson(tx, caller.personId);
  const session = await sessionOf(tx, caller.sessionId, caller.personId);
  if (!session) throw refuse("SIGN_IN_FIRST", { why: "the session ended meanwhile" });
  return session;
}
