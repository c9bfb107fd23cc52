import type { PictureCheck, TextCheck } from "@weimenhu/connectors/ports";
import type { CasesDeps } from "../../foundation/cases/index.ts";
import type { Guardians } from "../../foundation/identity/index.ts";
import type { Sign } from "../../foundation/media/index.ts";
import type { Db } from "../../kernel/db.ts";

export type Names = (db: Db, ids: readonly string[]) => Promise<Map<string, string>>;

export type CircleDeps = {
  cases: CasesDeps;
  /** Addresses of photos that are not for everybody. */
  sign: Sign;
  /** How people are called in public, by id or, in office, by `inOffice` of it; from identity. */
  displayNames: Names;
  /** Name and phone in full; each use goes on the record. */
  contactOf: (db: Db, personId: string) => Promise<{ name: string; phone: string | null }>;
  /** `held`: somebody looks at it before others see it. */
  checkWords: (text: string) => "passed" | "held";
  /** The platforms' checkers; null for one that the county does not have. */
  checkers: {
    wechat: (TextCheck & PictureCheck) | null;
    alipay: (TextCheck & PictureCheck) | null;
    /** What becomes of photos that no checker can look at: a person looks first, or they are shown. */
    unseen: "held" | "shown";
    /** The whole address from which a platform may fetch a picture of ours for a while. */
    pictureUrl: (path: string, now: number) => string;
    /** The person's account at a platform. */
    accountOf: (db: Db, person: string, provider: "wechat-mini" | "alipay") => Promise<string | null>;
  };
  /** Age in years by the ID card that the village verified; null where there is none. */
  ageOf: (db: Db, person: string, now: number) => Promise<number | null>;
  /** For which children the village has noted that a guardian agrees. */
  guardians: Guardians;
};

/** Raised with every change of what a village's circle shows. */
export const circleScope = (village: string): string => `circle:${village}`;
/** Raised with every change of one post, of what is said under it, and of its case. */
export const postScope = (id: string): string => `post:${id}`;
/** Raised with every change of what one person likes, blocks, or wrote and others do not see. */
export const ownScope = (personId: string): string => `circle:own:${personId}`;
