import type { CasesDeps } from "../../foundation/cases/index.ts";
import type { Sign } from "../../foundation/media/index.ts";
import type { Db } from "../../kernel/db.ts";

export type Names = (db: Db, ids: readonly string[]) => Promise<Map<string, string>>;

export type CircleDeps = {
  cases: CasesDeps;
  /** Addresses of photos that are not for everybody. */
  sign: Sign;
  /** How people are called in public; from identity. */
  displayNames: Names;
  /** Name and phone in full; each use goes on the record. */
  contactOf: (db: Db, personId: string) => Promise<{ name: string; phone: string | null }>;
  /** `held`: somebody looks at it before others see it. */
  checkWords: (text: string) => "passed" | "held";
};

/** Raised with every change of what a village's circle shows. */
export const circleScope = (village: string): string => `circle:${village}`;
/** Raised with every change of one post, of what is said under it, and of its case. */
export const postScope = (id: string): string => `post:${id}`;
/** Raised with every change of what one person likes, blocks, or wrote and others do not see. */
export const ownScope = (personId: string): string => `circle:own:${personId}`;
