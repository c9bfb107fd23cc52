import { maskName, maskPhone } from "@weimenhu/domain/base/mask";
import type { Db } from "../../../kernel/db.ts";
import type { IdentityDeps } from "../deps.ts";
import { everGranted } from "../grants/store.ts";
import { openName } from "../verification/sealed.ts";
import { verifiedNames } from "../verification/store.ts";
import { openPhone } from "./phone.ts";
import { personsById } from "./store.ts";

const closed = "已注销用户";

/**
 * Names for staff views, by person id. Who holds or held an office acts in it under the own name; everybody else is
 * masked. Where no name is known it is the masked phone.
 */
export const displayNames =
  ({ seal }: Pick<IdentityDeps, "seal">) =>
  async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
    const wanted = [...new Set(ids)];
    const [rows, verified, staff] = await Promise.all([
      personsById(db, wanted),
      verifiedNames(db, wanted),
      everGranted(db, wanted),
    ]);
    const names = new Map(verified.map((row) => [row.personId, openName(seal, row)]));
    return new Map(
      rows.map((row) => {
        const name = names.get(row.id) ?? null;
        const phone = openPhone(seal, row);
        if (name !== null) return [row.id, staff.has(row.id) ? name : maskName(name)];
        return [row.id, phone === null ? closed : maskPhone(phone)];
      }),
    );
  };
