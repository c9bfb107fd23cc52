import type { CheckState } from "@weimenhu/domain/circle/post";
import { cadresOn } from "../../foundation/identity/index.ts";
import { tell } from "../../foundation/messages/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Tx } from "../../kernel/tx.ts";
import type { CommentRow, PostRow } from "./store.ts";

/** A comment that calls the village (@村里) is shown: its cadres hear of it, once however often it is taken away and put back. */
export async function tellCalled(tx: Tx, clock: Clock, row: PostRow, said: CommentRow): Promise<void> {
  const cadres = await cadresOn({ read: tx }, [row.village], "cases.handle", clock.now());
  await tell(tx, clock, {
    kind: "called",
    to: cadres.map(({ person }) => person).filter((person) => person !== said.author),
    key: `called:${said.id}`,
    region: row.village,
    about: { page: "post", id: row.id },
  });
}

type Decided = { what: string; version: number; author: string; check: CheckState };

/** Whoever wrote it hears how the check ended, when they have not seen it at once. */
export async function tellDecided(tx: Tx, clock: Clock, row: PostRow, decided: Decided): Promise<void> {
  const { what, version, author, check } = decided;
  if (check !== "passed" && check !== "refused") return;
  await tell(tx, clock, {
    kind: check,
    to: author,
    key: `check:${what}:${version}:${check}`,
    region: row.village,
    about: { page: "post", id: row.id },
  });
}
