import type { Seal } from "../../../kernel/seal.ts";

/** Where each sealed value belongs; what is copied elsewhere does not open. */
export const places = {
  name: (id: string) => `villager.name.${id}`,
  idCard: (id: string) => `villager.id_card.${id}`,
  mandateName: (id: string) => `mandate.name.${id}`,
  mandateIdCard: (id: string) => `mandate.id_card.${id}`,
  mandatePhone: (id: string) => `mandate.phone.${id}`,
  mandateCode: (id: string) => `mandate.code.${id}`,
  rosterName: (region: string, idIndex: string) => `roster.name.${region}.${idIndex}`,
  rosterIdCard: (region: string, idIndex: string) => `roster.id_card.${region}.${idIndex}`,
};

export const idCardIndex = (seal: Seal, idCard: string): string => seal.blindIndex(idCard, "id-card");

/** Null once the account is closed. In full: mask it before it leaves. */
export const openName = (seal: Seal, row: { id: string; name: string | null }): string | null =>
  row.name === null ? null : seal.open(row.name, places.name(row.id));
export const openIdCard = (seal: Seal, row: { id: string; idCard: string | null }): string | null =>
  row.idCard === null ? null : seal.open(row.idCard, places.idCard(row.id));
export const openRosterName = (seal: Seal, row: { region: string; idIndex: string; name: string }): string =>
  seal.open(row.name, places.rosterName(row.region, row.idIndex));
