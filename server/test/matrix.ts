import type { Caller, GrantedRole } from "@weimenhu/domain/permissions";

/** A way to ask each procedure: what to send about a place, and things of that place that may be named by id. */
export type Place = {
  /** The village where the roles of the "right" caller lie, or another one. */
  village: string;
  county: string;
  notice: string;
  draft: string;
  portal: string;
  application: string;
  post: string;
  case: string;
  template: string;
  offer: string;
  slot: string;
  appointment: string;
  mandate: string;
  grant: string;
  session: string;
};

const schedule = {
  week: [{ days: ["1", "2", "3", "4", "5"], from: 510, to: 690, minutes: 30, capacity: 2, onSite: 0 }],
  closures: [],
  release: { days: 7, at: 420 },
  cancelAt: 1020,
};
/** A visit that any village may make. */
export const visit = {
  ...schedule,
  sort: "visit" as const,
  name: "上门办证",
  house: "村里派人上门",
  address: "本村",
  phone: "0000-1234567",
  bring: ["身份证"],
  open: true,
};

export const mandate = {
  ...{ kind: "family" as const, relation: "parent" as const, name: "王谷雨", idCard: "11010519491231002X" },
  ...{ days: 365, scopes: ["appointments" as const], told: true as const },
};

const body = [{ t: "p" as const, c: [{ t: "text" as const, v: "正文" }] }];
let serial = 0;
const key = () => `matrix-${String(++serial).padStart(12, "0")}`;
/** Nobody has this id. */
const nobody = "00000000000000000000000000";

/**
 * One input for each procedure. A procedure that is missing here fails the matrix, so nothing can be added without saying who
 * may call it and being called by everybody who may not.
 */
