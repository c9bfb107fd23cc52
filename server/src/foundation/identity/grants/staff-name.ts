import type { Clock } from "../../../kernel/clock.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Seal } from "../../../kernel/seal.ts";
import type { Tx } from "../../../kernel/tx.ts";
import { isPersonName } from "../verification/name.ts";
import { putStaffName, staffNamesOf } from "./store.ts";

const place = (personId: string): string => `staff_name.name.${personId}`;
export const openStaffName = (seal: Seal, row: { personId: string; name: string }): string =>
  seal.open(row.name, place(row.personId));

/** As other names, of 2 to 20 Chinese characters. */
export const isStaffName = (name: string): boolean => isPersonName(name) && name.length <= 20;
export function needStaffName(name: string): void {
  if (!isStaffName(name)) throw refuse("NAME_BAD");
}

/** How the person is called in the office from now on. False when that is the name already. */
export async function setStaffName(
  tx: Tx,
  by: { seal: Seal; clock: Clock },
  person: { personId: string; name: string; givenBy: string | null },
): Promise<boolean> {
  const { personId, name, givenBy } = person;
  const [kept] = await staffNamesOf(tx, [personId]);
  if (kept && openStaffName(by.seal, kept) === name) return false;
  await putStaffName(tx, {
    personId,
    name: by.seal.seal(name, place(personId)),
    givenBy,
    givenAt: by.clock.now(),
  });
  return true;
}
