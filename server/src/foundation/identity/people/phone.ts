import type { Seal } from "../../../kernel/seal.ts";
import type { PersonRow } from "./store.ts";

/** The one key under which a phone is found. */
export const phoneIndex = (seal: Seal, phone: string): string => seal.blindIndex(phone, "person.phone");
export const sealPhone = (seal: Seal, personId: string, phone: string): string =>
  seal.seal(phone, `person.phone.${personId}`);
/** 11 digits in full, or null: mask it before it goes anywhere but to its owner's export. */
export const openPhone = (seal: Seal, row: Pick<PersonRow, "id" | "phone">): string | null =>
  row.phone === null ? null : seal.open(row.phone, `person.phone.${row.id}`);
