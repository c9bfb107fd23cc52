import type { Contract } from "@weimenhu/contract";
import { maskIdCard, maskName, maskPhone } from "@weimenhu/domain/base/mask";
import { type VerificationReason, verificationReasons } from "@weimenhu/domain/identity/verification";
import type * as z from "zod/mini";
import type { Seal } from "../../../kernel/seal.ts";
import { openIdCard, openName, openRosterName } from "./sealed.ts";
import type { RosterRow, VillagerRow } from "./store.ts";

export type Application = z.output<Contract["verification"]["submit"]["output"]>;
export type Waiting = z.output<Contract["verification"]["queue"]["output"]>["items"][number];

const masked = (mask: (plain: string) => string, plain: string | null): string => (plain === null ? "" : mask(plain));
const isReason = (reason: string | null): reason is VerificationReason =>
  reason !== null && Object.hasOwn(verificationReasons, reason);

/** Name and ID number never leave whole, not even to their owner: the screen may be seen by others. */
export const application = (seal: Seal, row: VillagerRow, regionName: string): Application => ({
  id: row.id,
  region: row.region,
  regionName,
  state: row.state,
  name: masked(maskName, openName(seal, row)),
  idCard: masked(maskIdCard, openIdCard(seal, row)),
  group: row.groupName,
  appliedAt: row.appliedAt,
  decidedAt: row.decidedAt,
  reason: isReason(row.reason) ? row.reason : null,
  note: row.note,
});

export const waiting = (
  seal: Seal,
  row: VillagerRow,
  more: { regionName: string; phone: string | null; entry: RosterRow | null },
): Waiting => ({
  ...application(seal, row, more.regionName),
  phone: masked(maskPhone, more.phone),
  rosterName: more.entry ? maskName(openRosterName(seal, more.entry)) : null,
  rosterGroup: more.entry?.groupName ?? null,
});
