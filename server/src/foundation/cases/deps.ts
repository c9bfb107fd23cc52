import type { Calendar } from "@weimenhu/domain/base/workday";
import type { CaseMove } from "@weimenhu/domain/cases/state";
import type { CheckState } from "@weimenhu/domain/circle/post";
import type { Channel } from "@weimenhu/domain/identity/channel";
import type { Ctx } from "../../kernel/ctx.ts";
import type { Db } from "../../kernel/db.ts";
import type { Tx } from "../../kernel/tx.ts";
import type { Sign } from "../media/index.ts";
import type { CaseRow, StepRow } from "./store.ts";

/** Raised with every step of one case, and with its deadline. */
export const caseScope = (id: string): string => `case:${id}`;

export type CasesDeps = { calendar: () => Calendar };
/** How people are called, by person id or, in office, by `inOffice` of it; from identity. */
export type Names = (db: Db, ids: readonly string[]) => Promise<Map<string, string>>;

/** What was said with a move, as it stands in the record. */
export type Recorded = Pick<StepRow, "actor" | "mark" | "title" | "text" | "reason" | "at"> & {
  move: CaseMove;
  photos: readonly string[];
};
/** And through which client it was said. */
export type Spoken = Recorded & { channel: Channel };

/** What cases are about, by the first part of their subject (`post:<id>`). */
export type Subject = {
  /** In the transaction of each move, also of the clock's; `said` where a person moved it. */
  moved(tx: Tx, row: CaseRow, said?: Spoken): Promise<void>;
  /**
   * By subject: does its author hide from everybody else, what it is in a word (`求助`), where, whether its author has deleted
   * it, the small edition of its first picture, and how the looks at steps stand that have not passed. One that is not in the
   * answer counts as hidden.
   */
  shown(db: Db, subjects: readonly string[]): Promise<Map<string, ShownSubject>>;
};
/**
 * A look at the words and photos of a step. `id`: to appeal with; `risky`: photos of a refused one that a checker did not
 * pass; `appealed`: whoever said it has done so.
 */
export type StepLook = {
  id: string;
  check: CheckState;
  refused: string | null;
  risky: readonly string[];
  appealed?: Appealed | undefined;
};
export type Appealed = { at: number; decidedAt: number | null; upheld: boolean | null };
/** By the number of the step; one that is not in here is shown to all who read the record. */
export type Looks = ReadonlyMap<number, StepLook>;
export type ShownSubject = {
  hidden: boolean;
  picture: string | null;
  what?: string;
  place?: string | null;
  gone?: boolean;
  looks?: Looks | undefined;
};
export type Subjects = Readonly<Record<string, Subject>>;
export type RoomDeps = CasesDeps & {
  displayNames: Names;
  subjects: Subjects;
  sign: Sign;
  /** Every word of a record is published: what is `held` by the list is not taken into it. */
  checkWords: (text: string) => "passed" | "held";
  /** Keeps a child from speaking in a village where no guardian has agreed. */
  needConsent: (ctx: Ctx, village: string) => Promise<void>;
};

export function subjectOf(subjects: Subjects, subject: string): Subject {
  const kind = subject.split(":", 1)[0] ?? "";
  const found = subjects[kind];
  if (!found) throw new Error(`nobody knows cases about ${kind}`);
  return found;
}
