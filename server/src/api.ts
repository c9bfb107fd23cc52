import type { Calendar } from "@weimenhu/domain/base/workday";
import { type AppointmentsDeps, appointmentsHolding, appointmentsRoom } from "./features/appointments/index.ts";
import {
  type CircleDeps,
  casesOfGone,
  circleHolding,
  circleRoom,
  loadWordCheck,
  needConsent,
  postLive,
  postSubject,
  villageLive,
  waitingModeration,
} from "./features/circle/index.ts";
import { deskRoom } from "./features/desk/index.ts";
import { noticesHolding, noticesLive, noticesRooms, waiting as waitingNotices } from "./features/notices/index.ts";
import { opsRoom, opsWaiting } from "./features/ops/index.ts";
import { siteRoom } from "./features/site/index.ts";
import {
  caseGlimpses,
  caseLive,
  casesHolding,
  casesRoom,
  loadCalendar,
  type Subjects,
  waitingCases,
} from "./foundation/cases/index.ts";
import type { IdentityDeps } from "./foundation/identity/index.ts";
import {
  accountOf,
  ageOf,
  contactOf,
  displayNames,
  guardians,
  holdPerson,
  identityHoldings,
  identityRooms,
  officeNames,
  patientOf,
  principalNames,
  principalOf,
  publicNames,
  realPerson,
  villagersOf,
  waitingVerifications,
} from "./foundation/identity/index.ts";
import { addresses, mediaHolding } from "./foundation/media/index.ts";
import { inboxLive, messagesHolding, messagesRoom, messageTemplates, tell } from "./foundation/messages/index.ts";
import { followsHolding, regionsRoom } from "./foundation/regions/index.ts";
import { auditHolding } from "./kernel/audit-holding.ts";
import type { Config } from "./kernel/config.ts";
import type { Ctx } from "./kernel/ctx.ts";
import type { Db } from "./kernel/db.ts";
import { allHoldings } from "./kernel/holdings.ts";
import type { LiveScopes } from "./kernel/live.ts";
import { router } from "./kernel/rpc.ts";

/** What the rooms keep about people, in the order of the export file. A new room that keeps anything adds itself here. */
export const holdingsOf = (identity: Pick<IdentityDeps, "seal">, days = loadCalendar("")) =>
  allHoldings(identityHoldings(identity), [
    followsHolding,
    mediaHolding,
    noticesHolding,
    circleHolding({ cases: { calendar: () => days } }),
    casesHolding,
    appointmentsHolding,
    messagesHolding,
    auditHolding,
  ]);

/** What open pages may watch, by the first word of a scope. */
export const liveScopes = (db: Db): LiveScopes => ({
  village: villageLive,
  post: postLive(db),
  case: caseLive(db),
  notices: noticesLive,
  inbox: inboxLive,
});

/** What cases are about; each room of such things answers for its own. This is for moves with which nobody says anything. */
export const caseSubjects: Subjects = { post: postSubject(null) };

export type Checkers = Pick<CircleDeps["checkers"], "wechat" | "alipay">;
const noCheckers: Checkers = { wechat: null, alipay: null };

/** What the circle needs, for its procedures and for its jobs. */
export function circleDeps(config: Config, identity: IdentityDeps, days: Calendar, checkers: Checkers): CircleDeps {
  const { sign } = addresses(config);
  const cases = { calendar: () => days, displayNames: publicNames(identity), subjects: caseSubjects, sign };
  return {
    cases,
    sign,
    displayNames: publicNames(identity),
    contactOf: contactOf(identity),
    checkWords: loadWordCheck(config.CIRCLE_WORDS_FILE),
    checkers: {
      ...checkers,
      unseen: config.CIRCLE_PHOTOS,
      // A platform fetches it within half an hour, wherever the post may be seen by then.
      pictureUrl: (path, now) => `${config.PUBLIC_URL}${sign(path, now, "draft")}`,
      accountOf,
    },
    ageOf: ageOf(identity),
    guardians: guardians(identity),
  };
}

/** What appointments need, for their procedures and for their clock. */
export const appointmentDeps = (config: Config, identity: IdentityDeps, days: Calendar): AppointmentsDeps => ({
  home: config.HOME_COUNTY,
  calendar: () => days,
  realPerson,
  principalOf: principalOf(identity),
  principalNames: principalNames(identity),
  patientOf: patientOf(identity),
  joined: config.HOSPITAL_BASE !== "",
  displayNames: publicNames(identity),
  seal: identity.seal,
});

/** Identity stands below messages, so it is handed how to tell. */
const tellEnded: NonNullable<IdentityDeps["tellEnded"]> = (tx, clock, { id, person, region }) =>
  tell(tx, clock, {
    kind: "unverified",
    to: person,
    key: `unverified:${id}`,
    region,
    about: { page: "verify", id: region },
  });

const mandateKinds = {
  asked: "mandateAsked",
  answered: "mandateSaid",
  over: "mandateOver",
} as const;
const tellMandate: NonNullable<IdentityDeps["tellMandate"]> = (tx, clock, { what, id, to, key, region }) =>
  tell(tx, clock, {
    ...{ kind: mandateKinds[what], to, region, key },
    about: { page: "family", id },
  });

/** Every procedure of the product. Clients see only the type. */
export function makeApi(
  config: Config,
  identity: IdentityDeps,
  days = loadCalendar(config.WORKDAYS_FILE),
  checkers = noCheckers,
) {
  const home = config.HOME_COUNTY;
  const { sign } = addresses(config);
  const circle = circleDeps(config, identity, days, checkers);
  const cases = {
    calendar: () => days,
    displayNames: publicNames(identity),
    subjects: { post: postSubject(circle.checkers) },
    sign,
    checkWords: circle.checkWords,
    needConsent: (ctx: Ctx, village: string) => needConsent(circle, ctx, village),
  };
  return router({
    site: siteRoom(config),
    regions: regionsRoom({ home, villagersOf, holdPerson }),
    ...identityRooms({ ...identity, tellEnded, tellMandate }, holdingsOf(identity, days)),
    ...noticesRooms({
      home,
      displayNames: displayNames(identity),
      allowHosts: config.PORTAL_ALLOW_HOSTS,
      sign,
    }),
    appointments: appointmentsRoom(appointmentDeps(config, identity, days)),
    circle: circleRoom(circle),
    cases: casesRoom(cases),
    messages: messagesRoom({
      templates: messageTemplates(config),
      casesOfGone,
      caseGlimpses: caseGlimpses(caseSubjects),
    }),
    desk: deskRoom({
      sources: [waitingNotices, waitingVerifications(identity), waitingCases, waitingModeration, opsWaiting],
    }),
    ops: opsRoom({ officeNames: officeNames(identity) }),
  });
}
export type AppRouter = ReturnType<typeof makeApi>;
