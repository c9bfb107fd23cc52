import { appointments } from "./appointments.ts";
import { cases } from "./cases.ts";
import { circle } from "./circle.ts";
import { desk, ops } from "./desk.ts";
import { mandates } from "./mandates.ts";
import { messages } from "./messages.ts";
import { notices, portals } from "./notices.ts";
import { account, grants, signIn, verification } from "./people.ts";
import { regions } from "./regions.ts";
import { site } from "./site.ts";

/** Every procedure of the product by its dotted name: `contract.notices.list`. */
export const contract = {
  site,
  regions,
  signIn,
  account,
  verification,
  mandates,
  grants,
  notices,
  portals,
  appointments,
  circle,
  cases,
  messages,
  desk,
  ops,
};
export type Contract = typeof contract;
