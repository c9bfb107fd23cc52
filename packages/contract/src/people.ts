import { channels } from "@weimenhu/domain/identity/channel";
import {
  type VerificationReason,
  verificationReasons,
  verificationStates,
} from "@weimenhu/domain/identity/verification";
import { grantedRoles, type Permission, permissions } from "@weimenhu/domain/permissions";
import * as z from "zod/mini";
import {
  act,
  ask,
  cursor,
  done,
  id,
  key,
  limit,
  line,
  none,
  page,
  regionCode,
  text,
  time,
  timeGiven,
} from "./shape.ts";

const permission = z.enum(Object.keys(permissions) as [Permission, ...Permission[]]);
const reason = z.enum(Object.keys(verificationReasons) as [VerificationReason, ...VerificationReason[]]);
export const verificationState = z.enum(["none", ...verificationStates]);

/** The version of the privacy text the person agreed to: nothing is collected without it. */
const consent = z.string().check(z.minLength(1), z.maxLength(40));

/** Me, as I may see myself: phone and name masked. */
export const me = z.object({
  id,
  phone: z.nullable(z.string()),
  name: z.nullable(z.string()),
  /** In full: how colleagues see me while I hold an office; left out without an office, or when nobody gave a name. */
  staffName: z.optional(z.string()),
  /** 0 normal, 1 elder edition, 2 elder edition with the largest type. */
  elder: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  villages: z.array(
    z.object({
      code: regionCode,
      name: z.string(),
      town: z.string(),
      home: z.boolean(),
      verification: verificationState,
      group: z.nullable(z.string()),
    }),
  ),
  roles: z.array(z.object({ role: z.enum(grantedRoles), region: regionCode, regionName: z.string() })),
  may: z.array(permission),
  /** Is a second factor shown (or not needed on this channel)? `enrolled`: is one set up? */
  strong: z.boolean(),
  enrolled: z.boolean(),
  channels: z.array(z.enum(["wechat", "alipay", "phone"])),
  consented: z.boolean(),
});

/** `token` only where cookies do not exist (mini-programs); elsewhere an HttpOnly cookie was set. `needs: phone` until a phone is verified. */
const signedIn = z.object({ token: z.nullable(z.string()), needs: z.enum(["nothing", "phone"]), me });

export const signIn = {
  wechat: act(z.object({ code: line(200), consent }), signedIn),
  alipay: act(z.object({ code: line(200), consent }), signedIn),
  /** The code of WeChat's phone button. Joins the account that already has this phone. */
  wechatPhone: act(z.object({ code: line(200) }), signedIn),
  /** The sealed answer of my.getPhoneNumber. */
  alipayPhone: act(
    z.object({ response: z.string().check(z.maxLength(4000)), sign: z.string().check(z.maxLength(2000)) }),
    signedIn,
  ),
  /** `change`: for a number in the place of one's own, which is refused before anything is sent to it. */
  requestCode: act(
    z.object({ phone: line(20), consent, change: z.optional(z.boolean()) }),
    z.object({ seconds: z.int() }),
  ),
  /** Signs in by phone; called while signed in without a phone it joins that phone to this account. */
  withCode: act(
    z.object({ phone: line(20), code: z.string().check(z.regex(/^\d{6}$/)), consent, desk: z.optional(z.boolean()) }),
    signedIn,
  ),
  /** A second factor for staff: secret once, then six digits. */
  enrol: act(none, z.object({ secret: z.string(), uri: z.string() })),
  second: act(z.object({ digits: z.string().check(z.regex(/^\d{6}$/)) }), signedIn),
};

export const account = {
  /** Null when nobody is signed in: the first screen asks this without an error. */
  me: ask(none, z.object({ me: z.nullable(me) })),
  consent: act(z.object({ version: consent }), done),
  setElder: act(z.object({ elder: z.union([z.literal(0), z.literal(1), z.literal(2)]) }), done),
  sessions: ask(
    none,
    z.object({
      items: z.array(
        z.object({
          id,
          channel: z.enum(channels),
          device: z.string(),
          createdAt: time,
          seenAt: time,
          current: z.boolean(),
        }),
      ),
    }),
  ),
  endSession: act(z.object({ id }), done),
  signOut: act(none, done),
  /** Another phone in the place of the one that I have, proved by a code that was sent to it. Other devices are signed out. */
  changePhone: act(z.object({ phone: line(20), code: z.string().check(z.regex(/^\d{6}$/)) }), done),
  /** Everything kept about me, as one JSON text to save. */
  export: ask(none, z.object({ filename: z.string(), json: z.string() })),
  /** Ends the account at once: sessions, identities and personal fields go; what the law keeps stays without a name. */
  close: act(z.object({ confirm: z.literal("注销") }), done),
};

