import { maskName, maskPhone } from "@weimenhu/domain/base/mask";
import type { Db } from "../../../kernel/db.ts";
import type { IdentityDeps } from "../deps.ts";
import { openStaffName } from "../grants/staff-name.ts";
import { everGranted, staffNamesOf } from "../grants/store.ts";
import { openName } from "../verification/sealed.ts";
import { verifiedNames } from "../verification/store.ts";
import { openPhone } from "./phone.ts";
import { personsById } from "./store.ts";

type Deps = Pick<IdentityDeps, "seal">;
const closed = "已注销用户";

/** The name that the village verified; where there is none, the one that was given with the office. */
async function namesOf({ seal }: Deps, db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const [verified, given] = await Promise.all([verifiedNames(db, ids), staffNamesOf(db.read, ids)]);
  const names = new Map(given.map((row) => [row.personId, openStaffName(seal, row)]));
  for (const row of verified) {
    const name = openName(seal, row);
    if (name !== null) names.set(row.personId, name);
  }
  return names;
}

/** Names in full of those who hold or held an office; nobody else is in the answer. */
export const officeNames =
  (deps: Deps) =>
  async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
    const staff = [...(await everGranted(db, [...new Set(ids)]))];
    return namesOf(deps, db, staff);
  };

/**
 * Names for staff views, by person id. Who holds or held an office acts in it under the own name; everybody else is
 * masked. Where no name is known it is the masked phone.
 */
export const displayNames =
  (deps: Deps) =>
  async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
    const wanted = [...new Set(ids)];
    const [rows, names, staff] = await Promise.all([
      personsById(db, wanted),
      namesOf(deps, db, wanted),
      everGranted(db, wanted),
    ]);
    return new Map(
      rows.map((row) => {
        const name = names.get(row.id) ?? null;
        const phone = openPhone(deps.seal, row);
        if (name !== null) return [row.id, staff.has(row.id) ? name : maskName(name)];
        return [row.id, phone === null ? closed : maskPhone(phone)];
      }),
    );
  };

/** Under this key a person is called as in office; under the id alone as a neighbour. */
export const inOffice = (id: string): string => `office:${id}`;
const idOf = (key: string): string => key.slice(key.indexOf(":") + 1);

/**
 * Names for everybody's eyes, by key (see `inOffice`). What is said in office bears the full name; the same person as a
 * villager is masked like all others, whatever office there is or was.
 */
export const publicNames =
  (deps: Deps) =>
  async (db: Db, keys: readonly string[]): Promise<Map<string, string>> => {
    const official = keys.filter((key) => idOf(key) !== key).map(idOf);
    const wanted = [...new Set(keys.map(idOf))];
    const [rows, names, staff] = await Promise.all([
      personsById(db, wanted),
      namesOf(deps, db, wanted),
      everGranted(db, official),
    ]);
    return new Map(
      rows.flatMap((row) => {
        const name = names.get(row.id) ?? null;
        const phone = openPhone(deps.seal, row);
        const masked = name !== null ? maskName(name) : phone === null ? closed : maskPhone(phone);
        return [
          [row.id, masked] as const,
          [inOffice(row.id), name !== null && staff.has(row.id) ? name : masked] as const,
        ];
      }),
    );
  };

/** Name and phone in full, for staff whose look is on the record; `已注销用户` once the account is closed. */
export const contactOf =
  (deps: Deps) =>
  async (db: Db, id: string): Promise<{ name: string; phone: string | null }> => {
    const [[row], names] = await Promise.all([personsById(db, [id]), namesOf(deps, db, [id])]);
    const phone = row ? openPhone(deps.seal, row) : null;
    return { name: names.get(id) ?? (phone === null ? closed : "未认证用户"), phone };
  };
