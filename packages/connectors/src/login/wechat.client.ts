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
};

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

export function wechatClient(system: string, { dial, now, appid, secret, base }: WechatSettings): WechatClient {
  let held: { token: string; until: number } | undefined;
  let fetching: Promise<string> | undefined;

  const address = (path: string, params: Record<string, string>) => `${base}${path}?${new URLSearchParams(params)}`;

  async function post(path: string, params: Record<string, string>, body: Json, idempotent: boolean): Promise<Json> {
    const url = Object.keys(params).length > 0 ? address(path, params) : `${base}${path}`;
    const headers = { "content-type": "application/json" };
    return checked(
      system,
      jsonOf(system, await dial({ url, method: "POST", headers, body: JSON.stringify(body), idempotent })),
    );
  }

  /**
   * The stable token: every process gets the same one until it is forced to change, so several servers do not end each
   * other's tokens. Forced only when WeChat hands out the very token that it has just refused.
   */
  async function renew(refused?: string): Promise<string> {
    const ask = { grant_type: "client_credential", appid, secret };
    let answer = await post("/cgi-bin/stable_token", {}, ask, true);
    if (refused && answer.access_token === refused)
      answer = await post("/cgi-bin/stable_token", {}, { ...ask, force_refresh: true }, false);
    const token = textOf(answer.access_token);
    if (!token) throw refusalOf(system, answer);
    held = { token, until: now() + Number(textOf(answer.expires_in) || "0") * 1_000 - EARLY_MS };
    return token;
  }

  /** One refresh at a time; everybody waits for the same one. */
  function token(refused?: string): Promise<string> {
    if (held && held.token !== refused && held.until > now()) return Promise.resolve(held.token);
    fetching ??= renew(refused).finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  return {
    token: () => token(),
    // A one-time code is in there: a repeat would find it used.
    get: async (path, params) =>
      checked(system, jsonOf(system, await dial({ url: address(path, params), idempotent: false }))),
    async call(path, body) {
      const access_token = await token();
      const answer = await post(path, { access_token }, body, false);
      if (!DEAD_TOKEN.has(textOf(answer.errcode))) return answer;
      return post(path, { access_token: await token(access_token) }, body, false);
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
