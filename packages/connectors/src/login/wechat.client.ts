import { OutsideFault } from "../fault.ts";
import { type Json, jsonOf, textOf } from "../parse.ts";
import type { Dial, LoginNo } from "../ports.ts";

export type WechatSettings = {
  dial: Dial;
  /** Epoch milliseconds. */
  now: () => number;
  appid: string;
  secret: string;
  /** https://api.weixin.qq.com */
  base: string;
  /** The keeper of this app's token where several adapters share one; else the adapter keeps its own. */
  tokens?: WechatTokens;
};

/** Keeps one access token of one app for everybody who calls with it. `refused`: WeChat did not take this one any more. */
export type WechatTokens = (refused?: string) => Promise<string>;

/** WeChat's HTTP: everything answers 200, an error is an `errcode` in the JSON. */
export type WechatClient = {
  get(path: string, params: Record<string, string>): Promise<Json>;
  /** With the access token; renewed and repeated once when WeChat says that it no longer holds. */
  call(path: string, body: Json): Promise<Json>;
  token(): Promise<string>;
};

/** The token is dead before its time: refreshed elsewhere (40001, 40014) or run out (42001). The call itself did nothing. */
const DEAD_TOKEN: ReadonlySet<string> = new Set(["40001", "40014", "42001"]);
/** Renew this long before the end, so that a token never dies on its way. */
const EARLY_MS = 5 * 60_000;

const addressOf = (base: string, path: string, params: Record<string, string>): string =>
  Object.keys(params).length > 0 ? `${base}${path}?${new URLSearchParams(params)}` : `${base}${path}`;

type Posted = { path: string; params?: Record<string, string>; body: Json; idempotent: boolean };

async function post(system: string, { dial, base }: WechatSettings, posted: Posted): Promise<Json> {
  const { path, params = {}, body, idempotent } = posted;
  const headers = { "content-type": "application/json" };
  const url = addressOf(base, path, params);
  return checked(
    system,
    jsonOf(system, await dial({ url, method: "POST", headers, body: JSON.stringify(body), idempotent })),
  );
}

export function wechatTokens(system: string, settings: WechatSettings): WechatTokens {
  const { now, appid, secret } = settings;
  let held: { token: string; until: number } | undefined;
  let fetching: Promise<string> | undefined;

  /**
   * The stable token: every process gets the same one until it is forced to change, so several servers do not end each
   * other's tokens. Forced only when WeChat hands out the very token that it has just refused.
   */
  async function renew(refused?: string): Promise<string> {
    const ask = { grant_type: "client_credential", appid, secret };
    const path = "/cgi-bin/stable_token";
    let answer = await post(system, settings, { path, body: ask, idempotent: true });
    if (refused && answer.access_token === refused)
      answer = await post(system, settings, { path, body: { ...ask, force_refresh: true }, idempotent: false });
    const token = textOf(answer.access_token);
    if (!token) throw refusalOf(system, answer);
    held = { token, until: now() + Number(textOf(answer.expires_in) || "0") * 1_000 - EARLY_MS };
    return token;
  }

  /** One refresh at a time; everybody waits for the same one. */
  return (refused) => {
    if (held && held.token !== refused && held.until > now()) return Promise.resolve(held.token);
    fetching ??= renew(refused).finally(() => {
      fetching = undefined;
    });
    return fetching;
  };
}

export function wechatClient(system: string, settings: WechatSettings): WechatClient {
  const { dial, base } = settings;
  const token = settings.tokens ?? wechatTokens(system, settings);
  const call = (path: string, body: Json, access_token: string) =>
    post(system, settings, { path, params: { access_token }, body, idempotent: false });
  return {
    token: () => token(),
    // A one-time code is in there: a repeat would find it used.
    get: async (path, params) =>
      checked(system, jsonOf(system, await dial({ url: addressOf(base, path, params), idempotent: false }))),
    async call(path, body) {
      const access_token = await token();
      const answer = await call(path, body, access_token);
      return DEAD_TOKEN.has(textOf(answer.errcode)) ? call(path, body, await token(access_token)) : answer;
    },
  };
}

/** -1 is "the system is busy, come again"; the caller sees every other code. */
function checked(system: string, answer: Json): Json {
  if (textOf(answer.errcode) === "-1") throw new OutsideFault(system, "busy", { detail: "errcode -1" });
  return answer;
}

const NO: Readonly<Record<string, LoginNo["no"]>> = {
  40029: "bad-code",
  41008: "bad-code",
  40163: "used-code",
  45011: "too-often",
  40226: "blocked",
};
/** Ours to mend: appid, secret, the list of allowed addresses, an interface that is not switched on. */
const CONFIG: ReadonlySet<string> = new Set([
  "40001",
  "40002",
  "40013",
  "40125",
  "40164",
  "41002",
  "41004",
  "48001",
  "50002",
]);

/** What an error code means for a login code, or undefined when it is not about the code. */
export const loginNo = (answer: Json): LoginNo | undefined => {
  const no = NO[textOf(answer.errcode)];
  return no ? { no } : undefined;
};

/** The fault for an answer that is neither a success nor a "no". */
export function refusalOf(system: string, answer: Json): OutsideFault {
  const code = textOf(answer.errcode);
  return new OutsideFault(system, CONFIG.has(code) ? "config" : "bad-answer", {
    detail: code ? `errcode ${code}` : "fields missing",
  });
}

/** The identity in an answer, with the "no" and the fault in their places. */
export function identityOf(system: string, answer: Json): { openid: string; unionid?: string } | LoginNo {
  const no = loginNo(answer);
  if (no) return no;
  const openid = textOf(answer.openid);
  const unionid = textOf(answer.unionid);
  if (!openid) throw refusalOf(system, answer);
  return unionid ? { openid, unionid } : { openid };
}