const application = z.object({
  id,
  region: regionCode,
  regionName: z.string(),
  state: z.enum(verificationStates),
  name: z.string(),
  idCard: z.string(),
  group: z.string(),
  appliedAt: time,
  decidedAt: z.nullable(time),
  reason: z.nullable(reason),
  note: z.nullable(z.string()),
});

/** Beside what the village's roster says of the same ID number. */
const beside = page(
  z.extend(application, {
    phone: z.string(),
    rosterName: z.nullable(z.string()),
    rosterGroup: z.nullable(z.string()),
  }),
);

export const verification = {
  mine: ask(none, z.object({ items: z.array(application) })),
  /** For the form: groups of a village, and whether it has noted for me, as a child under fourteen, that a guardian agrees. */
  groups: ask(
    z.object({ region: regionCode }),
    z.object({ groups: z.array(z.string()), guardian: z.optional(z.boolean()) }),
  ),
  submit: act(
    z.object({
      key,
      region: regionCode,
      name: line(30, 2),
      idCard: line(24),
      group: line(20),
      consent: z.literal(true),
    }),
    application,
  ),
  /** What waits for the secretary, oldest first. */
  queue: ask(
    z.object({ region: z.optional(regionCode), cursor: z.optional(cursor), limit: z.optional(limit) }),
    beside,
  ),
  /** Who is verified, the newest first. */
  verified: ask(
    z.object({
      region: z.optional(regionCode),
      /** Of an older desk: in an address, where logs keep it. Ask `find`. */
      phone: z.optional(line(20)),
      cursor: z.optional(cursor),
      limit: z.optional(limit),
    }),
    beside,
  ),
  /** Whether somebody with this phone, whole, is verified. It only looks, but a number must not stand in an address. */
  find: act(z.object({ region: z.optional(regionCode), phone: line(20) }), beside),
  decide: act(
    z.object({ id, accept: z.boolean(), reason: z.optional(reason), note: z.optional(text(200)) }),
    application,
  ),
  /** Ends a verification that stands; the person reads why and may apply again. Never the own one. */
  end: act(z.object({ id, reason: line(200) }), done),
  /** Household roster of a village; lines that fail are named, the others are stored. */
  importRoster: act(
    z.object({
      region: regionCode,
      rows: z
        .array(
          z.object({
            name: z.string().check(z.maxLength(60)),
            idCard: z.string().check(z.maxLength(40)),
            group: z.string().check(z.maxLength(40)),
            household: z.string().check(z.maxLength(40)),
          }),
        )
        .check(z.maxLength(500)),
    }),
    z.object({ stored: z.int(), faults: z.array(z.object({ row: z.int(), why: z.string() })) }),
  ),
  /** The line of one ID number, whole, in a village's roster. It only looks, but such a number must not stand in an address. */
  rosterLine: act(
    z.object({ region: regionCode, idCard: line(24) }),
    z.object({
      line: z.nullable(
        z.object({
          name: z.string(),
          idCard: z.string(),
          group: z.string(),
          household: z.string(),
          /** Somebody is a verified villager by it; that stays when the line goes. */
          verified: z.boolean(),
        }),
      ),
    }),
  ),
  /** False when the line was not there any more. */
  removeRosterLine: act(
    z.object({ region: regionCode, idCard: line(24), reason: line(200) }),
    z.object({ removed: z.boolean() }),
  ),
};

export const grants = {
  list: ask(
    z.object({ region: z.optional(regionCode) }),
    z.object({
      items: z.array(
        z.object({
          id,
          person: z.string(),
          phone: z.string(),
          role: z.enum(grantedRoles),
          region: regionCode,
          regionName: z.string(),
          since: time,
          until: z.nullable(time),
          /** The caller's own. */
          mine: z.boolean(),
          /** Has the person set up a second factor? */
          second: z.boolean(),
        }),
      ),
    }),
  ),
  give: act(
    z.object({
      phone: line(20),
      /** How the person is called in the office, where no village has verified another name. NAME_BAD */
      name: z.optional(line(20, 2)),
      role: z.enum(grantedRoles),
      region: regionCode,
      until: z.optional(timeGiven),
    }),
    z.object({ id }),
  ),
  end: act(z.object({ id, reason: line(200) }), done),
  /** Takes the lost second factor from the person of this grant, and ends the sessions of the office. */
  removeSecond: act(z.object({ id, reason: line(200) }), done),
};
