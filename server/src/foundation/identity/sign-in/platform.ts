import type { WechatIdentity } from "@weimenhu/connectors/ports";
import { normalPhone } from "@weimenhu/domain/base/phone";
import type { Channel } from "@weimenhu/domain/identity/channel";
import { privacyVersion } from "@weimenhu/domain/identity/privacy";
import { type Actor, record } from "../../../kernel/audit.ts";
import { signedIn } from "../../../kernel/caller.ts";
import type { Db } from "../../../kernel/db.ts";
import { refuse } from "../../../kernel/refuse.ts";
import type { Ctx } from "../../../kernel/rpc.ts";
import type { IdentityDeps } from "../deps.ts";
import { attachPhone, makingOnce, personOfPlatform } from "../people/join.ts";
import { bindIdentity, consentsOf, identitiesBySubject, type Subject } from "../people/store.ts";
import { holdSession } from "../sessions/hold.ts";
import type { Visitor } from "../sessions/service.ts";
import { admit, needConsent, type SignedIn, welcome } from "./admit.ts";
import { asked, loginRefusal, needWay } from "./outside.ts";
import { wasRemoved } from "./store.ts";

/** The names of one WeChat account, the one of this app first. */
export const wechatSubjects = (provider: "wechat-mini" | "wechat-web", known: WechatIdentity): Subject[] => [
  { provider, subject: known.openid },
  ...(known.unionid === undefined ? [] : [{ provider: "wechat-union" as const, subject: known.unionid }]),
];

/** A platform vouches for an account: its person gets a session, a new person where nobody is known. */
export async function enter(
  deps: IdentityDeps,
  by: Actor & Visitor & { db: Db },
  channel: Channel,
  subjects: readonly [Subject, ...Subject[]] | Subject[],
): Promise<string> {
  const platform = subjects[0];
  if (!platform) throw new Error("a platform account has a name");
  return makingOnce(by.db, async (tx) => {
    const personId = await personOfPlatform(tx, by, deps.seal, subjects);
    const rows = await identitiesBySubject(tx, [platform]);
    const bound = rows[0]?.bound === 1;
    return admit(tx, by, platform.provider, { personId, channel, platform, bound, strongUntil: null });
  });
}

export async function wechat(deps: IdentityDeps, ctx: Ctx, input: { code: string; consent: string }) {
  needWay(deps, "wechat");
  needConsent(input.consent);
  const known = await asked(ctx.log, deps.wechatMini.session(input.code));
  if ("no" in known) throw loginRefusal(known.no);
  const token = await enter(deps, ctx, "weapp", wechatSubjects("wechat-mini", known));
  return welcome(deps, ctx, "weapp", token);
}

export async function alipay(deps: IdentityDeps, ctx: Ctx, input: { code: string; consent: string }) {
  needWay(deps, "alipay");
  needConsent(input.consent);
  const known = await asked(ctx.log, deps.alipay.session(input.code));
  if ("no" in known) throw loginRefusal(known.no);
  const token = await enter(deps, ctx, "alipay", [{ provider: "alipay", subject: known.openId }]);
  return welcome(deps, ctx, "alipay", token);
}

export async function wechatPhone(deps: IdentityDeps, ctx: Ctx, input: { code: string }): Promise<SignedIn> {
  needWay(deps, "wechat");
  await needOwnConsent(ctx);
  const answer = await asked(ctx.log, deps.wechatMini.phone(input.code));
  if ("no" in answer) throw answer.no === "foreign-number" ? refuse("PHONE_BAD") : loginRefusal(answer.no);
  return vouched(deps, ctx, "weapp", answer.phone);
}

export async function alipayPhone(
  deps: IdentityDeps,
  ctx: Ctx,
  input: { response: string; sign: string },
): Promise<SignedIn> {
  needWay(deps, "alipay");
  await needOwnConsent(ctx);
  const answer = await asked(ctx.log, deps.alipay.phone(input.response, input.sign));
  if ("no" in answer) throw refuse(answer.no === "foreign-number" ? "PHONE_BAD" : "LOGIN_CODE_BAD", { why: answer.no });
  return vouched(deps, ctx, "alipay", answer.phone);
}

async function needOwnConsent(ctx: Ctx): Promise<void> {
  const given = await consentsOf(ctx.db, signedIn(ctx).personId);
  if (!given.some((consent) => consent.what === "privacy" && consent.version === privacyVersion)) needConsent("");
}

/**
 * The platform says which phone this account has. From then on signing in there is itself the strong factor: the phone
 * is bound to an account that the platform guards. Rights rise, so the token is a new one. For one whose second factor was
 * taken away it is so again only after the new one was shown in this session: the lost phone can vouch as well.
 */
async function vouched(deps: IdentityDeps, ctx: Ctx, channel: "weapp" | "alipay", answered: string): Promise<SignedIn> {
  const caller = signedIn(ctx);
  const phone = normalPhone(answered);
  if (phone === null) throw refuse("PHONE_BAD");
  const token = await makingOnce(ctx.db, async (tx) => {
    const session = await holdSession(tx, caller);
    const personId = await attachPhone(tx, ctx, deps.seal, caller.personId, phone);
    const ownProvider = channel === "weapp" ? "wechat-mini" : "alipay";
    const platform =
      session.provider === ownProvider && session.subject !== null
        ? { provider: session.provider, subject: session.subject }
        : null;
    const shown = session.strongUntil !== null && session.strongUntil > ctx.clock.now();
    const bound = platform !== null && (shown || !(await wasRemoved(tx, personId)));
    if (bound) {
      await bindIdentity(tx, personId, platform);
      await record(tx, ctx, { act: "identity.bind", onWhom: personId, detail: { provider: platform.provider } });
    }
    return admit(tx, ctx, `${channel}-phone`, {
      personId,
      channel,
      platform,
      bound,
      strongUntil: session.strongUntil,
    });
  });
  return welcome(deps, ctx, channel, token);
}
