import { levelOf, lineage } from "@weimenhu/domain/base/region";
import type { Db } from "../../kernel/db.ts";
import { type Cadre, cadresOn } from "../identity/index.ts";
import type { CaseRow } from "./store.ts";

/** Cadres of the place that has a case; a village's case may be given to its town's too. */
export const cadresOf = (db: Db, row: CaseRow, now: number): Promise<Cadre[]> =>
  cadresOn(
    db,
    lineage(row.region).filter((code) => levelOf(code) !== "county"),
    "cases.handle",
    now,
  );