export const inputs: Record<string, (place: Place) => object> = {
  "site.about": () => ({}),
  "site.document": () => ({ name: "privacy" }),
  "regions.tree": () => ({}),
  "regions.get": ({ village }) => ({ code: village }),
  "regions.follow": ({ village }) => ({ code: village }),
  "regions.unfollow": ({ village }) => ({ code: village }),
  "regions.setHome": ({ village }) => ({ code: village }),
  "regions.add": ({ village }) => ({ code: `${village.slice(0, 9)}${400 + (++serial % 500)}`, name: "新村" }),
  "signIn.wechat": () => ({ code: "wrong", consent: "old" }),
  "signIn.alipay": () => ({ code: "wrong", consent: "old" }),
  "signIn.wechatPhone": () => ({ code: "wrong" }),
  "signIn.alipayPhone": () => ({ response: "x", sign: "x" }),
  "signIn.requestCode": () => ({ phone: "19900009998", consent: "old" }),
  "signIn.withCode": () => ({ phone: "19900009998", code: "000000", consent: "old" }),
  "signIn.enrol": () => ({}),
  "signIn.second": () => ({ digits: "000000" }),
  "account.me": () => ({}),
  "account.consent": () => ({ version: "old" }),
  "account.setElder": () => ({ elder: 0 }),
  "account.sessions": () => ({}),
  "account.endSession": ({ session }) => ({ id: session }),
  "account.signOut": () => ({}),
  "account.changePhone": () => ({ phone: "19900009998", code: "000000" }),
  "account.export": () => ({}),
  "account.close": () => ({ confirm: "注销" }),
  "verification.mine": () => ({}),
  "verification.groups": ({ village }) => ({ region: village }),
  "verification.submit": ({ village }) => ({
    key: key(),
    region: village,
    name: "王谷雨",
    idCard: "11010519491231002X",
    group: "一组",
    consent: true,
  }),
  "verification.queue": ({ village }) => ({ region: village }),
  "verification.verified": ({ village }) => ({ region: village }),
  "verification.find": ({ village }) => ({ region: village, phone: "19900009998" }),
  "verification.end": ({ application }) => ({ id: application, reason: "姓名登记错了" }),
  "verification.decide": ({ application }) => ({ id: application, accept: false, reason: "other" }),
  "verification.importRoster": ({ village }) => ({ region: village, rows: [] }),
  "verification.rosterLine": ({ village }) => ({ region: village, idCard: "11010519491231002X" }),
  "verification.removeRosterLine": ({ village }) => ({ region: village, idCard: "11010519491231002X", reason: "迁出" }),
  "mandates.mine": () => ({}),
  "mandates.ask": ({ village }) => ({ key: key(), region: village, ...mandate }),
  "mandates.sendCode": (place) => ({ id: place.mandate }),
  "mandates.agree": (place) => ({ id: place.mandate }),
  "mandates.decline": (place) => ({ id: place.mandate }),
  "mandates.end": (place) => ({ id: place.mandate }),
  "mandates.queue": ({ village }) => ({ region: village, state: "asked" }),
  "mandates.decide": (place) => ({ id: place.mandate, move: "allow", paper: "村委会档案柜" }),
  "grants.list": ({ village }) => ({ region: village }),
  "grants.give": ({ village }) => ({ phone: "19900009999", role: "agent", region: village }),
  "grants.end": ({ grant }) => ({ id: grant, reason: "任期到了" }),
  "grants.removeSecond": ({ grant }) => ({ id: grant, reason: "手机丢了" }),
  "notices.list": ({ village }) => ({ region: village }),
  "notices.get": ({ notice }) => ({ id: notice }),
  "notices.search": ({ village }) => ({ q: "停水", region: village }),
  "notices.desk": ({ village }) => ({ region: village }),
  "notices.deskGet": ({ draft }) => ({ id: draft }),
  "notices.draft": ({ village }) => ({ key: key(), region: village, title: "标题", category: "service", body }),
  "notices.save": ({ draft }) => ({ id: draft, version: 1, title: "标题", category: "service", body }),
  "notices.move": ({ draft }) => ({ id: draft, version: 1, move: "withdraw", reason: "试" }),
  "notices.versions": ({ draft }) => ({ id: draft }),
  "notices.version": ({ draft }) => ({ id: draft, version: 1 }),
  "notices.history": ({ draft }) => ({ id: draft }),
  "portals.list": ({ village }) => ({ region: village }),
  "portals.add": ({ village }) => ({
    key: key(),
    region: village,
    name: "来源",
    url: `https://portal.example/${++serial}.xml`,
    category: "service",
    reach: "here",
  }),
  "portals.set": ({ portal }) => ({ id: portal, active: false }),
  "portals.refresh": ({ portal }) => ({ id: portal }),
  "circle.feed": ({ village }) => ({ village }),
  "circle.get": ({ post }) => ({ id: post }),
  "circle.comments": ({ post }) => ({ id: post, cursor: post }),
  "circle.history": ({ post }) => ({ id: post }),
  "circle.post": ({ village }) => ({ key: key(), village, kind: "chat", text: "今天赶场" }),
  "circle.edit": ({ post }) => ({ id: post, key: key(), text: "改一改" }),
  "circle.remove": ({ post }) => ({ id: post }),
  "circle.comment": ({ post }) => ({ id: post, key: key(), text: "好" }),
  "circle.removeComment": () => ({ id: nobody }),
  "circle.like": ({ post }) => ({ id: post, on: true }),
  "circle.reply": ({ post }) => ({ id: post, key: key(), text: "马上处理" }),
  "circle.report": ({ post }) => ({ id: post, why: "广告" }),
  "circle.block": ({ post }) => ({ id: post, on: false }),
  "circle.blocked": () => ({}),
  "circle.unblock": () => ({ of: "0".repeat(64) }),
  "circle.unmask": ({ post }) => ({ id: post, why: "核实情况" }),
  "circle.appeal": ({ post }) => ({ id: post, key: key(), why: "不是广告" }),
  "circle.log": ({ village }) => ({ village, month: "2026-11" }),
  "circle.settings": () => ({}),
  "circle.setSettings": () => ({ knownOnly: false }),
  "circle.guardian": ({ village }) => ({ village, phone: "19900009997", paper: "村委会档案柜", on: true }),
  "circle.guardians": ({ village }) => ({ village }),
  "circle.endGuardian": () => ({ id: nobody }),
  "circle.queue": () => ({}),
  "circle.decide": ({ post }) => ({ id: post, pass: true }),
  "cases.desk": ({ village }) => ({ region: village }),
  "cases.get": (place) => ({ id: place.case }),
  "cases.move": (place) => ({ id: place.case, key: key(), move: "accept" }),
  "cases.rate": (place) => ({ id: place.case, key: key(), stars: 5, tags: [] }),
  "cases.cadres": (place) => ({ id: place.case }),
  "cases.templates": () => ({}),
  "cases.saveTemplate": ({ village }) => ({ key: key(), region: village, text: "马上处理" }),
  "cases.removeTemplate": ({ template }) => ({ id: template }),
  "cases.board": ({ village }) => ({ region: village, from: 1_780_000_000_000, to: 1_800_000_000_000 }),
  "appointments.offers": ({ village }) => ({ region: village }),
  "appointments.slots": ({ offer }) => ({ offer }),
  "appointments.book": ({ slot }) => ({ key: key(), slot, place: "一组 3 号" }),
  "appointments.cancel": ({ appointment }) => ({ id: appointment }),
  "appointments.wait": ({ offer }) => ({ key: key(), offer, day: "2026-09-22", place: "一组 3 号" }),
  "appointments.leave": () => ({ id: nobody }),
  "appointments.waiting": () => ({}),
  "appointments.mine": () => ({}),
  "appointments.get": ({ appointment }) => ({ id: appointment }),
  "appointments.checkIn": ({ appointment }) => ({ code: appointment }),
  "appointments.day": ({ offer }) => ({ offer, day: "2026-09-22" }),
  "appointments.desk": ({ village }) => ({ region: village }),
  "appointments.plan": ({ offer }) => ({ id: offer, ...schedule }),
  "appointments.saveOffer": ({ village }) => ({ key: key(), region: village, ...visit }),
  "messages.inbox": () => ({}),
  "messages.unread": () => ({}),
  "messages.read": () => ({ ids: [nobody] }),
  "messages.readAll": () => ({}),
  "messages.templates": () => ({}),
  "messages.consented": () => ({ key: key(), answers: [{ template: "progress", answer: "accept" }] }),
  "desk.waiting": () => ({}),
  "ops.deadLetters": () => ({}),
  "ops.redrive": () => ({ id: "999999999" }),
  "ops.drop": () => ({ id: "999999999", reason: "试" }),
  "ops.audit": () => ({ actor: nobody }),
};

/**
 * Staff procedures that name no place: what they answer is bounded by the caller's own grants, so from another village they
 * answer too, only with nothing of this one.
 */
export const placeless = new Set([
  "cases.templates",
  "circle.queue",
  "desk.waiting",
  "ops.deadLetters",
  "ops.redrive",
  "ops.drop",
  "ops.audit",
]);

/** People of every kind, with their grants on the given place. */
export function everyKind(
  roles: readonly GrantedRole[],
  region: (role: GrantedRole) => string,
  make: (more: Partial<Caller>) => Caller,
): [string, Caller | null][] {
  return [
    ["nobody", null],
    ["a follower without a phone", make({ phoneVerified: false })],
    ["a villager before the privacy text of now", make({ consented: false, villager: [region("secretary")] })],
    ["a follower", make({})],
    ["a verified villager", make({ villager: [region("secretary")] })],
    ...roles.map((role): [string, Caller] => [role, make({ grants: [{ role, region: region(role) }] })]),
    [
      "a secretary without a second factor",
      make({ strong: false, grants: [{ role: "secretary", region: region("secretary") }] }),
    ],
  ];
}
