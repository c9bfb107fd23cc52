import { maskName, maskPhone } from "@weimenhu/domain/base/mask";
import type { Db } from "../../../kernel/db.ts";
import type { IdentityDeps } from "../deps.ts";
import { openStaffName } from "../grants/staff-name.ts";
import { everGranted } from "../grants/store.ts";
import { openName } from "../verification/sealed.ts";
import { openPhone } from "./phone.ts";
import { calledPersons, personsById } from "./store.ts";

/** Raised when a name is taken away: names that are kept somewhere are read anew. */
export const namesScope = "names";

type Deps = Pick<IdentityDeps, "seal">;
const closed = "已注销用户";

/** `name`: in full, null where none is known. `masked`: the name, else the phone, as neighbours read it. */
type Known = { id: string; name: string | null; masked: string };

/** The name that the village verified; where there is none, the one that was given with the office. */
async function known({ seal }: Deps, db: Db, ids: readonly string[]): Promise<Known[]> {
  const people = new Map<string, Known>();
  for (const row of await calledPersons(db, ids)) {
    const { id, villager, verified, given } = row;
    const before = people.get(id)?.name ?? null;
    const own = villager === null ? null : openName(seal, { id: villager, name: verified });
    const name = own ?? before ?? (given === null ? null : openStaffName(seal, { personId: id, name: given }));
    const phone = () => openPhone(seal, row);
    people.set(id, { id, name, masked: name !== null ? maskName(name) : maskedPhone(phone()) });
  }
  return [...people.values()];
}
const maskedPhone = (phone: string | null): string => (phone === null ? closed : maskPhone(phone));

/** Names in full of those who hold or held an office; nobody else is in the answer. */
export const officeNames =
  (deps: Deps) =>
  async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
    const staff = [...(await everGranted(db, [...new Set(ids)]))];
    return new Map((await known(deps, db, staff)).flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
  };

/**
 * Names for staff views, by person id. Who holds or held an office acts in it under the own name; everybody else is
 * masked. Where no name is known it is the masked phone.
 */
export const displayNames =
  (deps: Deps) =>
  async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
    const wanted = [...new Set(ids)];
    const [people, staff] = await Promise.all([known(deps, db, wanted), everGranted(db, wanted)]);
    return new Map(people.map(({ id, name, masked }) => [id, staff.has(id) ? (name ?? masked) : masked]));
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
    const [people, staff] = await Promise.all([
      known(deps, db, [...new Set(keys.map(idOf))]),
      everGranted(db, official),
    ]);
    return new Map(
      people.flatMap(({ id, name, masked }) => [
        [id, masked] as const,
        [inOffice(id), staff.has(id) ? (name ?? masked) : masked] as const,
      ]),
    );
  };

/** Name and phone in full, for staff whose look is on the record; `已注销用户` once the account is closed. */
export const contactOf =
  (deps: Deps) =>
  async (db: Db, id: string): Promise<{ name: string; phone: string | null }> => {
    const [[row], [person]] = await Promise.all([personsById(db, [id]), known(deps, db, [id])]);
    const phone = row ? openPhone(deps.seal, row) : null;
    return { name: person?.name ?? (phone === null ? closed : "未认证用户"), phone };
  };
